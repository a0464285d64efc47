#include "gui/pages/domainpage.h"

#include "gui/notice.h"
#include "gui/pages/sendersbox.h"
#include "gui/wrappinglabel.h"

#include <QComboBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sealwright {

using namespace Qt::StringLiterals;

DomainPage::DomainPage(WizardState& state)
    : Page(tr("Domain"), tr("Which domain sends mail, and who sends it?"), u"domain"_s)
    , state_(state)
    , model_(state)
    , senders_(state)
    , domain_(new QLineEdit)
    , problem_(new Notice)
    , savedLabel_(new QLabel(tr("&Saved domains:")))
    , saved_(new QComboBox)
    , known_(new Notice)
    , goOn_(new QPushButton)
    , today_(new QGroupBox)
    , facts_(new QGridLayout)
    , sendersBox_(new SendersBox(senders_)) {
    content()->addWidget(makeDomainRow());
    content()->addWidget(problem_);
    auto* known = new QHBoxLayout;
    known->addWidget(known_, 1);
    known->addWidget(goOn_);
    content()->addLayout(known);

    today_->setTitle(tr("Published today"));
    today_->setLayout(facts_);
    facts_->setColumnStretch(2, 1);
    content()->addWidget(today_);
    content()->addWidget(sendersBox_);
    content()->addStretch();

    connect(domain_, &QLineEdit::textEdited, &model_, &DomainViewModel::setText);
    connect(saved_, &QComboBox::textActivated, this, &DomainPage::setDomain);
    connect(goOn_, &QPushButton::clicked, this, &DomainPage::continueWanted);
    connect(&model_, &DomainViewModel::changed, this, &DomainPage::showDomain);
    connect(&model_, &DomainViewModel::factsChanged, this, &DomainPage::showFacts);
    connect(&senders_, &SendersViewModel::changed, this, &DomainPage::completeChanged);
    showDomain();
    showFacts();
}

QWidget* DomainPage::makeDomainRow() {
    domain_->setObjectName("domain");
    domain_->setPlaceholderText(u"example.org"_s);
    domain_->setInputMethodHints(Qt::ImhUrlCharactersOnly);
    saved_->setObjectName("savedDomains");
    saved_->setPlaceholderText(tr("choose one"));
    saved_->setMinimumContentsLength(16);
    savedLabel_->setBuddy(saved_);
    savedLabel_->setContentsMargins(12, 0, 0, 0);
    auto* label = new QLabel(tr("&Domain:"));
    label->setBuddy(domain_);

    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(domain_, 1);
    layout->addWidget(savedLabel_);
    layout->addWidget(saved_);
    return row;
}

void DomainPage::setDomain(const QString& domain) {
    domain_->setText(domain);
    model_.setText(domain);
    model_.takeUp();
}

void DomainPage::enter() {
    const QStringList domains = model_.savedDomains();
    saved_->clear();
    saved_->addItems(domains);
    saved_->setCurrentIndex(static_cast<int>(domains.indexOf(domain_->text())));
    saved_->setVisible(!domains.isEmpty());
    savedLabel_->setVisible(!domains.isEmpty());
    domain_->setFocus();
}

static QString stepName(WizardStep step) {
    switch (step) {
    case WizardStep::domain:
        return DomainPage::tr("Domain");
    case WizardStep::keys:
        return DomainPage::tr("Keys");
    case WizardStep::records:
        return DomainPage::tr("Records");
    case WizardStep::server:
        return DomainPage::tr("Server");
    case WizardStep::verify:
        return DomainPage::tr("Verify");
    }
    return {};
}

void DomainPage::showDomain() {
    problem_->showProblemOf(domain_, model_.problem());
    const bool hasProfile = state_.hasProfile();
    const WizardStep next = state_.nextStep();
    const bool canGoOn = model_.isSavedDomain() && next != WizardStep::domain;
    goOn_->setText(tr("&Continue with “%1”").arg(stepName(next)));
    goOn_->setVisible(canGoOn);
    known_->show(model_.readOnlyNotice().isEmpty() ? Severity::info : Severity::warning,
                 !model_.readOnlyNotice().isEmpty() ? model_.readOnlyNotice()
                 : canGoOn                          ? tr("You have worked on this domain before.")
                                                    : QString());
    sendersBox_->setEnabled(hasProfile);
    Q_EMIT completeChanged();
}

void DomainPage::showFacts() {
    while (QLayoutItem* item = facts_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (model_.facts().empty()) {
        auto* hint = new QLabel(model_.isLooking() ? tr("Asking the DNS …")
                                                   : tr("Enter a domain to see what the DNS says about it."));
        facts_->addWidget(hint, 0, 0, 1, 3);
        return;
    }
    for (int row = 0; const PublishedFact& fact : model_.facts()) {
        auto* icon = new QLabel;
        icon->setPixmap(stateIcon(fact.state).pixmap(QSize(16, 16), devicePixelRatio()));
        icon->setAccessibleName(stateTitle(fact.state));
        auto* title = new QLabel(fact.title);
        title->setToolTip(fact.hint);
        auto* value = new WrappingLabel(fact.value);
        value->setToolTip(fact.hint);
        facts_->addWidget(icon, row, 0, Qt::AlignTop);
        facts_->addWidget(title, row, 1, Qt::AlignTop);
        facts_->addWidget(value, row, 2);
        ++row;
    }
}

bool DomainPage::isComplete() const {
    return model_.canTakeUp() && senders_.isComplete();
}

bool DomainPage::validatePage() {
    return model_.takeUp() && senders_.isComplete();
}

} // namespace sealwright
