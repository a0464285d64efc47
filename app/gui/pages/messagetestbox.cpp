#include "gui/pages/messagetestbox.h"

#include "gui/notice.h"
#include "gui/returnkey.h"
#include "gui/vaultpanel.h"
#include "gui/wrappinglabel.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright {

using namespace Qt::StringLiterals;
using Field = MessageTestViewModel::Field;
using Form = MessageTestViewModel::Form;

MessageTestBox::MessageTestBox(WizardState& state, QWidget* parent)
    : QWidget(parent)
    , model_(state)
    , server_(new QLineEdit)
    , user_(new QLineEdit)
    , password_(new QLineEdit)
    , from_(new QLineEdit)
    , to_(new QLineEdit)
    , imapServer_(new QLineEdit)
    , imapUser_(new QLineEdit)
    , imapPassword_(new QLineEdit)
    , keeps_(new QCheckBox(tr("&Keep these entries for the next time, with the passwords in the system's keychain")))
    , keptNote_(new Notice)
    , problem_(new Notice)
    , send_(new QPushButton(tr("Sen&d the message")))
    , again_(new QPushButton(tr("&Look again")))
    , stop_(new QPushButton(tr("S&top")))
    , stage_(new Notice)
    , results_(new QVBoxLayout) {
    auto* sides = new QHBoxLayout;
    sides->addWidget(makeSending());
    sides->addWidget(makeReceiving());
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new WrappingLabel(
        tr("Sends one harmless mail through your server to a mailbox of yours elsewhere, and judges it as it arrives "
           "there. Passwords go to these two servers only, and encrypted.")));
    layout->addLayout(sides);
    layout->addWidget(keeps_);
    layout->addWidget(problem_);
    layout->addLayout(makeButtons());
    layout->addWidget(stage_);
    layout->addWidget(keptNote_);
    layout->addLayout(results_);
    layout->addStretch();
    // A mail that is sent can't be called back: only the last field sends, and only where nothing is missing.
    new ReturnKey(
        {server_, user_, password_, from_, to_, imapServer_, imapUser_}, [this] { focusNextChild(); }, this);
    new ReturnKey(
        {imapPassword_}, [this] { sendIfComplete(); }, this);
    connect(&model_, &MessageTestViewModel::changed, this, &MessageTestBox::show);
    connect(&model_, &MessageTestViewModel::domainChanged, this, &MessageTestBox::fillIn);
    connect(&state, &WizardState::profileChanged, this, &MessageTestBox::showDefaults);
    keeps_->setObjectName("keepEntries");
    connect(keeps_, &QCheckBox::clicked, this, [this](bool keeps) {
        if (!keeps) {
            model_.forget();
        }
        showPlaceholders();
    });
    for (const QLineEdit* field : {server_, user_, to_, imapServer_, imapUser_}) {
        connect(field, &QLineEdit::textChanged, this, &MessageTestBox::showPlaceholders);
    }
    fillIn();
    show();
}

QGroupBox* MessageTestBox::makeSending() {
    server_->setObjectName("submissionServer");
    server_->setToolTip(tr("Where your mail program sends mail: port 587 if none is given, or for example "
                           "mail.example.org:465."));
    user_->setObjectName("submissionUser");
    password_->setObjectName("submissionPassword");
    password_->setEchoMode(QLineEdit::Password);
    from_->setObjectName("testSender");
    auto* box = new QGroupBox(tr("Send through"));
    auto* form = new QFormLayout(box);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Ser&ver:"), server_);
    form->addRow(tr("&User name:"), user_);
    form->addRow(tr("&Password:"), password_);
    form->addRow(tr("S&ender:"), from_);
    return box;
}

QGroupBox* MessageTestBox::makeReceiving() {
    to_->setObjectName("testReceiver");
    to_->setPlaceholderText(u"me@example.net"_s);
    imapServer_->setObjectName("imapServer");
    imapServer_->setPlaceholderText(tr("none: I open it there myself"));
    imapServer_->setToolTip(tr("Where your mail program reads that mailbox: port 993 if none is given. Sealwright only "
                               "looks for its message, in the inbox and in the folder for spam."));
    imapUser_->setObjectName("imapUser");
    imapUser_->setPlaceholderText(tr("the address"));
    imapPassword_->setObjectName("imapPassword");
    imapPassword_->setEchoMode(QLineEdit::Password);
    imapPassword_->setToolTip(tr("Large services want an “app password”, made in the settings of the account."));
    auto* box = new QGroupBox(tr("Receive at"));
    auto* form = new QFormLayout(box);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Address:"), to_);
    form->addRow(tr("&IMAP server:"), imapServer_);
    form->addRow(tr("User name t&here:"), imapUser_);
    form->addRow(tr("Passw&ord there:"), imapPassword_);
    return box;
}

QLayout* MessageTestBox::makeButtons() {
    send_->setObjectName("sendTest");
    connect(send_, &QPushButton::clicked, this, &MessageTestBox::send);
    again_->setObjectName("lookAgain");
    again_->setToolTip(tr("Looks into the mailbox for the message that was sent last. Nothing is sent."));
    connect(again_, &QPushButton::clicked, this, &MessageTestBox::lookAgain);
    connect(stop_, &QPushButton::clicked, &model_, &MessageTestViewModel::stop);
    auto* row = new QHBoxLayout;
    row->addWidget(send_);
    row->addWidget(again_);
    row->addWidget(stop_);
    row->addStretch();
    return row;
}

void MessageTestBox::fillIn() {
    for (QLineEdit* field : {server_, user_, password_, from_}) {
        field->clear(); // They belong to the domain; the mailbox does not.
    }
    showDefaults();
    fillInKept();
    showPlaceholders();
}

// A password goes to the server beside it, and to no other that comes there by itself.
void MessageTestBox::showDefaults() {
    if (server_->text().isEmpty() && server_->placeholderText() != model_.defaultServer()) {
        password_->clear();
    }
    server_->setPlaceholderText(model_.defaultServer());
    from_->setPlaceholderText(model_.defaultSender());
}

void MessageTestBox::fillInKept() {
    const auto kept = model_.keptForm();
    keeps_->setChecked(kept.has_value());
    if (!kept) {
        return;
    }
    server_->setText(kept->server);
    user_->setText(kept->user);
    from_->setText(kept->from);
    setMailbox(*kept);
}

void MessageTestBox::setMailbox(const Form& form) {
    if (form.to != to_->text() || form.imapServer != imapServer_->text() || form.imapUser != imapUser_->text()) {
        imapPassword_->clear(); // As above: it belongs to the mailbox that was here.
    }
    to_->setText(form.to);
    imapServer_->setText(form.imapServer);
    imapUser_->setText(form.imapUser);
}

// An empty password is the one that is kept for this user at this server.
void MessageTestBox::showPlaceholders() {
    const auto kept = keeps_->isChecked() ? model_.keptForm() : std::nullopt;
    const Form typed = form();
    const bool sameSender = kept && kept->server == typed.server && kept->user == typed.user;
    const bool sameMailbox = kept && !kept->imapServer.isEmpty() && kept->imapServer == typed.imapServer &&
                             kept->imapUser == typed.imapUser && (!kept->imapUser.isEmpty() || kept->to == typed.to);
    const QString word = tr("in the keychain");
    password_->setPlaceholderText(sameSender ? word : QString());
    imapPassword_->setPlaceholderText(sameMailbox ? word : QString());
}

Form MessageTestBox::form() const {
    const QString server = server_->text().isEmpty() ? model_.defaultServer() : server_->text();
    return {server, user_->text(), from_->text(), to_->text(), imapServer_->text(), imapUser_->text()};
}

MessageTestViewModel::Wishes MessageTestBox::wishes() const {
    return {form(), keeps_->isChecked(), secretIn(*password_), secretIn(*imapPassword_)};
}

void MessageTestBox::send() {
    if (!model_.isRunning()) {
        model_.start(wishes());
        focusProblem();
    }
}

void MessageTestBox::lookAgain() {
    if (!model_.isRunning()) {
        model_.lookAgain(wishes());
        focusProblem();
    }
}

void MessageTestBox::focusProblem() {
    if (QLineEdit* wrong = fieldOf(model_.problemField())) {
        wrong->setFocus();
    }
}

void MessageTestBox::sendIfComplete() {
    if (QLineEdit* missing = firstMissing()) {
        missing->setFocus();
    } else {
        send();
    }
}

// A password that is kept is not missing: its placeholder says so.
QLineEdit* MessageTestBox::firstMissing() const {
    const auto isMissing = [](const QLineEdit* field) {
        return field->text().isEmpty() && field->placeholderText().isEmpty();
    };
    for (QLineEdit* field : {server_, user_, password_}) {
        if (isMissing(field)) {
            return field;
        }
    }
    if (to_->text().isEmpty()) {
        return to_; // Its placeholder is an example.
    }
    return !imapServer_->text().isEmpty() && isMissing(imapPassword_) ? imapPassword_ : nullptr;
}

QLineEdit* MessageTestBox::fieldOf(Field field) const {
    switch (field) {
    case Field::server:
        return server_;
    case Field::user:
        return user_;
    case Field::password:
        return password_;
    case Field::from:
        return from_;
    case Field::to:
        return to_;
    case Field::imapServer:
        return imapServer_;
    case Field::imapPassword:
        return imapPassword_;
    case Field::none:
        break;
    }
    return nullptr;
}

void MessageTestBox::show() {
    const bool busy = model_.isRunning();
    const bool sendHadFocus = send_->hasFocus() || again_->hasFocus();
    const bool stopHadFocus = stop_->hasFocus();
    send_->setEnabled(!busy);
    again_->setEnabled(!busy && model_.mayLookAgain());
    stop_->setEnabled(busy);
    keeps_->setEnabled(!busy);
    if (busy && sendHadFocus) {
        stop_->setFocus();
    }
    if (!busy && stopHadFocus) {
        send_->setFocus();
    }
    QLineEdit* wrong = fieldOf(model_.problemField());
    for (QLineEdit* field : {server_, user_, password_, from_, to_, imapServer_, imapPassword_}) {
        field->setAccessibleDescription({});
    }
    problem_->showProblemOf(wrong == nullptr ? server_ : wrong, model_.problem());
    stage_->show(Severity::info, model_.stage());
    keptNote_->show(Severity::warning, model_.keptNote());
    showPlaceholders();
    showResults();
}

void MessageTestBox::showResults() {
    if (shown_ == 0 && model_.results().empty()) {
        return;
    }
    while (QLayoutItem* item = results_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    shown_ = model_.results().size();
    const auto add = [this](Severity severity, const QString& text, int indent) {
        auto* notice = new Notice;
        results_->addWidget(notice);
        notice->setContentsMargins(indent, 0, 0, 0);
        notice->show(severity, text);
    };
    for (const MessageTestViewModel::Result& result : model_.results()) {
        add(result.summary.severity, u"%1 – %2"_s.arg(result.when, result.summary.text), 0);
        for (const VerdictLine& line : result.lines) {
            add(line.severity, u"%1 – %2"_s.arg(line.area, line.text), 24);
        }
    }
}

} // namespace sealwright
