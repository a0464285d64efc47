#pragma once

#include "mta/bundle.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/vaulttrouble.h"

#include <QStringList>

namespace sealwright {

/// What is to be copied to the mail server: chosen, shown, written.
class ServerViewModel final : public QObject {
    Q_OBJECT

public:
    enum class Format { tarGz, zip, folder };
    /// A saved domain that the same server may sign for.
    struct Other {
        QString name;
        bool included;
    };

    explicit ServerViewModel(WizardState& state, QObject* parent = nullptr);

    void refresh(); ///< Works the bundle out anew: on entering the page, or for another choice.
    [[nodiscard]] bool isPreparing() const { return preparing_.isRunning(); }

    [[nodiscard]] Stack stack() const;
    void setStack(Stack stack);
    [[nodiscard]] bool checksIncoming() const;
    void setChecksIncoming(bool checks);
    [[nodiscard]] QString incomingHint() const; ///< What a server of that stack can check.
    [[nodiscard]] QString stackHint() const;
    [[nodiscard]] const std::vector<Other>& others() const { return others_; }
    void include(std::size_t other, bool included);

    [[nodiscard]] const std::vector<BundleFile>& files() const { return files_; }

    [[nodiscard]] Format format() const { return format_; }
    void setFormat(Format format); ///< Changes the target's ending with it.
    [[nodiscard]] QString target() const { return target_; }
    void setTarget(const QString& path);
    void setFolder(const QString& folder); ///< Where the proposed target lies.

    void writeTarget();
    void cancel() { writing_.cancel(); }
    [[nodiscard]] bool isWriting() const { return writing_.isRunning(); }
    [[nodiscard]] QString written() const { return written_; } ///< Path of the bundle; empty: not yet.
    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] const std::optional<VaultTrouble>& trouble() const { return trouble_; }
    void openKeyFile(SecretBytes passphrase);
    void useKeychain();
    void useKeyFile();

    /// What to type to bring the bundle to the server, and what to type there.
    [[nodiscard]] QString copyCommand() const;
    [[nodiscard]] QString installCommands() const;

Q_SIGNALS:
    void changed();
    void filesChanged();
    void targetChanged();

private:
    void reset();
    void readOthers();
    void proposeTarget();
    [[nodiscard]] std::string bundle() const;
    [[nodiscard]] ServerSetup setup() const;

    WizardState& state_;
    std::vector<Profile> otherProfiles_;
    std::vector<Other> others_;
    std::vector<BundleDomain> domains_;
    std::vector<BundleFile> files_;
    Format format_ = Format::tarGz;
    QString folder_;
    QString target_;
    bool targetTyped_ = false;
    QString written_;
    QString problem_;
    std::optional<VaultTrouble> trouble_;
    BackgroundTask preparing_;
    BackgroundTask writing_;
};

} // namespace sealwright
