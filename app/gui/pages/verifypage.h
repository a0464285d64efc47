#pragma once

#include "gui/pages/page.h"
#include "viewmodels/verifyviewmodel.h"

class QGroupBox;
class QLabel;
class QPushButton;
class QTableView;

namespace sealwright {

class Notice;
class ReadOnlyText;

/// Whether all is published and right, as the world sees it.
class VerifyPage final : public Page {
    Q_OBJECT

public:
    explicit VerifyPage(WizardState& state);

    void enter() override;

private:
    QLayout* makeButtons();
    QWidget* makeDetails();
    void show();
    void showSelected();

    VerifyViewModel model_;
    Notice* summary_;
    QPushButton* run_;
    QPushButton* wait_;
    QPushButton* stop_;
    QTableView* table_;
    QGroupBox* details_;
    Notice* found_;
    QLabel* why_;
    QLabel* remedy_;
    QLabel* expectedLabel_;
    ReadOnlyText* expected_;
    QPushButton* copy_;
    QLabel* seenLabel_;
    ReadOnlyText* seen_;
};

} // namespace sealwright
