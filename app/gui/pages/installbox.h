#pragma once

#include <QGroupBox>

namespace sealwright {

class ReadOnlyText;

/// What to type to bring the bundle to the server, and to install it there.
class InstallBox final : public QGroupBox {
    Q_OBJECT

public:
    explicit InstallBox(QWidget* parent = nullptr);

    void show(const QString& copyCommand, const QString& installCommands);

private:
    ReadOnlyText* copy_;
    ReadOnlyText* install_;
};

} // namespace sealwright
