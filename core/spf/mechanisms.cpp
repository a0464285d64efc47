#include "spf/evaluator.h"

#include <algorithm>

namespace sealwright::spf {
namespace {

bool isVoid(const Answer& answer) {
    return answer.status == AnswerStatus::noData || answer.status == AnswerStatus::nxDomain;
}

// Whether the client's address is in the network that an address and the prefix length of its kind make.
bool covers(const IpAddress& address, const Mechanism& mechanism, const IpAddress& client) {
    const unsigned length = address.isV4() ? mechanism.cidr4.value_or(32) : mechanism.cidr6.value_or(128);
    return IpNetwork{address, length}.contains(client);
}

} // namespace

// The mechanisms of RFC 7208 section 5.

Match Evaluator::evaluate(const Mechanism& mechanism, Place place) {
    const std::size_t step = evaluation_.trace.size();
    evaluation_.trace.push_back({place.depth, place.domain.toString(), toString(mechanism), StepOutcome::error});
    if (costsLookup(mechanism.kind) && !countLookup(evaluation_.trace[step].term, place)) {
        return Match::permerror;
    }
    const Match match = [&] {
        switch (mechanism.kind) {
        case MechanismKind::all:
            return Match::match;
        case MechanismKind::ip4:
        case MechanismKind::ip6:
            return mechanism.network->contains(client_) ? Match::match : Match::noMatch;
        case MechanismKind::include:
            return evaluateInclude(mechanism, place);
        case MechanismKind::a:
            return evaluateA(mechanism, place);
        case MechanismKind::mx:
            return evaluateMx(mechanism, place);
        case MechanismKind::ptr:
            return evaluatePtr(mechanism, place);
        case MechanismKind::exists:
            return evaluateExists(mechanism, place);
        }
        return Match::noMatch;
    }();
    if (match == Match::match || match == Match::noMatch) {
        evaluation_.trace[step].outcome = match == Match::match ? StepOutcome::match : StepOutcome::noMatch;
    }
    return match;
}

// Section 5.2
Match Evaluator::evaluateInclude(const Mechanism& mechanism, Place place) {
    const auto name = target(mechanism.domainSpec, place.domain);
    switch (name ? checkHost(*name, place.depth + 1, true) : Result::none) {
    case Result::pass:
        return Match::match;
    case Result::fail:
    case Result::softfail:
    case Result::neutral:
        return Match::noMatch;
    case Result::temperror:
        return Match::temperror;
    case Result::permerror:
        return Match::permerror;
    case Result::none:
        break;
    }
    evaluation_.fault = Fault(EvaluationProblem::includeHasNoRecord, place.domain.toString(), toString(mechanism));
    return Match::permerror;
}

// Section 5.3
Match Evaluator::evaluateA(const Mechanism& mechanism, Place place) {
    auto name = target(mechanism.domainSpec, place.domain);
    if (!name) {
        return Match::noMatch; // section 4.8: nothing can be asked for it
    }
    const Answer& answer = lookups_.ask({std::move(*name), addressType(client_)});
    if (!answer.isConclusive()) {
        return fail(answer, toString(mechanism), place);
    }
    if (isVoid(answer) && !countVoid(toString(mechanism), place)) {
        return Match::permerror;
    }
    const auto found = addresses(answer);
    return std::ranges::any_of(found, [&](const IpAddress& one) { return covers(one, mechanism, client_); })
               ? Match::match
               : Match::noMatch;
}

// Section 5.4
Match Evaluator::evaluateMx(const Mechanism& mechanism, Place place) {
    auto name = target(mechanism.domainSpec, place.domain);
    if (!name) {
        return Match::noMatch;
    }
    const Answer& answer = lookups_.ask({std::move(*name), RecordType::mx});
    if (!answer.isConclusive()) {
        return fail(answer, toString(mechanism), place);
    }
    const std::vector<MxHost> hosts = mxHosts(answer);
    if (hosts.size() > mostNames) {
        setFault({EvaluationProblem::tooManyMxHosts, place.domain.toString(), toString(mechanism)});
        return Match::permerror;
    }
    std::vector<Question> questions;
    questions.reserve(hosts.size());
    for (const MxHost& host : hosts) {
        if (!host.exchange.isRoot()) { // RFC 7505: the null MX names no host
            questions.push_back({host.exchange, addressType(client_)});
        }
    }
    lookups_.prefetch(questions);
    bool foundNothing = isVoid(answer);
    for (const Question& question : questions) {
        const Answer& host = lookups_.ask(question);
        if (!host.isConclusive()) {
            return fail(host, toString(mechanism), place);
        }
        foundNothing = foundNothing || isVoid(host);
        const auto found = addresses(host);
        if (std::ranges::any_of(found, [&](const IpAddress& one) { return covers(one, mechanism, client_); })) {
            return Match::match;
        }
    }
    return foundNothing && !countVoid(toString(mechanism), place) ? Match::permerror : Match::noMatch;
}

// Section 5.5
Match Evaluator::evaluatePtr(const Mechanism& mechanism, Place place) {
    const auto name = target(mechanism.domainSpec, place.domain);
    const Answer& answer = lookups_.ask({*DomainName::parseDns(client_.reverseName()), RecordType::ptr});
    if (isVoid(answer) && !countVoid(toString(mechanism), place)) {
        return Match::permerror;
    }
    const auto found = validatedNames();
    return name && std::ranges::any_of(found, [&](const DomainName& one) { return one.isAtOrBelow(*name); })
               ? Match::match
               : Match::noMatch;
}

// Section 5.7: always A, whatever the client's address is.
Match Evaluator::evaluateExists(const Mechanism& mechanism, Place place) {
    auto name = target(mechanism.domainSpec, place.domain);
    if (!name) {
        return Match::noMatch;
    }
    const Answer& answer = lookups_.ask({std::move(*name), RecordType::a});
    if (!answer.isConclusive()) {
        return fail(answer, toString(mechanism), place);
    }
    if (isVoid(answer) && !countVoid(toString(mechanism), place)) {
        return Match::permerror;
    }
    return answer.status == AnswerStatus::found ? Match::match : Match::noMatch;
}

} // namespace sealwright::spf
