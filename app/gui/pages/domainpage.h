#pragma once

#include "gui/pages/page.h"
#include "viewmodels/domainviewmodel.h"
#include "viewmodels/sendersviewmodel.h"

class QComboBox;
class QGridLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sealwright {

class Notice;
class SendersBox;

/// Which domain, what is published for it today, and who sends its mail.
class DomainPage final : public Page {
    Q_OBJECT

public:
    explicit DomainPage(WizardState& state);

    void setDomain(const QString& domain);
    void enter() override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] bool validatePage() override;
    [[nodiscard]] bool isSavedDomain() const { return model_.isSavedDomain(); }

Q_SIGNALS:
    void continueWanted(); ///< With the saved domain, where it was left.

private:
    QWidget* makeDomainRow();
    void showDomain();
    void showFacts();

    WizardState& state_;
    DomainViewModel model_;
    SendersViewModel senders_;
    QLineEdit* domain_;
    Notice* problem_;
    QLabel* savedLabel_;
    QComboBox* saved_;
    Notice* known_;
    QPushButton* goOn_;
    QGroupBox* today_;
    QGridLayout* facts_;
    SendersBox* sendersBox_;
};

} // namespace sealwright
