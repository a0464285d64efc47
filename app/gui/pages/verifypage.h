#pragma once

#include "gui/pages/page.h"
#include "viewmodels/verifyviewmodel.h"

class QCheckBox;
class QListWidget;
class QPushButton;
class QTableView;

namespace sealwright {

class FindingDetails;
class MessageTestBox;
class Notice;

/// Whether all is published and right, as the world sees it.
class VerifyPage final : public Page {
    Q_OBJECT

public:
    explicit VerifyPage(WizardState& state);

    void enter() override;
    [[nodiscard]] QString unfinished() const override;

private:
    QLayout* makeButtons();
    QPushButton* makeAlsoAsk();
    void show();
    void showTable();
    void showSelected();
    void showWaiting();

    WizardState& state_;
    VerifyViewModel model_;
    Notice* summary_;
    QListWidget* waiting_; ///< How far each record is, while it is waited for.
    MessageTestBox* messageTest_;
    QPushButton* run_;
    QPushButton* wait_;
    QPushButton* stop_;
    QCheckBox* everything_;
    QTableView* table_;
    FindingDetails* details_;
};

} // namespace sealwright
