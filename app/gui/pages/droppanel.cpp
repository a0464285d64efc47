#include "gui/pages/droppanel.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QUrl>

namespace sealwright {

DropPanel::DropPanel(QWidget* parent) : QWidget(parent) {
    setAcceptDrops(true);
}

void DropPanel::paste() {
    take(QGuiApplication::clipboard()->mimeData());
}

void DropPanel::take(const QMimeData* given) {
    QStringList paths;
    for (const QUrl& url : given->urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    if (paths.isEmpty()) {
        takeText(given->text());
    } else {
        takeFiles(paths);
    }
}

void DropPanel::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText()) {
        event->acceptProposedAction();
    }
}

void DropPanel::dropEvent(QDropEvent* event) {
    take(event->mimeData());
    event->acceptProposedAction();
}

void DropPanel::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Paste)) {
        paste();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace sealwright
