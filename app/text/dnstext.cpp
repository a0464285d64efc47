#include "text/dnstext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Dns)
};

} // namespace

QString unansweredReason(const Answer& answer) {
    const QString name = shown(answer.question.name.toString());
    switch (answer.status) {
    case AnswerStatus::bogus:
        return Sentence::tr("DNSSEC says that the answer for %1 is forged, or its zone is broken: %2")
            .arg(name, shown(answer.why));
    case AnswerStatus::timedOut:
        return Sentence::tr("The DNS did not answer for %1 in time.").arg(name);
    case AnswerStatus::cancelled:
        return Sentence::tr("Stopped before the DNS had answered for %1.").arg(name);
    case AnswerStatus::notAsked:
        return Sentence::tr("%1 is in none of the zone files, and off line nobody else is asked.").arg(name);
    case AnswerStatus::serverFailure:
        return Sentence::tr("The DNS servers of %1 could not answer (%2).").arg(name, shown(answer.why));
    case AnswerStatus::found:
    case AnswerStatus::noData:
    case AnswerStatus::nxDomain:
        break;
    }
    return {};
}

QString unansweredText(const Answer& answer) {
    const bool mayPass = answer.status == AnswerStatus::timedOut || answer.status == AnswerStatus::serverFailure;
    const QString reason = unansweredReason(answer);
    return mayPass ? reason + u' ' + Sentence::tr("Try again.") : reason;
}

} // namespace sealwright
