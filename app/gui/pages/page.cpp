#include "gui/pages/page.h"

#include "gui/icons.h"

#include <QCoreApplication>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace sealwright {

Page::Page(const QString& title, const QString& subtitle, const QString& picture) {
    setTitle(title);
    setSubTitle(subtitle);
    setPixmap(QWizard::LogoPixmap, pagePicture(picture));

    auto* inside = new QWidget;
    content_ = new QVBoxLayout(inside);
    content_->setContentsMargins(0, 0, 6, 0);
    scroll_ = new QScrollArea;
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll_->setWidget(inside);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll_);
}

void Page::keepFocusInSight() {
    QTimer::singleShot(0, this, [this] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // or there is no place to scroll to yet
        QWidget* inFocus = focusWidget();
        if (inFocus == nullptr || !scroll_->isAncestorOf(inFocus)) {
            return;
        }
        scroll_->ensureWidgetVisible(inFocus);
        if (inFocus->height() < scroll_->viewport()->height() / 4) { // not a table
            const QPoint below = inFocus->mapTo(scroll_->widget(), inFocus->rect().bottomLeft());
            scroll_->ensureVisible(below.x(), below.y(), 0, 50);
        }
    });
}

} // namespace sealwright
