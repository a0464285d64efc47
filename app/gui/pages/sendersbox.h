#pragma once

#include <QGroupBox>

class QFormLayout;
class QLineEdit;
class QListWidget;
class QRadioButton;

namespace sealwright {

class Notice;
class SendersViewModel;

/// Who sends mail for the domain.
class SendersBox final : public QGroupBox {
    Q_OBJECT

public:
    explicit SendersBox(SendersViewModel& model, QWidget* parent = nullptr);

private:
    void makeForm();
    void fillIn();
    void showProblems();

    SendersViewModel& model_;
    QRadioButton* sends_;
    QRadioButton* never_;
    QWidget* form_;
    QLineEdit* mailHost_;
    QLineEdit* addresses_;
    QListWidget* services_;
    QLineEdit* includes_;
    Notice* mailHostProblem_;
    Notice* addressesProblem_;
    Notice* servicesHint_;
    Notice* includesProblem_;
};

} // namespace sealwright
