#pragma once

#include <QWidget>

class QMimeData;

namespace sealwright {

/// Takes files and text that are dropped on it or pasted into it.
class DropPanel : public QWidget {
    Q_OBJECT

public:
    explicit DropPanel(QWidget* parent = nullptr);

protected:
    virtual void takeFiles(const QStringList& paths) = 0;
    virtual void takeText(const QString& text) = 0;
    void paste();

    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void take(const QMimeData* given);
};

} // namespace sealwright
