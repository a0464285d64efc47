#include "viewmodels/messagetestviewmodel.h"

#include "mailtest/keptpasswords.h"
#include "text/problemtext.h"

#include <QDateTime>
#include <QLocale>
#include <QSettings>

namespace sealwright {

namespace {

using namespace Qt::StringLiterals;
using Form = MessageTestViewModel::Form;

constexpr std::size_t mostResults = 10;

constexpr std::pair<const char*, QString Form::*> formFields[] = {
    {"server", &Form::server},         {"user", &Form::user},        {"from", &Form::from}, {"to", &Form::to},
    {"imapServer", &Form::imapServer}, {"imapUser", &Form::imapUser}};

QString groupOf(const Profile& profile) {
    return u"messageTest/"_s + QString::fromStdString(profile.domain.toString());
}

MailAccount sendingAccount(const Form& form, const MailServer& server, SecretBytes password) {
    return {server, form.user.toStdString(), std::move(password)};
}

MailAccount readingAccount(const Form& form, const MailServer& server, SecretBytes password) {
    const QString user = form.imapUser.isEmpty() ? form.to.trimmed() : form.imapUser;
    return {server, user.toStdString(), std::move(password)};
}

std::vector<MailAccount> accountsOf(const Form& form) {
    std::vector<MailAccount> accounts;
    if (const auto server = parseSubmissionServer(form.server.trimmed().toStdString())) {
        accounts.push_back(sendingAccount(form, *server, {}));
    }
    if (const auto server = parseImapServer(form.imapServer.trimmed().toStdString())) {
        accounts.push_back(readingAccount(form, *server, {}));
    }
    return accounts;
}

bool isSame(const MailAccount& a, const MailAccount& b) {
    return a.user == b.user && a.server.host == b.server.host; // What its password is kept under.
}

std::optional<Form> readForm(QSettings& settings, const QString& group) {
    settings.beginGroup(group);
    std::optional<Form> form;
    if (!settings.childKeys().isEmpty()) {
        form.emplace();
        for (const auto& [key, field] : formFields) {
            (*form).*field = settings.value(QLatin1String(key)).toString();
        }
    }
    settings.endGroup();
    return form;
}

} // namespace

/// What one run holds, in its own thread.
struct MessageTestViewModel::Job {
    struct Sending {
        EmailAddress from;
        MailAccount submission;
    };

    Profile profile;
    EmailAddress to;
    std::optional<Sending> sending; ///< Nothing: to look again for the message with this ID.
    std::string messageId;
    std::optional<Mailbox> mailbox;
    bool keeps;
    std::vector<MailAccount> outdated{}; ///< Their passwords are kept, and nothing will name them any more.
};

MessageTestViewModel::MessageTestViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&task_, &BackgroundTask::runningChanged, this, [this] {
        stage_ = isRunning() ? stage_ : QString();
        Q_EMIT changed();
    });
    connect(&forgetting_, &BackgroundTask::runningChanged, this, &MessageTestViewModel::changed);
    connect(&state_, &WizardState::domainChanged, this, [this] {
        task_.abandon();
        results_.clear();
        late_.reset();
        forgetProblem();
        Q_EMIT domainChanged();
        Q_EMIT changed();
    });
}

QString MessageTestViewModel::defaultServer() const {
    const auto host = state_.hasProfile() ? state_.profile().mailHost : std::nullopt;
    return host ? QString::fromStdString(host->toUnicode()) : QString();
}

QString MessageTestViewModel::defaultSender() const {
    return state_.hasProfile() ? QString::fromStdString(defaultTestSender(state_.profile().domain).toString())
                               : QString();
}

std::shared_ptr<MessageTestViewModel::Job> MessageTestViewModel::refuse(Field field, const QString& problem) {
    problemField_ = field;
    problem_ = problem;
    return nullptr;
}

void MessageTestViewModel::refuseLater(Field field, const QString& problem) {
    refuse(field, problem);
    Q_EMIT changed();
}

std::optional<Form> MessageTestViewModel::keptForm() const {
    if (state_.settingsPath().isEmpty() || !state_.hasProfile()) {
        return std::nullopt;
    }
    QSettings settings(state_.settingsPath(), QSettings::IniFormat);
    return readForm(settings, groupOf(state_.profile()));
}

void MessageTestViewModel::keepForm(const Form& form) {
    if (state_.settingsPath().isEmpty()) {
        return;
    }
    QSettings settings(state_.settingsPath(), QSettings::IniFormat);
    settings.beginGroup(groupOf(state_.profile()));
    for (const auto& [key, field] : formFields) {
        settings.setValue(QLatin1String(key), form.*field);
    }
}

/// Of the form that is kept for this domain: those that neither this form nor another domain's has.
std::vector<MailAccount> MessageTestViewModel::accountsNoLongerIn(const Form& form) const {
    const auto old = keptForm();
    std::vector<MailAccount> accounts = old ? accountsOf(*old) : std::vector<MailAccount>();
    const auto drop = [&accounts](const Form& other) {
        for (const MailAccount& needed : accountsOf(other)) {
            std::erase_if(accounts, [&needed](const MailAccount& each) { return isSame(each, needed); });
        }
    };
    drop(form);
    QSettings settings(state_.settingsPath(), QSettings::IniFormat);
    settings.beginGroup(u"messageTest"_s);
    const QStringList domains = settings.childGroups();
    settings.endGroup();
    for (const QString& domain : domains) {
        const QString group = u"messageTest/"_s + domain;
        const auto other = group == groupOf(state_.profile()) ? std::nullopt : readForm(settings, group);
        drop(other.value_or(Form()));
    }
    return accounts;
}

void MessageTestViewModel::forget() {
    if (!keptForm()) {
        return;
    }
    const auto accounts = std::make_shared<const std::vector<MailAccount>>(accountsNoLongerIn({}));
    QSettings(state_.settingsPath(), QSettings::IniFormat).remove(groupOf(state_.profile()));
    forgetting_.start([this, accounts, &vault = state_.passwords()](const std::stop_token& stop, const auto& post) {
        forgetEach(*accounts, vault, stop, post);
    });
}

// In another thread.
void MessageTestViewModel::forgetEach(const std::vector<MailAccount>& accounts, PasswordVault& vault,
                                      const std::stop_token& stop, const BackgroundTask::Post& post) {
    for (const MailAccount& account : accounts) {
        if (const auto forgotten = sealwright::forget(account, vault, stop); !forgotten) {
            post([this, reason = keychainReason(forgotten.error())] {
                keptNote_ = tr("A password could not be removed from the keychain: %1.").arg(reason);
                Q_EMIT changed();
            });
        }
    }
}

std::shared_ptr<MessageTestViewModel::Job> MessageTestViewModel::jobOf(Wishes wishes) {
    const Form& form = wishes.form;
    const auto server = parseSubmissionServer(form.server.trimmed().toStdString());
    if (!server) {
        return refuse(Field::server, problemText(server.error()));
    }
    if (form.user.isEmpty()) {
        return refuse(Field::user, tr("Type your user name at the submission server."));
    }
    if (wishes.password.empty() && !wishes.keeps) {
        return refuse(Field::password, tr("Type your password at the submission server."));
    }
    const QString sender = form.from.trimmed().isEmpty() ? defaultSender() : form.from.trimmed();
    const auto from = EmailAddress::parse(sender.toStdString());
    if (!from) {
        return refuse(Field::from, problemText(from.error()));
    }
    const auto to = EmailAddress::parse(form.to.trimmed().toStdString());
    if (!to) {
        return refuse(Field::to, problemText(to.error()));
    }
    auto job = std::make_shared<Job>(Job{state_.profile(),
                                         *to,
                                         Job::Sending{*from, sendingAccount(form, *server, std::move(wishes.password))},
                                         {},
                                         std::nullopt,
                                         wishes.keeps});
    return form.imapServer.trimmed().isEmpty() || addMailbox(*job, wishes) ? job : nullptr;
}

std::shared_ptr<MessageTestViewModel::Job> MessageTestViewModel::jobToLookAgain(Wishes wishes) {
    if (wishes.form.imapServer.trimmed().isEmpty()) {
        return refuse(Field::imapServer, tr("Type the IMAP server of the mailbox, to look into it."));
    }
    wishes.form.to = QString::fromStdString(late_->to.toString()); // Whatever was typed since.
    auto job = std::make_shared<Job>(
        Job{state_.profile(), late_->to, std::nullopt, late_->messageId, std::nullopt, wishes.keeps});
    return addMailbox(*job, wishes) ? job : nullptr;
}

bool MessageTestViewModel::addMailbox(Job& job, Wishes& wishes) {
    const auto imap = parseImapServer(wishes.form.imapServer.trimmed().toStdString());
    if (!imap) {
        refuse(Field::imapServer, problemText(imap.error()));
        return false;
    }
    if (wishes.imapPassword.empty() && !wishes.keeps) {
        refuse(Field::imapPassword, tr("Type the password of the mailbox."));
        return false;
    }
    job.mailbox.emplace(Mailbox{readingAccount(wishes.form, *imap, std::move(wishes.imapPassword))});
    return true;
}

void MessageTestViewModel::forgetProblem() {
    problem_.clear();
    keptNote_.clear();
    problemField_ = Field::none;
}

void MessageTestViewModel::start(Wishes wishes) {
    forgetProblem();
    const Form form = wishes.form;
    const auto job = state_.hasProfile() ? jobOf(std::move(wishes)) : nullptr;
    if (job && job->keeps) {
        job->outdated = accountsNoLongerIn(form);
        keepForm(form);
    }
    run(job);
}

void MessageTestViewModel::lookAgain(Wishes wishes) {
    forgetProblem();
    run(late_ && state_.hasProfile() ? jobToLookAgain(std::move(wishes)) : nullptr);
}

void MessageTestViewModel::run(const std::shared_ptr<Job>& job) {
    if (!job) {
        Q_EMIT changed();
        return;
    }
    show(job->mailbox ? MailTestStage::opening : MailTestStage::sending);
    const MailTestTools tools{state_.courier(), state_.resolver(), state_.clock()};
    task_.start([this, job, tools, &vault = state_.passwords()](const std::stop_token& stop, const auto& post) {
        forgetEach(job->outdated, vault, stop, post);
        if (!takePasswords(*job, vault, stop, post)) {
            return;
        }
        const auto tell = [&](MailTestStage stage) { post([this, stage] { show(stage); }); };
        auto& sending = job->sending;
        const auto outcome = std::make_shared<const MailTestOutcome>(
            sending ? runMailTest({job->profile, sending->from, job->to, sending->submission, job->mailbox}, tools,
                                  tell, stop)
                    : sealwright::lookAgain({job->profile, job->messageId, *job->mailbox}, tools, tell, stop));
        post([this, outcome, to = job->to] { take(*outcome, to); });
        if (job->keeps) {
            keepPasswords(*job, *outcome, vault, stop, post);
        }
    });
}

// In the other thread, as the next one.
bool MessageTestViewModel::takePasswords(Job& job, PasswordVault& vault, const std::stop_token& stop,
                                         const BackgroundTask::Post& post) {
    const auto take = [&](MailAccount& account, Field field) {
        if (!account.password.empty()) {
            return true;
        }
        const auto taken = takeKept(account, vault, stop);
        if (!taken) {
            post([this, field, host = account.server.host, reason = keychainReason(taken.error())] {
                refuseLater(field, tr("Type the password for %1. It was looked for in the keychain: %2.")
                                       .arg(QString::fromStdString(host.toUnicode()), reason));
            });
        }
        return taken.has_value();
    };
    return (!job.sending || take(job.sending->submission, Field::password)) &&
           (!job.mailbox || take(job.mailbox->account, Field::imapPassword));
}

void MessageTestViewModel::keepPasswords(const Job& job, const MailTestOutcome& outcome, PasswordVault& vault,
                                         const std::stop_token& stop, const BackgroundTask::Post& post) {
    const auto keep = [&](const MailAccount& account, Login login) {
        if (const auto kept = keepWhatWasAccepted(account, login, vault, stop); !kept) {
            post([this, host = account.server.host, reason = keychainReason(kept.error())] {
                keptNote_ = tr("The password for %1 is not in the keychain: %2.")
                                .arg(QString::fromStdString(host.toUnicode()), reason);
                Q_EMIT changed();
            });
        }
    };
    if (job.sending) {
        keep(job.sending->submission, loginToSend(outcome));
    }
    if (job.mailbox && (job.sending || job.mailbox->account.isKept)) { // Looking again keeps no form, so no password.
        keep(job.mailbox->account, loginToRead(outcome));
    }
}

void MessageTestViewModel::stop() {
    task_.cancel();
}

void MessageTestViewModel::show(MailTestStage stage) {
    stage_ = stageText(stage);
    Q_EMIT changed();
}

void MessageTestViewModel::take(const MailTestOutcome& outcome, const EmailAddress& to) {
    const auto now = QDateTime::fromSecsSinceEpoch(state_.clock().now().time_since_epoch().count()).toLocalTime();
    results_.push_front(
        {QLocale().toString(now.time(), u"HH:mm:ss"_s), mailTestSummary(outcome, to), mailTestLines(outcome)});
    results_.resize(std::min(results_.size(), mostResults));
    if (!outcome.messageId.empty()) {
        late_ = outcome.arrival ? std::nullopt : std::optional(Late{outcome.messageId, to});
    }
    if (outcome.arrival && !outcome.arrival->keys.empty()) {
        noteOnBoard(*outcome.arrival, to.domain());
    }
    Q_EMIT changed();
}

void MessageTestViewModel::noteOnBoard(const Arrival& arrival, const DomainName& receiver) {
    state_.change([&](Profile& profile) { noteVerified(profile, arrival.keys, receiver, state_.clock().now()); });
    if (const auto written = state_.save(); !written) {
        problem_ = problemText(written.error());
    }
}

} // namespace sealwright
