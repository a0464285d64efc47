#pragma once

#include "text/dnsproviders.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/recordsmodel.h"
#include "viewmodels/wizardstate.h"

#include <QTimer>

namespace sealwright {

/// The records to publish, why, and how to get them into the provider's form.
class RecordsViewModel final : public QObject {
    Q_OBJECT

public:
    /// One record as the provider's form asks for it.
    struct Details {
        QString title, why;
        QString name; ///< Of the record, whole.
        QString host, type, priority, ttl, value;
        QString quoted;    ///< TXT: in parts of at most 255 characters, each in quotes.
        QString published; ///< What it is to replace; empty where it is new or the same.
        RecordState state;
    };

    explicit RecordsViewModel(WizardState& state, QObject* parent = nullptr);

    void refresh(); ///< Asks the DNS anew.
    [[nodiscard]] bool isReading() const { return reading_.isRunning(); }
    [[nodiscard]] RecordsModel* model() { return &model_; }
    [[nodiscard]] std::optional<Details> details(int row) const;
    [[nodiscard]] const QStringList& notes() const { return notes_; }
    [[nodiscard]] QString summary() const; ///< How many of the records are published.
    [[nodiscard]] bool allPublished() const;
    [[nodiscard]] int firstToPublish() const; ///< Row of the first record that is not there yet; 0 where all are.

    /// Unset: what is published stays, or p=none.
    [[nodiscard]] std::optional<dmarc::Policy> policy() const;
    void setPolicy(std::optional<dmarc::Policy> policy);
    [[nodiscard]] QString policyHint() const;
    [[nodiscard]] QString reportsTo() const { return reportsTo_; }
    void setReportsTo(const QString& text);
    [[nodiscard]] QString reportsProblem() const { return reportsProblem_; }

    [[nodiscard]] QString zoneText() const;
    void saveZone(const QString& path);
    [[nodiscard]] std::optional<DnsProvider> provider() const;
    [[nodiscard]] bool isComplete() const { return reportsProblem_.isEmpty(); }

Q_SIGNALS:
    void changed();
    void zoneSaved(const QString& path, const QString& problem); ///< No problem: empty.

private:
    void reset();
    void replan();

    WizardState& state_;
    RecordsModel model_;
    QStringList notes_;
    QString reportsTo_, reportsProblem_;
    QTimer pause_;
    BackgroundTask reading_;
    BackgroundTask saving_;
};

} // namespace sealwright
