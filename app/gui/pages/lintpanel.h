#pragma once

#include "gui/pages/droppanel.h"
#include "viewmodels/lintviewmodel.h"

class QGroupBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace sealwright {

class Notice;
class ReadOnlyText;

/// What the server has today, looked at for what leaves mail unsigned: opened, dropped or pasted.
class LintPanel final : public DropPanel {
    Q_OBJECT

public:
    explicit LintPanel(QWidget* parent = nullptr);

protected:
    void takeFiles(const QStringList& paths) override { model_.addFiles(paths); }
    void takeText(const QString& text) override { model_.addText(text); }

private:
    QLayout* makeButtons();
    QWidget* makeDetails();
    void openFiles();
    void show();
    void showSelected(int row);

    LintViewModel model_;
    QPushButton* clear_;
    Notice* summary_;
    QListWidget* findings_;
    QGroupBox* details_;
    Notice* found_;
    QLabel* why_;
    QLabel* remedy_;
    QLabel* textLabel_;
    ReadOnlyText* text_;
    QLabel* mendedLabel_;
    ReadOnlyText* mended_;
    QPushButton* copy_;
};

} // namespace sealwright
