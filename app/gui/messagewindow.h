#pragma once

#include "viewmodels/wizardstate.h"

#include <QDialog>

namespace sealwright {

/// What receivers make of one mail, for those who open its file from their desktop: there is no domain yet.
class MessageWindow final : public QDialog {
    Q_OBJECT

public:
    MessageWindow(WizardTools tools, const QString& file, QWidget* parent = nullptr);

Q_SIGNALS:
    void wizardWanted();

private:
    WizardState state_;
};

} // namespace sealwright
