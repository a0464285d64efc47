#pragma once

#include "text/verdicttext.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/wizardstate.h"

namespace sealwright {

/// What receivers make of a mail that the user opens, drops or pastes.
class MessageViewModel final : public QObject {
    Q_OBJECT

public:
    explicit MessageViewModel(WizardState& state, QObject* parent = nullptr);

    void judgeFile(const QString& path);
    void judgeText(const QString& source); ///< As “show original” shows it.
    void stop();

    [[nodiscard]] bool isRunning() const { return task_.isRunning(); }
    [[nodiscard]] const VerdictLine& summary() const { return summary_; } ///< Without text: nothing was judged yet.
    [[nodiscard]] const std::vector<VerdictLine>& lines() const { return lines_; }

Q_SIGNALS:
    void changed();

private:
    using Open = std::function<std::unique_ptr<std::istream>()>;
    void judge(const QString& name, Open open);
    void show(VerdictLine summary, std::vector<VerdictLine> lines);
    void keep(const verdict::Verdict& verdict);

    WizardState& state_;
    VerdictLine summary_{Severity::info, {}, {}};
    std::vector<VerdictLine> lines_;
    BackgroundTask task_;
};

} // namespace sealwright
