#pragma once

#include "gui/pages/page.h"
#include "viewmodels/keysviewmodel.h"

class QCheckBox;
class QGroupBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace sealwright {

class NewKeyBox;
class Notice;
class VaultPanel;

/// The keys of the domain: those there are, and one more.
class KeysPage final : public Page {
    Q_OBJECT

public:
    explicit KeysPage(WizardState& state);

    void enter() override;
    [[nodiscard]] bool isComplete() const override { return model_.isComplete(); }
    [[nodiscard]] QString unfinished() const override;

private:
    QWidget* makeProgressRow();
    void show();
    void showKeys();
    void showRemarks();

    KeysViewModel model_;
    QGroupBox* keys_;
    QPushButton* more_;
    NewKeyBox* newKey_;
    Notice* status_;
    Notice* remarks_;
    QWidget* progressRow_;
    QLabel* stage_;
    QProgressBar* progress_;
    QPushButton* cancel_;
    Notice* met_;
    QPushButton* adopt_;
    VaultPanel* vault_;
    QLabel* place_;
    QPushButton* otherPlace_;
    std::vector<KeyLine> shown_;
};

} // namespace sealwright
