#pragma once

#include <QGroupBox>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace sealwright {

class Notice;
class ProtectionViewModel;

/// MTA-STS, TLS reports and DANE, each with a word on what it is for.
class ProtectionBox final : public QGroupBox {
    Q_OBJECT

public:
    explicit ProtectionBox(ProtectionViewModel& model, QWidget* parent = nullptr);

    void show();

private:
    QLayout* makeMtaStsRow();
    QLayout* makeDaneRow();
    void chooseCertificate();

    ProtectionViewModel& model_;
    QCheckBox* mtaSts_;
    QComboBox* mode_;
    Notice* mtaStsHint_;
    QCheckBox* tlsReports_;
    QLabel* keys_;
    QPushButton* ask_;
    QPushButton* choose_;
    QPushButton* forget_;
    Notice* certificateSeen_;
    Notice* certificateProblem_;
};

} // namespace sealwright
