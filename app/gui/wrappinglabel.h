#pragma once

#include <QLabel>

namespace sealwright {

/// Plain text over as many lines as it needs, and no more: a QLabel that wraps asks for the height it would have if it
/// were narrow, which tears pages apart.
class WrappingLabel final : public QLabel {
    Q_OBJECT

public:
    explicit WrappingLabel(const QString& text = {}, QWidget* parent = nullptr) : QLabel(text, parent) {
        setWordWrap(true);
        setTextFormat(Qt::PlainText);
        setAlignment(Qt::AlignTop | Qt::AlignLeading);
    }

    [[nodiscard]] QSize minimumSizeHint() const override {
        return {fontMetrics().averageCharWidth() * 24, fontMetrics().height()};
    }
};

} // namespace sealwright
