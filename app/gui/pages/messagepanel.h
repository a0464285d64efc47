#pragma once

#include "gui/pages/droppanel.h"
#include "viewmodels/messageviewmodel.h"

class QPushButton;
class QVBoxLayout;

namespace sealwright {

class Notice;

/// A real mail of the user's, judged as its receiver does: opened, dropped or pasted.
class MessagePanel final : public DropPanel {
    Q_OBJECT

public:
    explicit MessagePanel(WizardState& state, QWidget* parent = nullptr);

    void judgeFile(const QString& path) { model_.judgeFile(path); }

protected:
    void takeFiles(const QStringList& paths) override { judgeFile(paths.front()); }
    void takeText(const QString& text) override { model_.judgeText(text); }

private:
    void openFile();
    void show();

    MessageViewModel model_;
    QPushButton* open_;
    QPushButton* paste_;
    QPushButton* stop_;
    Notice* summary_;
    QVBoxLayout* lines_;
};

} // namespace sealwright
