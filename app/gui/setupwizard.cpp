#include "gui/setupwizard.h"

#include "gui/icons.h"
#include "gui/pages/domainpage.h"
#include "gui/pages/keyspage.h"
#include "gui/pages/recordspage.h"
#include "gui/pages/serverpage.h"
#include "gui/pages/verifypage.h"
#include "gui/stepsindicator.h"
#include "text/problemtext.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>

namespace sealwright {

using namespace Qt::StringLiterals;

SetupWizard::SetupWizard(WizardTools tools, QWidget* parent)
    : QWizard(parent), state_(std::move(tools)), domain_(new DomainPage(state_)) {
    setWindowTitle(u"Sealwright"_s);
    setWindowIcon(applicationIcon());
    setWizardStyle(QWizard::ModernStyle);
    // A page that was seen keeps what it shows; enter() brings it up to date.
    setOptions(QWizard::NoBackButtonOnStartPage | QWizard::IndependentPages);
    setButtonText(QWizard::FinishButton, tr("&Finish"));
    setPage(static_cast<int>(WizardStep::domain), domain_);
    setPage(static_cast<int>(WizardStep::keys), new KeysPage(state_));
    setPage(static_cast<int>(WizardStep::records), new RecordsPage(state_));
    setPage(static_cast<int>(WizardStep::server), new ServerPage(state_));
    setPage(static_cast<int>(WizardStep::verify), new VerifyPage(state_));
    QStringList titles;
    for (const int id : pageIds()) {
        titles << page(id)->title();
    }
    steps_ = new StepsIndicator(titles);
    setSideWidget(steps_);

    connect(this, &QWizard::currentIdChanged, this, &SetupWizard::enterPage);
    connect(domain_, &DomainPage::continueWanted, this, [this] { continueAt(state_.nextStep()); });
    connect(&state_, &WizardState::profileChanged, this, [this] {
        const bool sends = !state_.hasProfile() || state_.profile().role == DomainRole::sends;
        steps_->setSkipped(static_cast<int>(WizardStep::keys), !sends);
        steps_->setSkipped(static_cast<int>(WizardStep::server), !sends);
    });
    const QSize room = screen()->availableSize() - QSize(24, 56); // what a window frame takes
    resize(QSize(1000, 720).boundedTo(room));
}

void SetupWizard::setDomain(const QString& domain) {
    domain_->setDomain(domain);
}

void SetupWizard::continueAt(WizardStep step) {
    skipping_ = true;
    for (int before = -1; currentId() != static_cast<int>(step) && currentId() != before;) {
        before = currentId();
        next();
    }
    skipping_ = false;
    enterPage(currentId());
}

int SetupWizard::nextId() const {
    const bool sends = !state_.hasProfile() || state_.profile().role == DomainRole::sends;
    switch (static_cast<WizardStep>(currentId())) {
    case WizardStep::domain:
        return static_cast<int>(sends ? WizardStep::keys : WizardStep::records);
    case WizardStep::keys:
        return static_cast<int>(WizardStep::records);
    case WizardStep::records:
        return static_cast<int>(sends ? WizardStep::server : WizardStep::verify);
    case WizardStep::server:
        return static_cast<int>(WizardStep::verify);
    case WizardStep::verify:
        break;
    }
    return -1;
}

Page* SetupWizard::currentStep() const {
    return qobject_cast<Page*>(currentPage());
}

void SetupWizard::enterPage(int id) {
    if (id >= 0 && !skipping_) {
        steps_->setCurrent(id);
        namePictures();
        currentStep()->enter();
    }
}

/// QWizard makes the label of a page's picture itself, and gives it no name for screen readers.
void SetupWizard::namePictures() {
    for (QLabel* label : findChildren<QLabel*>()) {
        if (!label->pixmap(Qt::ReturnByValue).isNull() && label->accessibleName().isEmpty()) {
            label->setAccessibleName(tr("Picture of this step"));
        }
    }
}

void SetupWizard::showEvent(QShowEvent* event) {
    QWizard::showEvent(event);
    namePictures();
}

bool SetupWizard::ask(const QString& title, const QString& text, const QString& yes, const QString& no) {
    QMessageBox box(QMessageBox::Question, title, text, QMessageBox::NoButton, this);
    const auto* accepted = box.addButton(yes, QMessageBox::AcceptRole);
    auto* rejected = box.addButton(no, QMessageBox::RejectRole);
    box.setTextFormat(Qt::PlainText);
    box.setDefaultButton(rejected);
    box.setEscapeButton(rejected);
    box.exec();
    return box.clickedButton() == accepted;
}

bool SetupWizard::validateCurrentPage() {
    if (!QWizard::validateCurrentPage()) {
        return false;
    }
    const auto saved = state_.save();
    return saved || ask(tr("Not saved"), problemText(saved.error()), tr("&Go on without saving"), tr("&Stay here"));
}

void SetupWizard::accept() {
    const QString unfinished = currentStep()->unfinished();
    if (unfinished.isEmpty() || ask(tr("Close Sealwright?"), unfinished, tr("&Close"), tr("&Stay"))) {
        QWizard::accept();
    }
}

void SetupWizard::reject() {
    if (!state_.hasProfile()) {
        QWizard::reject();
        return;
    }
    const bool fresh = currentId() == static_cast<int>(WizardStep::domain) && !domain_->isSavedDomain();
    const auto saved = fresh ? tl::expected<void, Problem<ProfileError>>() : state_.save();
    const QString domain = QString::fromStdString(state_.profile().domain.toUnicode());
    QStringList text;
    if (fresh) {
        text << tr("What you have entered for %1 is not saved yet.").arg(domain);
    } else if (!saved) {
        text << tr("What you have entered for %1 could not be saved. %2").arg(domain, problemText(saved.error()));
    } else {
        text << tr("What you have entered for %1 is saved: choose the domain again to go on.").arg(domain);
    }
    if (const QString unfinished = currentStep()->unfinished(); !unfinished.isEmpty()) {
        text << unfinished;
    }
    if (ask(tr("Close Sealwright?"), text.join(u"\n\n"_s), tr("&Close"), tr("&Stay"))) {
        QWizard::reject();
    }
}

} // namespace sealwright
