#include "gui/pages/page.h"

#include "gui/icons.h"

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
    QTimer::singleShot(0, this, [this] { // once the layout is done
        QWidget* inFocus = focusWidget();
        if (inFocus != nullptr && scroll_->isAncestorOf(inFocus)) {
            scroll_->ensureWidgetVisible(inFocus);
        }
    });
}

} // namespace sealwright
