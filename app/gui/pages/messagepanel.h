#pragma once

#include "viewmodels/messageviewmodel.h"

#include <QWidget>

class QMimeData;
class QPushButton;
class QVBoxLayout;

namespace sealwright {

class Notice;

/// A real mail of the user's, judged as its receiver does: opened, dropped or pasted.
class MessagePanel final : public QWidget {
    Q_OBJECT

public:
    explicit MessagePanel(WizardState& state, QWidget* parent = nullptr);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void openFile();
    void paste();
    void take(const QMimeData* dropped);
    void show();

    MessageViewModel model_;
    QPushButton* open_;
    QPushButton* paste_;
    QPushButton* stop_;
    Notice* summary_;
    QVBoxLayout* lines_;
};

} // namespace sealwright
