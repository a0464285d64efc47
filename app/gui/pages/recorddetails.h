#pragma once

#include "viewmodels/recordsviewmodel.h"

#include <QGroupBox>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sealwright {

class Notice;
class ReadOnlyText;

/// One record as the provider's form asks for it, each field to be copied.
class RecordDetails final : public QGroupBox {
    Q_OBJECT

public:
    explicit RecordDetails(QWidget* parent = nullptr);

    void show(const std::optional<RecordsViewModel::Details>& details, const std::optional<DnsProvider>& provider);

private:
    void copy(const QString& text, const QString& what);

    QString quoted_;
    QLabel* why_;
    QLineEdit* host_;
    QLabel* type_;
    ReadOnlyText* value_;
    QPushButton* copyQuoted_;
    Notice* replaces_;
    QLabel* hint_;
    QLabel* copied_;
};

} // namespace sealwright
