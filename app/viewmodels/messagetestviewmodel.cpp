#include "viewmodels/messagetestviewmodel.h"

#include "text/problemtext.h"

namespace sealwright {

namespace {

constexpr std::size_t mostResults = 10;

} // namespace

/// What one run holds, in its own thread.
struct MessageTestViewModel::Job {
    Profile profile;
    EmailAddress from;
    EmailAddress to;
    MailAccount submission;
    std::optional<Mailbox> mailbox;
};

MessageTestViewModel::MessageTestViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&task_, &BackgroundTask::runningChanged, this, [this] {
        stage_ = isRunning() ? stage_ : QString();
        Q_EMIT changed();
    });
    connect(&state_, &WizardState::domainChanged, this, [this] {
        task_.abandon();
        results_.clear();
        problem_.clear();
        problemField_ = Field::none;
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

std::shared_ptr<MessageTestViewModel::Job> MessageTestViewModel::jobOf(Wishes wishes) {
    const auto server = parseSubmissionServer(wishes.server.trimmed().toStdString());
    if (!server) {
        return refuse(Field::server, problemText(server.error()));
    }
    if (wishes.user.isEmpty()) {
        return refuse(Field::user, tr("Type your user name at the submission server."));
    }
    if (wishes.password.empty()) {
        return refuse(Field::password, tr("Type your password at the submission server."));
    }
    const QString sender = wishes.from.trimmed().isEmpty() ? defaultSender() : wishes.from.trimmed();
    const auto from = EmailAddress::parse(sender.toStdString());
    if (!from) {
        return refuse(Field::from, problemText(from.error()));
    }
    const auto to = EmailAddress::parse(wishes.to.trimmed().toStdString());
    if (!to) {
        return refuse(Field::to, problemText(to.error()));
    }
    auto job = std::make_shared<Job>(Job{
        state_.profile(), *from, *to, {*server, wishes.user.toStdString(), std::move(wishes.password)}, std::nullopt});
    if (wishes.imapServer.trimmed().isEmpty()) {
        return job;
    }
    const auto imap = parseImapServer(wishes.imapServer.trimmed().toStdString());
    if (!imap) {
        return refuse(Field::imapServer, problemText(imap.error()));
    }
    if (wishes.imapPassword.empty()) {
        return refuse(Field::imapPassword, tr("Type the password of the mailbox."));
    }
    const std::string user = wishes.imapUser.isEmpty() ? to->toString() : wishes.imapUser.toStdString();
    job->mailbox.emplace(Mailbox{{*imap, user, std::move(wishes.imapPassword)}});
    return job;
}

void MessageTestViewModel::start(Wishes wishes) {
    problem_.clear();
    problemField_ = Field::none;
    const auto job = state_.hasProfile() ? jobOf(std::move(wishes)) : nullptr;
    if (!job) {
        Q_EMIT changed();
        return;
    }
    show(MailTestStage::sending);
    const MailTestTools tools{state_.courier(), state_.resolver(), state_.clock()};
    task_.start([this, job, tools](const std::stop_token& stop, const auto& post) {
        const MailTest test{job->profile, job->from, job->to, job->submission, job->mailbox};
        const auto outcome = std::make_shared<const MailTestOutcome>(runMailTest(
            test, tools, [&](MailTestStage stage) { post([this, stage] { show(stage); }); }, stop));
        post([this, outcome, to = job->to] { take(*outcome, to); });
    });
}

void MessageTestViewModel::stop() {
    task_.cancel();
}

void MessageTestViewModel::show(MailTestStage stage) {
    stage_ = stageText(stage);
    Q_EMIT changed();
}

void MessageTestViewModel::take(const MailTestOutcome& outcome, const EmailAddress& to) {
    results_.push_front({mailTestSummary(outcome, to), mailTestLines(outcome)});
    results_.resize(std::min(results_.size(), mostResults));
    if (outcome.arrival && !outcome.arrival->keys.empty()) {
        keep(*outcome.arrival, to.domain());
    }
    Q_EMIT changed();
}

void MessageTestViewModel::keep(const Arrival& arrival, const DomainName& receiver) {
    state_.change([&](Profile& profile) { noteVerified(profile, arrival.keys, receiver, state_.clock().now()); });
    if (const auto written = state_.save(); !written) {
        problem_ = problemText(written.error());
    }
}

} // namespace sealwright
