#pragma once

#include "gui/pages/droppanel.h"
#include "viewmodels/lintviewmodel.h"

class QListWidget;
class QPushButton;

namespace sealwright {

class FindingDetails;
class Notice;

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
    void openFiles();
    void openFolder();
    void show();
    void showSelected(int row);

    LintViewModel model_;
    QPushButton* clear_;
    Notice* summary_;
    QListWidget* findings_;
    FindingDetails* details_;
};

} // namespace sealwright
