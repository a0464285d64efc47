#pragma once

#include "viewmodels/backgroundtask.h"
#include "viewmodels/publishedfacts.h"
#include "viewmodels/wizardstate.h"

#include <QTimer>

namespace sealwright {

/// Which domain, and what is published for it today.
class DomainViewModel final : public QObject {
    Q_OBJECT

public:
    explicit DomainViewModel(WizardState& state, QObject* parent = nullptr);

    void setText(const QString& text); ///< What is being typed; taken up when typing has paused.
    [[nodiscard]] QString text() const { return text_; }
    [[nodiscard]] QString problem() const { return problem_; } ///< Empty: none.
    /// Takes the domain up at once. False: there is a problem, and it is told.
    bool takeUp();
    [[nodiscard]] bool canTakeUp() const { return domain_.has_value() && !refused_; }

    [[nodiscard]] QStringList savedDomains() const;
    [[nodiscard]] bool isSavedDomain() const; ///< The domain was found among the saved ones.
    [[nodiscard]] QString readOnlyNotice() const;

    void lookUp();
    [[nodiscard]] bool isLooking() const { return task_.isRunning(); }
    [[nodiscard]] const std::vector<PublishedFact>& facts() const { return facts_; }

Q_SIGNALS:
    void changed();      ///< Text, problem, or what is known of the domain.
    void factsChanged(); ///< Or whether they are being looked up.

private:
    void forget();

    WizardState& state_;
    QString text_;
    std::optional<DomainName> domain_; ///< The text, parsed.
    bool refused_ = false;             ///< Its profile could not be read.
    bool fromStore_ = false;
    QString problem_;
    std::vector<PublishedFact> facts_;
    QTimer pause_;
    BackgroundTask task_;
};

} // namespace sealwright
