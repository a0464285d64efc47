#include "gui/pages/recorddetails.h"

#include "gui/notice.h"
#include "gui/readonlytext.h"
#include "gui/wrappinglabel.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sealwright {

using namespace Qt::StringLiterals;

RecordDetails::RecordDetails(QWidget* parent)
    : QGroupBox(parent)
    , why_(new WrappingLabel)
    , host_(new QLineEdit)
    , type_(new QLabel)
    , value_(new ReadOnlyText(tr("Value"), 3))
    , copyQuoted_(new QPushButton(tr("Copy in &quotes")))
    , replaces_(new Notice)
    , hint_(new WrappingLabel)
    , copied_(new QLabel) {
    host_->setReadOnly(true);
    value_->setFixedHeight(value_->minimumHeight());
    copyQuoted_->setToolTip(
        tr("Parts of at most 255 characters, each in quotes, as some forms and zone files want it."));
    auto* copyHost = new QPushButton(tr("&Copy name"));
    auto* copyValue = new QPushButton(tr("Copy &value"));
    auto* hostRow = new QHBoxLayout;
    hostRow->addWidget(host_, 1);
    hostRow->addWidget(type_);
    hostRow->addWidget(copyHost);
    auto* copies = new QVBoxLayout;
    copies->addWidget(copyValue);
    copies->addWidget(copyQuoted_);
    copies->addStretch();
    auto* valueRow = new QHBoxLayout;
    valueRow->addWidget(value_, 1);
    valueRow->addLayout(copies);
    auto* hostLabel = new QLabel(tr("Na&me:"));
    hostLabel->setBuddy(host_);
    auto* valueLabel = new QLabel(tr("Val&ue:"));
    valueLabel->setBuddy(value_);
    auto* form = new QFormLayout(this);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(why_);
    form->addRow(hostLabel, hostRow);
    form->addRow(valueLabel, valueRow);
    form->addRow(replaces_);
    form->addRow(hint_);
    form->addRow(copied_);
    connect(copyHost, &QPushButton::clicked, this,
            [this] { copy(host_->text(), tr("The name is on the clipboard.")); });
    connect(copyValue, &QPushButton::clicked, this,
            [this] { copy(value_->toPlainText(), tr("The value is on the clipboard.")); });
    connect(copyQuoted_, &QPushButton::clicked, this,
            [this] { copy(quoted_, tr("The value, in quotes, is on the clipboard.")); });
}

void RecordDetails::copy(const QString& text, const QString& what) {
    QGuiApplication::clipboard()->setText(text);
    copied_->setText(what);
    copied_->show();
}

void RecordDetails::show(const std::optional<RecordsViewModel::Details>& details,
                         const std::optional<DnsProvider>& provider) {
    setVisible(details.has_value());
    if (!details) {
        return;
    }
    setTitle(tr("%1: %2").arg(details->title, details->name));
    why_->setText(details->why);
    if (host_->text() != details->host || value_->toPlainText() != details->value) {
        host_->setText(details->host);
        value_->setPlainText(details->value);
        copied_->hide();
    }
    type_->setText(
        details->priority.isEmpty()
            ? tr("Type %1, TTL %2 seconds").arg(details->type, details->ttl)
            : tr("Type %1, priority %2, TTL %3 seconds").arg(details->type, details->priority, details->ttl));
    quoted_ = details->quoted;
    copyQuoted_->setVisible(!quoted_.isEmpty());
    replaces_->show(stateIcon(details->state), tr("Differs"),
                    details->published.isEmpty() ? QString() : tr("It replaces: %1").arg(details->published));
    hint_->setVisible(provider.has_value());
    if (provider) {
        hint_->setText(tr("At %1: %2. %3").arg(provider->name, provider->where, provider->hints.join(u' ')));
    }
}

} // namespace sealwright
