#pragma once

#include "text/dnsproviders.h"
#include "text/findingtext.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/findingsmodel.h"
#include "viewmodels/wizardstate.h"

#include <QTimer>

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

    /// `interval`: between two rounds of waiting. Longer than the negative TTL of most zones would be polite, shorter
    /// than anybody's patience is needed.
    explicit VerifyViewModel(WizardState& state, std::chrono::milliseconds interval = std::chrono::seconds(30),
                             QObject* parent = nullptr);

    void run();
    void waitUntilPublished(); ///< Runs again and again until nothing is left to publish.
    void stop();
    [[nodiscard]] bool isRunning() const { return task_.isRunning(); }
    [[nodiscard]] bool isWaiting() const { return waiting_; }

    [[nodiscard]] FindingsModel* model() { return &model_; }
    [[nodiscard]] std::optional<Details> details(int row) const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] int worstRow() const;   ///< Of the finding to look at first; 0 where all is well.
    [[nodiscard]] Severity worst() const; ///< unknown before the first round is through.

Q_SIGNALS:
    void changed();
    void finished(); ///< One round is through.

private:
    void begin();
    void endRound();
    [[nodiscard]] bool isPublished() const;

    WizardState& state_;
    FindingsModel model_;
    std::optional<DnsProvider> provider_; ///< Known once a slip was found.
    bool waiting_ = false;
    bool done_ = false; ///< A round is through.
    bool stopped_ = false;
    int rounds_ = 0;
    QTimer pause_;
    BackgroundTask task_;
};

} // namespace sealwright
