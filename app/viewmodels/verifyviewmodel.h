#pragma once

#include "checks/publication.h"
#include "text/dnsproviders.h"
#include "text/findingtext.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/findingsmodel.h"
#include "viewmodels/wizardstate.h"

#include <set>

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
    void show();               ///< Runs; or goes on waiting, for what the profile wants by now.
    void stop();
    /// Whether the next round compares with what this one of publicResolvers() says; remembered.
    void alsoAsk(std::size_t resolver, bool asked);
    [[nodiscard]] bool isAlsoAsked(std::size_t resolver) const { return alsoAsked_.contains(resolver); }
    [[nodiscard]] bool isRunning() const { return task_.isRunning(); }
    [[nodiscard]] bool isWaiting() const { return waiting_; }

    [[nodiscard]] const std::vector<WaitingLine>& waitingLines() const { return waitingLines_; }

    [[nodiscard]] FindingsModel* model() { return &model_; }
    [[nodiscard]] std::optional<Details> details(int row) const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] Severity worst() const;    ///< unknown before the first round is through.
    [[nodiscard]] bool heardNothing() const; ///< The round is through, and nobody answered anything.

Q_SIGNALS:
    void changed();
    void finished();  ///< One round is through.
    void published(); ///< What was waited for has happened.

private:
    [[nodiscard]] std::vector<NameServer> resolversToCompare() const;
    void endRound();
    void takeWaiting(const std::vector<RecordPublication>& records, const QString& trouble);
    [[nodiscard]] QString waitingSummary() const;
    [[nodiscard]] QString doneSummary() const;
    [[nodiscard]] std::ptrdiff_t count(Severity severity) const;
    [[nodiscard]] bool lacksRecords() const; ///< What a record says could not be found out.

    WizardState& state_;
    FindingsModel model_;
    std::optional<DnsProvider> provider_; ///< Known once a slip was found.
    std::set<std::size_t> alsoAsked_;     ///< Of publicResolvers().
    int areasDone_ = 0;
    bool waiting_ = false;
    bool done_ = false; ///< A round is through.
    bool stopped_ = false;
    QString trouble_; ///< Why waiting does not come forward; empty: it does.
    std::optional<Profile> waitedFor_;
    WatchTimes times_;
    std::vector<WaitingLine> waitingLines_;
    BackgroundTask task_;
};

} // namespace sealwright
