#pragma once

#include "gui/pages/page.h"
#include "viewmodels/protectionviewmodel.h"
#include "viewmodels/recordsviewmodel.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace sealwright {

class Notice;
class RecordDetails;

/// Each record beside what is published, and what to do with it.
class RecordsPage final : public Page {
    Q_OBJECT

public:
    explicit RecordsPage(WizardState& state);

    void enter() override;
    [[nodiscard]] bool isComplete() const override { return model_.isComplete(); }

private:
    QLayout* makePolicyRow();
    QLayout* makeButtons();
    void show();
    void showSelected();
    void saveZone();

    WizardState& state_;
    RecordsViewModel model_;
    ProtectionViewModel protection_;
    Notice* summary_;
    QTableView* table_;
    QComboBox* policy_;
    QLabel* policyHint_;
    QLineEdit* reports_;
    Notice* reportsProblem_;
    RecordDetails* details_;
    Notice* notes_;
    Notice* saved_;
};

} // namespace sealwright
