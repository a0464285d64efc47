#pragma once

#include "gui/icons.h"

#include <QWidget>

class QLabel;

namespace sealwright {

/// A sentence with its icon; hidden while there is nothing to say.
class Notice final : public QWidget {
    Q_OBJECT

public:
    explicit Notice(QWidget* parent = nullptr);

    void show(Severity severity, const QString& text);
    void show(const QIcon& icon, const QString& iconName, const QString& text);
    [[nodiscard]] QString text() const;

    /// Shows what is wrong with a field, and tells it to screen readers as the field's description.
    void showProblemOf(QWidget* field, const QString& problem, const QString& hint = {});

private:
    QLabel* icon_;
    QLabel* text_;
};

} // namespace sealwright
