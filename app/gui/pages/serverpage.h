#pragma once

#include "gui/pages/page.h"
#include "viewmodels/serverviewmodel.h"

#include <map>

class QCheckBox;
class QComboBox;
class QGroupBox;
class QLabel;
class QLayout;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace sealwright {

class InstallBox;
class Notice;
class ReadOnlyText;
class VaultPanel;

/// What goes to the mail server: chosen, looked at, exported.
class ServerPage final : public Page {
    Q_OBJECT

public:
    explicit ServerPage(WizardState& state);

    void enter() override;
    [[nodiscard]] QString unfinished() const override;

private:
    static QString stackName(Stack stack);
    QWidget* makeStackBox();
    QLayout* makeIncomingRow();
    QWidget* makePreview();
    QWidget* makeExport();
    void show();
    void showOthers();
    void showFiles();
    void showFile(int row);
    void browse();

    ServerViewModel model_;
    std::map<Stack, QRadioButton*> stacks_;
    QLabel* stackHint_;
    QCheckBox* incoming_;
    QLabel* incomingHint_;
    QGroupBox* othersBox_;
    QListWidget* others_;
    QListWidget* files_;
    ReadOnlyText* file_;
    QComboBox* format_;
    QLineEdit* target_;
    QPushButton* export_;
    QProgressBar* progress_;
    QPushButton* stop_;
    Notice* outcome_;
    VaultPanel* vault_;
    InstallBox* install_;
};

} // namespace sealwright
