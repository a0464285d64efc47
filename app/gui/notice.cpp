#include "gui/notice.h"

#include "gui/wrappinglabel.h"

#include <QHBoxLayout>
#include <QLabel>

namespace sealwright {

static QString severityName(Severity severity) {
    switch (severity) {
    case Severity::ok:
        return Notice::tr("Fine");
    case Severity::info:
        return Notice::tr("Note");
    case Severity::warning:
        return Notice::tr("Warning");
    case Severity::error:
        return Notice::tr("Problem");
    case Severity::unknown:
        return Notice::tr("Unknown");
    }
    return {};
}

Notice::Notice(QWidget* parent) : QWidget(parent), icon_(new QLabel), text_(new WrappingLabel) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addWidget(text_, 1);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    hide();
}

void Notice::show(Severity severity, const QString& text) {
    show(severityIcon(severity), severityName(severity), text);
}

void Notice::show(const QIcon& icon, const QString& iconName, const QString& text) {
    icon_->setPixmap(icon.pixmap(QSize(16, 16), devicePixelRatio()));
    icon_->setAccessibleName(iconName);
    text_->setText(text);
    setVisible(!text.isEmpty());
}

QString Notice::text() const {
    return text_->text();
}

void Notice::showProblemOf(QWidget* field, const QString& problem, const QString& hint) {
    show(problem.isEmpty() ? Severity::info : Severity::error, problem.isEmpty() ? hint : problem);
    field->setAccessibleDescription(text());
}

} // namespace sealwright
