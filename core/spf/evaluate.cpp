#include "spf/evaluate.h"

#include "spf/lookupcount.h"
#include "spf/lookups.h"
#include "spf/macro.h"
#include "spf/selectrecord.h"

#include <algorithm>

namespace sealwright::spf {
namespace {

constexpr std::size_t mostNames = 10;    // section 4.6.4: MX hosts of a term, and names that PTR records give
constexpr std::size_t longestName = 253; // section 7.3
constexpr int mostLevels = mostLookups;  // no include can be deeper

enum class Match { match, noMatch, temperror, permerror }; // section 4.6.2, and section 5 for errors

RecordType addressType(const IpAddress& client) {
    return client.isV4() ? RecordType::a : RecordType::aaaa;
}

bool isVoid(const Answer& answer) {
    return answer.status == AnswerStatus::noData || answer.status == AnswerStatus::nxDomain;
}

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

// Section 7.3: the dotted form of i; the suite of the RFC has the nibbles of IPv6 in capitals.
std::string dotted(const IpAddress& address) {
    if (address.isV4()) {
        return address.toString();
    }
    constexpr char digits[] = "0123456789ABCDEF";
    std::string nibbles;
    for (const char c : address.octets()) {
        const auto octet = static_cast<unsigned char>(c);
        nibbles += {digits[octet >> 4U], '.', digits[octet & 0xFU], '.'};
    }
    nibbles.pop_back();
    return nibbles;
}

// Section 7.3: a name that is too long loses labels at its left.
std::string_view truncated(std::string_view name) {
    name.remove_suffix(name.ends_with('.') ? 1 : 0);
    while (name.size() > longestName) {
        const auto dot = name.find('.');
        if (dot == std::string_view::npos) {
            break;
        }
        name.remove_prefix(dot + 1);
    }
    return name;
}

// Whether the client's address is in the network that an address and the prefix length of its kind make.
bool covers(const IpAddress& address, const Mechanism& mechanism, const IpAddress& client) {
    const unsigned length = address.isV4() ? mechanism.cidr4.value_or(32) : mechanism.cidr6.value_or(128);
    return IpNetwork{address, length}.contains(client);
}

const Modifier* modifierOf(const Record& record, std::string_view name) {
    for (const Term& term : record.terms) {
        if (const auto* modifier = std::get_if<Modifier>(&term); modifier != nullptr && modifier->name == name) {
            return modifier;
        }
    }
    return nullptr;
}

/// One run of check_host().
class Evaluator {
public:
    Evaluator(const Sender& sender, Resolver& resolver, const std::stop_token& stop)
        : client_(sender.client.unmapped()), lookups_(resolver, stop) {
        // Section 2.4: without a reverse-path, and section 4.3: without a local part, it is postmaster.
        const auto at = sender.mailFrom.rfind('@');
        const std::string localPart = at == std::string::npos ? "" : sender.mailFrom.substr(0, at);
        values_.localPart = localPart.empty() ? "postmaster" : localPart;
        values_.senderDomain = sender.mailFrom.empty() ? sender.helo : sender.mailFrom.substr(at + 1);
        values_.sender = values_.localPart + "@" + values_.senderDomain;
        values_.helo = sender.helo;
        values_.address = client_.toString();
        values_.dottedAddress = dotted(client_);
        values_.addressKind = client_.isV4() ? "in-addr" : "ip6";
        values_.receiver = sender.receiver;
        values_.secondsSinceEpoch = std::to_string(sender.time.time_since_epoch().count());
    }

    Evaluation run() {
        const auto domain = DomainName::parseDns(values_.senderDomain);
        if (!domain || domain->labels().size() < 2) {
            setFault({EvaluationProblem::notADomain, values_.senderDomain}); // section 4.3
            return std::move(evaluation_);
        }
        evaluation_.result = checkHost(*domain, 0, false);
        return std::move(evaluation_);
    }

private:
    struct Place { // Where a term stands.
        const DomainName& domain;
        int depth;
    };
    struct Lead { // A record that an evaluation may come to.
        DomainName domain;
        Record record;
    };

    Result checkHost(const DomainName& domain, int depth, bool included);
    Result redirected(const Modifier& redirect, Place place, bool included);
    Match evaluate(const Mechanism& mechanism, Place place);
    Match evaluateInclude(const Mechanism& mechanism, Place place);
    Match evaluateA(const Mechanism& mechanism, Place place);
    Match evaluateMx(const Mechanism& mechanism, Place place);
    Match evaluatePtr(const Mechanism& mechanism, Place place);
    Match evaluateExists(const Mechanism& mechanism, Place place);

    [[nodiscard]] std::optional<DomainName> target(std::string_view domainSpec, const DomainName& domain);
    [[nodiscard]] MacroValues valuesFor(std::string_view text, const DomainName& domain);
    [[nodiscard]] std::optional<std::string> explanation(const Record& record, const DomainName& domain);
    [[nodiscard]] std::vector<DomainName> validatedNames();
    [[nodiscard]] std::string validatedName(const DomainName& domain);

    void lookAhead(const DomainName& domain, const Record& record);
    [[nodiscard]] std::vector<Question> questionsOf(const Lead& lead, int& terms);
    [[nodiscard]] std::vector<Lead> leadsOf(const std::vector<Question>& questions, std::vector<Question>& hosts);

    // Section 4.6.4; false where it is one too many.
    bool countLookup(const std::string& term, Place place);
    bool countVoid(const std::string& term, Place place);
    Match fail(const Answer& answer, const std::string& term, Place place);
    void setFault(Fault fault) {
        if (!evaluation_.fault) {
            evaluation_.fault = std::move(fault);
        }
    }

    IpAddress client_;
    Lookups lookups_;
    MacroValues values_;
    Evaluation evaluation_;
};

// ---- the records

Result Evaluator::checkHost(const DomainName& domain, int depth, bool included) {
    const Answer& answer = lookups_.ask({domain, RecordType::txt});
    if (!answer.isConclusive()) {
        fail(answer, {}, {domain, depth});
        return Result::temperror;
    }
    const auto record = selectRecord(answer);
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

// ---- the mechanisms, section 5

Match Evaluator::evaluate(const Mechanism& mechanism, Place place) {
    const std::string term = toString(mechanism);
    const std::size_t step = evaluation_.trace.size();
    evaluation_.trace.push_back({place.depth, place.domain.toString(), term, StepOutcome::error});
    if (costsLookup(mechanism.kind) && !countLookup(term, place)) {
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
    const auto name = target(mechanism.domainSpec, place.domain);
    if (!name) {
        return Match::noMatch; // section 4.8: nothing can be asked for it
    }
    const Answer& answer = lookups_.ask({*name, addressType(client_)});
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
    const auto name = target(mechanism.domainSpec, place.domain);
    if (!name) {
        return Match::noMatch;
    }
    const std::string term = toString(mechanism);
    const Answer& answer = lookups_.ask({*name, RecordType::mx});
    if (!answer.isConclusive()) {
        return fail(answer, term, place);
    }
    const std::vector<MxHost> hosts = mxHosts(answer);
    if (hosts.size() > mostNames) {
        setFault({EvaluationProblem::tooManyMxHosts, place.domain.toString(), term});
        return Match::permerror;
    }
    std::vector<Question> questions;
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
            return fail(host, term, place);
        }
        foundNothing = foundNothing || isVoid(host);
        const auto found = addresses(host);
        if (std::ranges::any_of(found, [&](const IpAddress& one) { return covers(one, mechanism, client_); })) {
            return Match::match;
        }
    }
    return foundNothing && !countVoid(term, place) ? Match::permerror : Match::noMatch;
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
    const auto name = target(mechanism.domainSpec, place.domain);
    if (!name) {
        return Match::noMatch;
    }
    const Answer& answer = lookups_.ask({*name, RecordType::a});
    if (!answer.isConclusive()) {
        return fail(answer, toString(mechanism), place);
    }
    if (isVoid(answer) && !countVoid(toString(mechanism), place)) {
        return Match::permerror;
    }
    return answer.status == AnswerStatus::found ? Match::match : Match::noMatch;
}

// ---- names and macros, section 7

std::optional<DomainName> Evaluator::target(std::string_view domainSpec, const DomainName& domain) {
    if (domainSpec.empty()) {
        return domain;
    }
    const auto expanded = expand(domainSpec, valuesFor(domainSpec, domain), MacroUse::domainSpec);
    if (!expanded) {
        return std::nullopt;
    }
    auto name = DomainName::parseExpanded(truncated(*expanded));
    return name ? std::optional(std::move(*name)) : std::nullopt;
}

MacroValues Evaluator::valuesFor(std::string_view text, const DomainName& domain) {
    MacroValues values = values_;
    values.domain = domain.toString();
    if (hasMacro(text, 'p')) {
        values.validatedName = validatedName(domain);
    }
    return values;
}

// Section 6.2: whatever goes wrong, there is no explanation, and the result stays. These look-ups don't count.
std::optional<std::string> Evaluator::explanation(const Record& record, const DomainName& domain) {
    const Modifier* exp = modifierOf(record, "exp");
    const auto name = exp == nullptr ? std::nullopt : target(exp->value, domain);
    if (!name) {
        return std::nullopt;
    }
    const std::vector<std::string> found = texts(lookups_.ask({*name, RecordType::txt}));
    const auto isPrintable = [](char c) { return c >= ' ' && c <= '~'; };
    if (found.size() != 1) {
        return std::nullopt;
    }
    auto expanded = expand(found.front(), valuesFor(found.front(), domain), MacroUse::explanation);
    return expanded && std::ranges::all_of(*expanded, isPrintable) ? expanded : std::nullopt;
}

// Section 5.5: names of the client's address whose addresses lead back to it. Errors are names that don't.
std::vector<DomainName> Evaluator::validatedNames() {
    const Answer& answer = lookups_.ask({*DomainName::parseDns(client_.reverseName()), RecordType::ptr});
    std::vector<DomainName> candidates = names(answer);
    candidates.resize(std::min(candidates.size(), mostNames), DomainName::root());
    std::vector<Question> questions;
    for (const DomainName& candidate : candidates) {
        questions.push_back({candidate, addressType(client_)});
    }
    lookups_.prefetch(questions);
    std::erase_if(candidates, [this](const DomainName& candidate) {
        const auto found = addresses(lookups_.ask({candidate, addressType(client_)}));
        return std::ranges::find(found, client_) == found.end();
    });
    return candidates;
}

// Section 7.3, p: the domain itself, else a name below it, else any.
std::string Evaluator::validatedName(const DomainName& domain) {
    const std::vector<DomainName> found = validatedNames();
    const auto same = std::ranges::find(found, domain);
    const auto below = std::ranges::find_if(found, [&](const DomainName& one) { return one.isAtOrBelow(domain); });
    const auto best = same != found.end() ? same : below != found.end() ? below : found.begin();
    return best == found.end() ? "unknown" : best->toString();
}

// ---- asking early

// What the terms of a record ask, up to one that matches for sure: what stands behind it won't be needed.
std::vector<Question> Evaluator::questionsOf(const Lead& lead, int& terms) {
    std::vector<Question> questions;
    const auto add = [&](std::string_view domainSpec, RecordType type) {
        if (++terms > mostLookups || hasMacro(domainSpec, 'p')) {
            return;
        }
        if (auto name = target(domainSpec, lead.domain)) {
            questions.push_back({std::move(*name), type});
        }
    };
    for (const Term& term : lead.record.terms) {
        const auto* mechanism = std::get_if<Mechanism>(&term);
        if (mechanism == nullptr) {
            continue;
        }
        switch (mechanism->kind) {
        case MechanismKind::all:
            return questions;
        case MechanismKind::ip4:
        case MechanismKind::ip6:
            if (mechanism->network->contains(client_)) {
                return questions;
            }
            break;
        case MechanismKind::include:
            add(mechanism->domainSpec, RecordType::txt);
            break;
        case MechanismKind::a:
            add(mechanism->domainSpec, addressType(client_));
            break;
        case MechanismKind::mx:
            add(mechanism->domainSpec, RecordType::mx);
            break;
        case MechanismKind::exists:
            add(mechanism->domainSpec, RecordType::a);
            break;
        case MechanismKind::ptr:
            add(client_.reverseName(), RecordType::ptr);
            break;
        }
    }
    if (const Modifier* redirect = modifierOf(lead.record, "redirect")) {
        add(redirect->value, RecordType::txt);
    }
    return questions;
}

// What the answers to a level's questions lead to: records, and the addresses of MX hosts and PTR names.
std::vector<Evaluator::Lead> Evaluator::leadsOf(const std::vector<Question>& questions, std::vector<Question>& hosts) {
    std::vector<Lead> leads;
    for (const Question& question : questions) {
        const Answer& answer = lookups_.ask(question);
        if (question.type == RecordType::txt) {
            if (auto record = selectRecord(answer)) {
                leads.push_back({question.name, std::move(*record)});
            }
        } else if (question.type == RecordType::mx || question.type == RecordType::ptr) {
            std::vector<DomainName> found = names(answer);
            for (const MxHost& host : mxHosts(answer)) {
                found.push_back(host.exchange);
            }
            found.resize(std::min(found.size(), mostNames), DomainName::root());
            for (const DomainName& host : found) {
                hosts.push_back({host, addressType(client_)});
            }
        }
    }
    return leads;
}

void Evaluator::lookAhead(const DomainName& domain, const Record& record) {
    std::vector<Lead> level{{domain, record}};
    std::vector<Question> hosts;
    int terms = 0;
    for (int depth = 0; depth <= mostLevels && (!level.empty() || !hosts.empty()); ++depth) {
        std::vector<Question> questions;
        for (const Lead& lead : level) {
            std::ranges::move(questionsOf(lead, terms), std::back_inserter(questions));
        }
        std::vector<Question> together = questions;
        std::ranges::move(hosts, std::back_inserter(together));
        hosts.clear();
        lookups_.prefetch(std::move(together));
        level = leadsOf(questions, hosts);
    }
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

} // namespace

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
