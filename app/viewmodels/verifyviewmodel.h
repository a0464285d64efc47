#pragma once

#include "checks/publication.h"
#include "text/dnsproviders.h"
#include "text/findingtext.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/findingsmodel.h"
#include "viewmodels/wizardstate.h"

namespace sealwright {

/// Whether all is published and works, as the world sees it.
class VerifyViewModel final : public QObject {
    Q_OBJECT

public:
    struct Details {
        QString found, why, remedy;
        QString expected; ///< The records to publish, as zone text; empty: none.
        QString seen;
        Severity severity;
    };

    /// How far one record is on its way.
    struct WaitingLine {
        QString record;  ///< "_dmarc.example.org TXT"
        QString servers; ///< Whole phrases.
        QString world;
        RecordState state;
    };

    explicit VerifyViewModel(WizardState& state, WatchTimes times = {}, QObject* parent = nullptr);

    void run();
    void waitUntilPublished(); ///< Follows the records until all are published everywhere, then runs.
    void stop();
    [[nodiscard]] bool isRunning() const { return task_.isRunning(); }
    [[nodiscard]] bool isWaiting() const { return waiting_; }

    [[nodiscard]] const std::vector<WaitingLine>& waitingLines() const { return waitingLines_; }

    [[nodiscard]] FindingsModel* model() { return &model_; }
    [[nodiscard]] std::optional<Details> details(int row) const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] int worstRow() const;   ///< Of the finding to look at first; 0 where all is well.
    [[nodiscard]] Severity worst() const; ///< unknown before the first round is through.

Q_SIGNALS:
    void changed();
    void finished();  ///< One round is through.
    void published(); ///< What was waited for has happened.

private:
    void endRound();
    void takeWaiting(const std::vector<RecordPublication>& records, bool offline);
    [[nodiscard]] QString waitingSummary() const;

    WizardState& state_;
    FindingsModel model_;
    std::optional<DnsProvider> provider_; ///< Known once a slip was found.
    bool waiting_ = false;
    bool done_ = false; ///< A round is through.
    bool stopped_ = false;
    bool offline_ = false; ///< Nobody answered lately.
    WatchTimes times_;
    std::vector<WaitingLine> waitingLines_;
    BackgroundTask task_;
};

} // namespace sealwright
