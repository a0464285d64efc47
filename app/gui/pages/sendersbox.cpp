#include "gui/pages/sendersbox.h"

#include "gui/notice.h"
#include "gui/tables.h"
#include "viewmodels/mailservices.h"
#include "viewmodels/sendersviewmodel.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRadioButton>
#include <QSignalBlocker>

namespace sealwright {

using namespace Qt::StringLiterals;

SendersBox::SendersBox(SendersViewModel& model, QWidget* parent)
    : QGroupBox(tr("Who sends mail for it"), parent)
    , model_(model)
    , sends_(new QRadioButton(tr("&My mail server, and those named below")))
    , never_(new QRadioButton(tr("N&obody: this domain never sends mail")))
    , form_(new QWidget)
    , mailHost_(new QLineEdit)
    , addresses_(new QLineEdit)
    , services_(new QListWidget)
    , includes_(new QLineEdit)
    , mailHostProblem_(new Notice)
    , addressesProblem_(new Notice)
    , servicesHint_(new Notice)
    , includesProblem_(new Notice) {
    auto* roles = new QHBoxLayout;
    roles->addWidget(sends_);
    roles->addSpacing(16);
    roles->addWidget(never_);
    roles->addStretch();
    auto* all = new QVBoxLayout(this);
    all->addLayout(roles);
    all->addWidget(form_);
    makeForm();

    connect(sends_, &QRadioButton::toggled, &model_,
            [this](bool on) { model_.setRole(on ? DomainRole::sends : DomainRole::neverSends); });
    connect(mailHost_, &QLineEdit::textEdited, &model_, &SendersViewModel::setMailHost);
    connect(addresses_, &QLineEdit::textEdited, &model_, &SendersViewModel::setAddresses);
    connect(includes_, &QLineEdit::textEdited, &model_, &SendersViewModel::setIncludes);
    connect(services_, &QListWidget::itemChanged, &model_, [this](const QListWidgetItem* item) {
        model_.setService(static_cast<std::size_t>(services_->row(item)), item->checkState() == Qt::Checked);
    });
    connect(&model_, &SendersViewModel::filledIn, this, &SendersBox::fillIn);
    connect(&model_, &SendersViewModel::changed, this, &SendersBox::showProblems);
    fillIn();
}

void SendersBox::makeForm() {
    mailHost_->setObjectName("mailHost");
    mailHost_->setPlaceholderText(u"mail.example.org"_s);
    mailHost_->setToolTip(tr("The name your server gives in HELO, which its IP address should point back to."));
    addresses_->setObjectName("addresses");
    addresses_->setPlaceholderText(tr("none, or for example 192.0.2.25, 2001:db8::/64"));
    includes_->setObjectName("includes");
    includes_->setPlaceholderText(tr("none, or for example spf.example.net"));
    services_->setObjectName("services");
    services_->setAccessibleName(tr("Services that send mail for the domain"));
    makeChecksVisible(*services_);
    services_->setFlow(QListView::LeftToRight);
    services_->setWrapping(true);
    services_->setResizeMode(QListView::Adjust);
    services_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    int widest = 0;
    for (const MailService& service : mailServices()) {
        auto* item = new QListWidgetItem(service.name, services_);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        item->setToolTip(QString::fromStdString(service.include.toString()));
        widest = qMax(widest, fontMetrics().horizontalAdvance(service.name));
    }
    const int rowHeight = fontMetrics().height() + 6;
    services_->setGridSize({widest + 44, rowHeight});
    for (int row = 0; row < services_->count(); ++row) {
        services_->item(row)->setSizeHint({widest + 40, rowHeight});
    }
    services_->setFixedHeight(rowHeight * 4 + 2 * services_->frameWidth());

    const auto withNotice = [](QWidget* field, Notice* notice) {
        auto* column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(field);
        column->addWidget(notice);
        return column;
    };
    const auto label = [](const QString& text, QWidget* buddy) {
        auto* made = new QLabel(text);
        made->setBuddy(buddy);
        return made;
    };
    auto* form = new QFormLayout(form_);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(label(tr("Mail serve&r's name:"), mailHost_), withNotice(mailHost_, mailHostProblem_));
    form->addRow(label(tr("More &IP addresses:"), addresses_), withNotice(addresses_, addressesProblem_));
    form->addRow(label(tr("Ser&vices:"), services_), withNotice(services_, servicesHint_));
    form->addRow(label(tr("Other SPF incl&udes:"), includes_), withNotice(includes_, includesProblem_));
}

void SendersBox::fillIn() {
    const QSignalBlocker quiet(services_), role(sends_);
    (model_.role() == DomainRole::sends ? sends_ : never_)->setChecked(true);
    mailHost_->setText(model_.mailHost());
    addresses_->setText(model_.addresses());
    includes_->setText(model_.includes());
    for (int row = 0; row < services_->count(); ++row) {
        services_->item(row)->setCheckState(model_.isService(static_cast<std::size_t>(row)) ? Qt::Checked
                                                                                            : Qt::Unchecked);
    }
    showProblems();
}

void SendersBox::showProblems() {
    form_->setEnabled(model_.role() == DomainRole::sends);
    mailHostProblem_->showProblemOf(mailHost_, model_.mailHostProblem());
    addressesProblem_->showProblemOf(addresses_, model_.addressesProblem(), model_.addressesHint());
    includesProblem_->showProblemOf(includes_, model_.includesProblem());
    servicesHint_->show(Severity::info, model_.servicesHint());
}

} // namespace sealwright
