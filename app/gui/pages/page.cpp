#include "gui/pages/page.h"

#include "gui/icons.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace sealwright {

Page::Page(const QString& title, const QString& subtitle, const QString& picture) {
    setTitle(title);
    setSubTitle(subtitle);
    setPixmap(QWizard::LogoPixmap, pagePicture(picture));

    auto* inside = new QWidget;
    content_ = new QVBoxLayout(inside);
    content_->setContentsMargins(0, 0, 6, 0);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setWidget(inside);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

} // namespace sealwright
