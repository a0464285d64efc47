#pragma once

#include <QPlainTextEdit>

namespace sealwright {

/// Text to read and copy: fixed width, Tab goes on, and the focus can be seen on it.
class ReadOnlyText final : public QPlainTextEdit {
    Q_OBJECT

public:
    /// `lines`: how many are seen without scrolling.
    ReadOnlyText(const QString& accessibleName, int lines, QWidget* parent = nullptr);
};

} // namespace sealwright
