#pragma once

#include "plan/zonechanges.h"
#include "store/keptzonefile.h"
#include "text/findingtext.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/wizardstate.h"
#include "zone/zoneedit.h"

#include <QStringList>

namespace sealwright {

/// The zone file a user keeps, with the records of the domain put into it.
class ZoneFileViewModel final : public QObject {
    Q_OBJECT

public:
    explicit ZoneFileViewModel(WizardState& state, QObject* parent = nullptr);

    void open(const QString& path);
    void paste(const QString& text);
    void save();
    void undo();

    [[nodiscard]] bool isBusy() const { return task_.isRunning(); }
    [[nodiscard]] QString fileName() const; ///< Empty for what was pasted.
    [[nodiscard]] Severity severity() const { return severity_; }
    [[nodiscard]] QString summary() const { return summary_; } ///< Empty: nothing was given yet.
    [[nodiscard]] const QStringList& notes() const { return notes_; }
    [[nodiscard]] const std::vector<DiffLine>& diff() const { return diff_; }

    [[nodiscard]] bool canSave() const { return file_ && isReady() && !isBusy(); }
    [[nodiscard]] bool canUndo() const { return file_ && file_->canUndo() && !isBusy(); }
    [[nodiscard]] QString newText() const;  ///< The whole changed file; empty where there is none to copy.
    [[nodiscard]] QString nsupdate() const; ///< For what the DNS says today; empty where nothing is to be changed.

Q_SIGNALS:
    void changed();

private:
    struct Outcome;
    [[nodiscard]] static Outcome workOut(const std::string& text, const DomainName& origin, std::chrono::sys_days today,
                                         const Profile& profile, Resolver& resolver, const std::stop_token& stop);
    void work(std::string text, const std::optional<DomainName>& origin);
    void take(const Outcome& outcome);
    void tell(Severity severity, const QString& text);
    [[nodiscard]] bool isReady() const { return !diff_.empty(); }

    WizardState& state_;
    std::optional<KeptZoneFile> file_;
    std::string newText_;
    std::string zone_;
    std::vector<DiffLine> diff_;
    Severity severity_ = Severity::info;
    QString summary_;
    QStringList notes_;
    BackgroundTask task_;
};

} // namespace sealwright
