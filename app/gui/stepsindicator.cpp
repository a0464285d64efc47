#include "gui/stepsindicator.h"

#include <QPainter>
#include <QStyle>

namespace sealwright {

static constexpr int rowHeight = 40;
static constexpr int disc = 24;
static constexpr int margin = 12;

StepsIndicator::StepsIndicator(QStringList titles, QWidget* parent) : QWidget(parent), titles_(std::move(titles)) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    setCurrent(0);
}

void StepsIndicator::setCurrent(int step) {
    current_ = step;
    setAccessibleName(tr("Step %1 of %2: %3").arg(step + 1).arg(titles_.size()).arg(titles_.value(step)));
    update();
}

void StepsIndicator::setSkipped(int step, bool skipped) {
    skipped_.removeAll(step);
    if (skipped) {
        skipped_ << step;
    }
    update();
}

QSize StepsIndicator::sizeHint() const {
    QFont bold = font();
    bold.setBold(true);
    int widest = 0;
    for (const QString& title : titles_) {
        widest = qMax(widest, QFontMetrics(bold).horizontalAdvance(title));
    }
    return {margin * 2 + disc + 10 + widest, margin * 2 + rowHeight * static_cast<int>(titles_.size())};
}

void StepsIndicator::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto mirrored = [this](const QRect& r) { return QStyle::visualRect(layoutDirection(), rect(), r); };
    const QColor quiet = palette().color(QPalette::Disabled, QPalette::WindowText);
    for (int step = 0; step < titles_.size(); ++step) {
        const bool isCurrent = step == current_;
        const bool isSkipped = skipped_.contains(step);
        const int top = margin + step * rowHeight;
        const QRect circle = mirrored({margin, top + (rowHeight - disc) / 2, disc, disc});
        if (step + 1 < titles_.size()) {
            painter.setPen(QPen(palette().color(QPalette::Mid), 2));
            const int x = circle.center().x() + 1;
            painter.drawLine(x, circle.bottom() + 2, x, circle.top() + rowHeight - 2);
        }
        const bool done = step < current_ && !isSkipped;
        painter.setPen(QPen(isCurrent || done ? palette().color(QPalette::Highlight) : quiet, 2));
        painter.setBrush(isCurrent ? palette().brush(QPalette::Highlight) : Qt::NoBrush);
        painter.drawEllipse(QRectF(circle).adjusted(1, 1, -1, -1));

        QFont font = this->font();
        font.setBold(isCurrent);
        painter.setFont(font);
        painter.setPen(isCurrent
                           ? palette().color(QPalette::HighlightedText)
                           : palette().color(isSkipped ? QPalette::Disabled : QPalette::Active, QPalette::WindowText));
        painter.drawText(circle, Qt::AlignCenter, done ? QStringLiteral("✓") : QString::number(step + 1));
        painter.setPen(isSkipped ? quiet : palette().color(QPalette::WindowText));
        const QRect text = mirrored({margin + disc + 10, top, width() - margin - disc - 10, rowHeight});
        const Qt::Alignment side = isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft;
        painter.drawText(text, static_cast<int>((Qt::AlignVCenter | side).toInt()), titles_[step]);
    }
}

} // namespace sealwright
