#include "text/mailtesttext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sealwright {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::MailTest)
};

VerdictLine arrivalLine(const Arrival& arrival) {
    const QString area = Words::tr("Arrived");
    const QString folder = shown(arrival.folder);
    const QString place =
        arrival.took
            ? Words::tr("in the folder %1, after %2 s").arg(folder).arg(static_cast<qlonglong>(arrival.took->count()))
            : Words::tr("in the folder %1").arg(folder);
    if (arrival.isJunk) {
        return {Severity::error, area,
                Words::tr("%1: the receiver takes it for spam. The lines below tell whether SPF, DKIM and DMARC are "
                          "why. If all of them pass, look at block lists and the server's name, and at what your "
                          "server has sent before.")
                    .arg(place)};
    }
    return {Severity::ok, area, place + u'.'};
}

VerdictLine keysLine(const Arrival& arrival) {
    const QString area = Words::tr("Keys");
    QStringList selectors;
    for (const SigningKey& key : arrival.keys) {
        selectors << QString::fromStdString(key.selector.toString());
    }
    return selectors.isEmpty()
               ? VerdictLine{Severity::warning, area, Words::tr("No key that is kept here verifies this message.")}
               : VerdictLine{Severity::ok, area,
                             Words::tr("Verified with your key %1.").arg(selectors.join(QStringLiteral(", ")))};
}

Severity severityOf(const CourierProblem& problem) {
    switch (problem.code) {
    case CourierError::senderRefused:
    case CourierError::recipientRefused:
    case CourierError::messageRefused:
        return Severity::error;
    case CourierError::offline:
    case CourierError::unknownHost:
    case CourierError::dnsFailure:
    case CourierError::unreachable:
    case CourierError::noTls:
    case CourierError::tlsFailed:
    case CourierError::badCertificate:
    case CourierError::noLogin:
    case CourierError::loginRefused:
    case CourierError::tryLater:
    case CourierError::perhapsSent:
    case CourierError::folderMissing:
    case CourierError::serverRefused:
    case CourierError::closed:
    case CourierError::garbled:
    case CourierError::timedOut:
    case CourierError::notArrived:
    case CourierError::tooLong:
    case CourierError::cancelled:
        break;
    }
    return Severity::unknown;
}

/// A sentence without its end, with what the server or the system said, where it said anything.
QString withReason(const QString& sentence, const QString& reason) {
    return reason.isEmpty() ? sentence + u'.' : QStringLiteral("%1: %2.").arg(sentence, reason);
}

QString problemSummary(const MailTestOutcome& outcome, const QString& receiver) {
    const QString words = problemText(*outcome.problem);
    const CourierError code = outcome.problem->code;
    if (!outcome.isAtMailbox || code == CourierError::notArrived || code == CourierError::cancelled) {
        return QStringLiteral("%1: %2").arg(receiver, words);
    }
    return outcome.messageId.empty()
               ? Words::tr("%1: nothing was sent, for the mailbox can't be looked into. %2").arg(receiver, words)
               : Words::tr("%1: the message was sent, but the mailbox can't be looked into. %2").arg(receiver, words);
}

} // namespace

QString problemText(const Problem<MailServerError>& problem) {
    switch (problem.code) {
    case MailServerError::badHost:
        return Words::tr("%1 is no server's name. It looks like mail.example.org or mail.example.org:587; with "
                         "smtps:// or imaps:// before it, encryption begins at once.")
            .arg(shown(problem.what));
    case MailServerError::badPort:
        return Words::tr("%1 is no port. It is a number from 1 to 65535.").arg(shown(problem.what));
    }
    return {};
}

QString problemText(const CourierProblem& problem) {
    const QString what = shown(problem.what);
    switch (problem.code) {
    case CourierError::offline:
        return Words::tr("Off line no mail is sent.");
    case CourierError::unknownHost:
        return Words::tr("%1 has no address in the DNS. Look at how it is spelled.").arg(what);
    case CourierError::dnsFailure:
        return Words::tr("The DNS did not tell the address of %1. Try again.").arg(what);
    case CourierError::unreachable:
        return Words::tr("The server can't be reached: %1. Look at its name and port; some networks close them.")
            .arg(what);
    case CourierError::noTls:
        return Words::tr("The server offers no encryption (STARTTLS) on this port, so no password was sent. Try port "
                         "465 for sending, or 993 for reading.");
    case CourierError::tlsFailed:
        return Words::tr("No encrypted connection could be made: %1").arg(what);
    case CourierError::badCertificate:
        return Words::tr("The server's certificate is not one to be trusted for this name, so no password was sent: "
                         "%1. Use the name that is in the certificate, or renew it.")
            .arg(what);
    case CourierError::noLogin:
        return withReason(Words::tr("The server takes passwords in no way that Sealwright knows (PLAIN, LOGIN)"),
                          what) +
               u' ' + Words::tr("No password was judged.");
    case CourierError::loginRefused:
        return Words::tr("The server refused the user name or the password: %1. Some services want a password made "
                         "for one program (“app password”).")
            .arg(what);
    case CourierError::tryLater:
        return Words::tr("The server can't do this at the moment: %1. That says nothing of the password or the "
                         "message. Try again in a few minutes.")
            .arg(what);
    case CourierError::senderRefused:
        return Words::tr("The submission server refused the sender: %1. Choose an address that this user may send "
                         "as.")
            .arg(what);
    case CourierError::recipientRefused:
        return Words::tr("The submission server refused the recipient: %1").arg(what);
    case CourierError::messageRefused:
        return Words::tr("The submission server refused the message: %1").arg(what);
    case CourierError::perhapsSent:
        return withReason(Words::tr("The submission server was given the whole message, and did not say whether it "
                                    "takes it"),
                          what) +
               u' ' + Words::tr("It may have been sent: look into the mailbox before you send again.");
    case CourierError::folderMissing:
        return Words::tr("The mailbox has no such folder: %1").arg(what);
    case CourierError::serverRefused:
        return Words::tr("The server does not serve us: %1").arg(what);
    case CourierError::closed:
        return withReason(Words::tr("The server closed the connection in the middle"), what) + u' ' +
               Words::tr("Try again.");
    case CourierError::garbled:
        return Words::tr("The server said what is not in the protocol: %1. Is it the right port?").arg(what);
    case CourierError::timedOut:
        return Words::tr("The server did not answer in time. Try again.");
    case CourierError::notArrived:
        return Words::tr("The message did not arrive in time. Some receivers hold back the first message of a sender "
                         "for minutes (greylisting). Look again in a quarter of an hour; if it is not there then, look "
                         "into your server's queue and log.");
    case CourierError::tooLong:
        return Words::tr("The mailbox's server sent more than any answer to this has.");
    case CourierError::cancelled:
        return Words::tr("Stopped.");
    }
    return {};
}

QString keychainReason(const Problem<VaultError>& problem) {
    switch (problem.code) {
    case VaultError::absent:
        return Words::tr("it is not there");
    case VaultError::locked:
        return Words::tr("the keychain is locked");
    case VaultError::timedOut:
        return Words::tr("the keychain did not answer in time");
    case VaultError::cancelled:
        return Words::tr("stopped");
    case VaultError::damaged:
        return Words::tr("the keychain does not give back what was put into it");
    case VaultError::unavailable:
    case VaultError::wrongPassphrase:
    case VaultError::occupied:
        break;
    }
    return problem.what.empty() ? Words::tr("this computer has no keychain that is running") : shown(problem.what);
}

QString stageText(MailTestStage stage) {
    switch (stage) {
    case MailTestStage::opening:
        return Words::tr("Opening the mailbox …");
    case MailTestStage::sending:
        return Words::tr("Sending the message …");
    case MailTestStage::waiting:
        return Words::tr("Waiting for the message to arrive …");
    case MailTestStage::judging:
        return Words::tr("It has arrived. Asking the DNS for its keys and records …");
    }
    return {};
}

VerdictLine mailTestSummary(const MailTestOutcome& outcome, const EmailAddress& to) {
    const QString receiver = QString::fromStdString(to.toString());
    if (outcome.arrival) {
        VerdictLine summary = verdictSummary(outcome.arrival->verdict);
        if (outcome.arrival->isJunk) {
            return {Severity::error, {}, Words::tr("%1: it landed in spam. %2").arg(receiver, summary.text)};
        }
        return {summary.severity, {}, QStringLiteral("%1: %2").arg(receiver, summary.text)};
    }
    if (outcome.problem) {
        return {severityOf(*outcome.problem), {}, problemSummary(outcome, receiver)};
    }
    return {Severity::info,
            {},
            Words::tr("%1: the message was sent. Open it there, save its whole source as a file, and have it judged.")
                .arg(receiver)};
}

std::vector<VerdictLine> mailTestLines(const MailTestOutcome& outcome) {
    if (!outcome.arrival) {
        return {};
    }
    std::vector<VerdictLine> lines{arrivalLine(*outcome.arrival), keysLine(*outcome.arrival)};
    const auto verdict = verdictLines(outcome.arrival->verdict);
    lines.insert(lines.end(), verdict.begin(), verdict.end());
    return lines;
}

} // namespace sealwright
