#include "text/spftext.h"

#include "text/dnstext.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QStringList>

namespace sealwright {
namespace {

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Spf)
};

} // namespace

QString resultText(spf::Result result) {
    switch (result) {
    case spf::Result::pass:
        return Sentence::tr("The domain lets this address send.");
    case spf::Result::fail:
        return Sentence::tr("The domain says that this address may not send for it. Many receivers refuse such mail.");
    case spf::Result::softfail:
        return Sentence::tr("The domain says that this address probably may not send for it.");
    case spf::Result::neutral:
        return Sentence::tr("The domain says neither yes nor no to this address.");
    case spf::Result::none:
        return Sentence::tr("There is no SPF record to judge by.");
    case spf::Result::temperror:
        return Sentence::tr("It could not be found out now. Receivers try again later.");
    case spf::Result::permerror:
        return Sentence::tr("The SPF record can't be used until it is mended.");
    }
    return {};
}

QString faultText(const spf::Fault& fault) {
    const QString domain = shown(fault.domain);
    const QString term = shown(fault.term);
    switch (fault.code) {
    case spf::EvaluationProblem::notADomain:
        return Sentence::tr("“%1” is no domain name that mail can come from.").arg(domain);
    case spf::EvaluationProblem::noRecord:
        return Sentence::tr("%1 has no SPF record.").arg(domain);
    case spf::EvaluationProblem::severalRecords:
        return Sentence::tr("%1 has more than one SPF record, so receivers use none. Merge them into one.").arg(domain);
    case spf::EvaluationProblem::syntax:
        return Sentence::tr("The SPF record of %1 is broken. %2")
            .arg(domain, fault.syntax ? problemText(*fault.syntax) : QString());
    case spf::EvaluationProblem::includeHasNoRecord:
    case spf::EvaluationProblem::redirectHasNoRecord:
        return Sentence::tr(
                   "“%1” in the SPF record of %2 leads to a name that has no SPF record. Correct or remove it.")
            .arg(term, domain);
    case spf::EvaluationProblem::tooManyLookups:
        return Sentence::tr(
                   "The record needs more than 10 DNS look-ups; “%1” of %2 is the one too many. Remove senders "
                   "that are not needed, or name addresses instead of hosts.")
            .arg(term, domain);
    case spf::EvaluationProblem::tooManyVoidLookups:
        return Sentence::tr(
                   "More than two terms of the record name what does not exist; “%1” of %2 is the one too many. "
                   "Remove them.")
            .arg(term, domain);
    case spf::EvaluationProblem::tooManyMxHosts:
        return Sentence::tr("“%1” of %2 leads to more than 10 mail servers, which is the limit.").arg(term, domain);
    case spf::EvaluationProblem::dnsFailure:
        return fault.answer ? unansweredText(*fault.answer) : QString();
    }
    return {};
}

QString matchText(const spf::Evaluation& evaluation) {
    QStringList way;
    int depth = 0;
    for (const spf::Step& step : evaluation.trace) { // A match stands one deeper than the one that it belongs to.
        if (step.outcome == spf::StepOutcome::match && step.depth == depth) {
            way << shown(step.term);
            ++depth;
        }
    }
    return way.isEmpty() ? QString() : Sentence::tr("%1 matched").arg(way.join(QStringLiteral(" → ")));
}

QString outcomeTitle(spf::StepOutcome outcome) {
    switch (outcome) {
    case spf::StepOutcome::match:
        return Sentence::tr("match");
    case spf::StepOutcome::noMatch:
        return Sentence::tr("no match");
    case spf::StepOutcome::error:
        return Sentence::tr("error");
    }
    return {};
}

} // namespace sealwright
