#include "spf/evaluate.h"

#include "spf/evaluator.h"

namespace sealwright::spf {
namespace {

constexpr std::size_t usualSteps = 12;

Result resultOf(Qualifier qualifier) {
    switch (qualifier) {
    case Qualifier::pass:
        return Result::pass;
    case Qualifier::fail:
        return Result::fail;
    case Qualifier::softfail:
        return Result::softfail;
    case Qualifier::neutral:
        return Result::neutral;
    }
    return Result::neutral;
}

} // namespace

RecordType addressType(const IpAddress& client) {
    return client.isV4() ? RecordType::a : RecordType::aaaa;
}

const Modifier* modifierOf(const Record& record, std::string_view name) {
    for (const Term& term : record.terms) {
        if (const auto* modifier = std::get_if<Modifier>(&term); modifier != nullptr && modifier->name == name) {
            return modifier;
        }
    }
    return nullptr;
}

std::string_view senderDomain(const Sender& sender) {
    const std::string_view from = sender.mailFrom.empty() ? sender.helo : sender.mailFrom;
    return sender.mailFrom.empty() ? from : from.substr(from.rfind('@') + 1);
}

Evaluator::Evaluator(const Sender& sender, Resolver& resolver, const std::stop_token& stop)
    : sender_(sender), client_(sender.client.unmapped()), lookups_(resolver, stop) {
    evaluation_.trace.reserve(usualSteps);
}

Evaluation Evaluator::run() {
    const auto domain = DomainName::parseDns(senderDomain(sender_));
    if (!domain || domain->toString().find('.') == std::string::npos || domain->isRoot()) {
        setFault({EvaluationProblem::notADomain, std::string(senderDomain(sender_))}); // section 4.3
        return std::move(evaluation_);
    }
    evaluation_.result = checkHost(*domain, 0, false);
    return std::move(evaluation_);
}

Result Evaluator::checkHost(const DomainName& domain, int depth, bool included) {
    const Answer& answer = lookups_.ask({domain, RecordType::txt});
    if (!answer.isConclusive()) {
        fail(answer, {}, {domain, depth});
        return Result::temperror;
    }
    const auto& record = lookups_.record(answer);
    if (!record) {
        switch (record.error().code) {
        case SelectionError::none:
            setFault({EvaluationProblem::noRecord, domain.toString()});
            return Result::none;
        case SelectionError::several:
            setFault({EvaluationProblem::severalRecords, domain.toString()});
            return Result::permerror;
        case SelectionError::broken:
            break;
        }
        Fault fault(EvaluationProblem::syntax, domain.toString(), record.error().syntax->what);
        fault.syntax = record.error().syntax;
        setFault(std::move(fault));
        return Result::permerror;
    }
    if (depth == 0) {
        lookAhead(domain, *record);
    }
    for (const Term& term : record->terms) {
        const auto* mechanism = std::get_if<Mechanism>(&term);
        if (mechanism == nullptr) {
            continue;
        }
        switch (evaluate(*mechanism, {domain, depth})) {
        case Match::match:
            if (mechanism->qualifier == Qualifier::fail && !included) {
                evaluation_.explanation = explanation(*record, domain);
            }
            return resultOf(mechanism->qualifier);
        case Match::noMatch:
            break;
        case Match::temperror:
            return Result::temperror;
        case Match::permerror:
            return Result::permerror;
        }
    }
    const Modifier* redirect = modifierOf(*record, "redirect");
    return redirect == nullptr ? Result::neutral : redirected(*redirect, {domain, depth}, included); // section 4.7
}

// Section 6.1
Result Evaluator::redirected(const Modifier& redirect, Place place, bool included) {
    const std::string term = toString(redirect);
    if (!countLookup(term, place)) {
        return Result::permerror;
    }
    evaluation_.trace.push_back({place.depth, place.domain.toString(), term, StepOutcome::match});
    const auto name = target(redirect.value, place.domain);
    const Result result = name ? checkHost(*name, place.depth + 1, included) : Result::none;
    if (result == Result::none) {
        evaluation_.fault = Fault(EvaluationProblem::redirectHasNoRecord, place.domain.toString(), term);
        return Result::permerror;
    }
    return result;
}

// ---- limits and faults

bool Evaluator::countLookup(const std::string& term, Place place) {
    if (++evaluation_.lookups <= mostLookups) {
        return true;
    }
    setFault({EvaluationProblem::tooManyLookups, place.domain.toString(), term});
    return false;
}

bool Evaluator::countVoid(const std::string& term, Place place) {
    if (++evaluation_.voidLookups <= mostVoidLookups) {
        return true;
    }
    setFault({EvaluationProblem::tooManyVoidLookups, place.domain.toString(), term});
    return false;
}

Match Evaluator::fail(const Answer& answer, const std::string& term, Place place) {
    Fault fault(EvaluationProblem::dnsFailure, place.domain.toString(), term);
    fault.answer = answer;
    setFault(std::move(fault));
    return Match::temperror;
}

Evaluation evaluate(const Sender& sender, Resolver& resolver, const std::stop_token& stop) {
    return Evaluator(sender, resolver, stop).run();
}

std::string_view toString(Result result) {
    switch (result) {
    case Result::none:
        return "none";
    case Result::neutral:
        return "neutral";
    case Result::pass:
        return "pass";
    case Result::fail:
        return "fail";
    case Result::softfail:
        return "softfail";
    case Result::temperror:
        return "temperror";
    case Result::permerror:
        return "permerror";
    }
    return {};
}

std::string_view toString(EvaluationProblem code) {
    switch (code) {
    case EvaluationProblem::notADomain:
        return "notADomain";
    case EvaluationProblem::noRecord:
        return "noRecord";
    case EvaluationProblem::severalRecords:
        return "severalRecords";
    case EvaluationProblem::syntax:
        return "syntax";
    case EvaluationProblem::includeHasNoRecord:
        return "includeHasNoRecord";
    case EvaluationProblem::redirectHasNoRecord:
        return "redirectHasNoRecord";
    case EvaluationProblem::tooManyLookups:
        return "tooManyLookups";
    case EvaluationProblem::tooManyVoidLookups:
        return "tooManyVoidLookups";
    case EvaluationProblem::tooManyMxHosts:
        return "tooManyMxHosts";
    case EvaluationProblem::dnsFailure:
        return "dnsFailure";
    }
    return {};
}

std::string_view toString(StepOutcome outcome) {
    switch (outcome) {
    case StepOutcome::match:
        return "match";
    case StepOutcome::noMatch:
        return "noMatch";
    case StepOutcome::error:
        return "error";
    }
    return {};
}

} // namespace sealwright::spf
