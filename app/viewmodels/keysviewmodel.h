#pragma once

#include "viewmodels/addkey.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/keyline.h"
#include "viewmodels/takekeys.h"
#include "viewmodels/vaulttrouble.h"

#include <map>

namespace sealwright {

/// The keys of the domain: shown, looked for in the vault, made, imported.
class KeysViewModel final : public QObject {
    Q_OBJECT

public:
    enum class Stage { idle, checking, creating, storing, reading };

    explicit KeysViewModel(WizardState& state, QObject* parent = nullptr);

    [[nodiscard]] std::vector<KeyLine> lines() const;
    void checkKeys(); ///< Looks for each key in the vault; it may ask for its password.

    [[nodiscard]] KeyAlgorithm algorithm() const { return algorithm_; }
    void setAlgorithm(KeyAlgorithm algorithm);
    [[nodiscard]] QString algorithmHint() const;
    [[nodiscard]] QString selector() const { return selector_; }
    void setSelector(const QString& text);
    [[nodiscard]] QString selectorProblem() const;

    void create();
    void importFile(const QString& path, SecretBytes passphrase);
    void importText(SecretBytes pem, SecretBytes passphrase);
    /// Takes over the keys that a folder copied from a server has of this domain, under the selectors they have there.
    void importFolder(const QString& path, SecretBytes passphrase);
    void cancel();
    void retry();
    /// There is a key of this domain and selector in the vault that the profile does not know: take it.
    void adopt();
    [[nodiscard]] QString adoptable() const; ///< What it is; empty: none was met.

    [[nodiscard]] Stage stage() const { return stage_; }
    [[nodiscard]] double progress() const { return progress_; }               ///< 0 to 1, while creating.
    [[nodiscard]] QString status() const;                                     ///< What is being done, or how it went.
    [[nodiscard]] QString keyProblem() const { return keyProblem_; }          ///< Why the imported key was refused.
    [[nodiscard]] bool passphraseWanted() const { return passphraseWanted_; } ///< By the imported key.
    [[nodiscard]] const std::vector<KeyLine>& remarks() const {
        return remarks_;
    } ///< What there is to know of a folder.
    [[nodiscard]] const std::optional<VaultTrouble>& trouble() const { return trouble_; }

    [[nodiscard]] QString place() const; ///< Where keys are kept.
    [[nodiscard]] bool keyFileExists() const { return state_.keyFileExists(); }
    [[nodiscard]] QString keyFilePath() const { return state_.keyFilePath(); }
    [[nodiscard]] KeyPlace keyPlace() const { return state_.keyPlace(); }
    void useKeychain();
    void useKeyFile(); ///< Asks for its passphrase by `trouble`.
    void openKeyFile(SecretBytes passphrase);

    [[nodiscard]] bool isComplete() const;

Q_SIGNALS:
    void changed();
    void keyAdded();

private:
    using Attempt = std::variant<KeySource, KeyFolder>;

    /// Forgets what the last attempt said. Nothing where the user has to choose a vault first.
    [[nodiscard]] std::shared_ptr<KeyVault> startOver(Attempt attempt);
    void begin(KeySource source);
    void take(const KeyEvent& event);
    void begin(KeyFolder folder);
    void take(const FolderEvent& event);
    void keep(const folderevent::Taken& taken);
    void keep(const KeyPair& key);
    void proposeSelector();
    void reset();

    WizardState& state_;
    KeyAlgorithm algorithm_ = KeyAlgorithm::rsa2048;
    QString selector_;
    std::optional<Selector> wanted_; ///< Of the key that is being added.
    Stage stage_ = Stage::idle;
    double progress_ = 0;
    QString said_;
    QString keyProblem_;
    bool passphraseWanted_ = false;
    std::optional<VaultTrouble> trouble_;
    std::shared_ptr<const KeyPair> adoptable_;
    std::vector<KeyLine> remarks_;
    /// What a retry is to add; unset: it looks for the keys again.
    std::optional<Attempt> again_;
    std::map<Selector, KeyLookup> looked_; ///< How looking for each key went.
    BackgroundTask adding_;
    BackgroundTask checking_;
};

} // namespace sealwright
