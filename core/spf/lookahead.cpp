#include "spf/evaluator.h"

#include <algorithm>

namespace sealwright::spf {

// Asking early for what an evaluation may come to need.

// What the terms of a record ask, up to one that matches for sure: what stands behind it won't be needed.
void Evaluator::addQuestions(const DomainName& domain, const Record& record, Ahead& ahead) {
    const auto add = [&](std::string_view domainSpec, RecordType type) {
        if (++ahead.terms > mostLookups || hasMacro(domainSpec, 'p')) {
            return;
        }
        if (auto name = target(domainSpec, domain)) {
            ahead.questions.push_back({std::move(*name), type});
        }
    };
    for (const Term& term : record.terms) {
        const auto* mechanism = std::get_if<Mechanism>(&term);
        if (mechanism == nullptr) {
            continue;
        }
        switch (mechanism->kind) {
        case MechanismKind::all:
            return;
        case MechanismKind::ip4:
        case MechanismKind::ip6:
            if (mechanism->network->contains(client_)) {
                return;
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
    if (const Modifier* redirect = modifierOf(record, "redirect")) {
        add(redirect->value, RecordType::txt);
    }
}

// What an answer leads to: another record's questions, and the addresses of MX hosts and PTR names.
void Evaluator::follow(const Answer& answer, Ahead& ahead) {
    if (answer.question.type == RecordType::txt) {
        if (const auto& record = lookups_.record(answer)) {
            addQuestions(answer.question.name, *record, ahead);
        }
        return;
    }
    std::vector<DomainName> hosts = names(answer);
    for (MxHost& host : mxHosts(answer)) {
        hosts.push_back(std::move(host.exchange));
    }
    for (std::size_t i = 0; i < std::min(hosts.size(), mostNames); ++i) {
        ahead.questions.push_back({std::move(hosts[i]), addressType(client_)});
    }
}

// Level by level; what was asked before has been followed before.
void Evaluator::lookAhead(const DomainName& domain, const Record& record) {
    Ahead ahead;
    addQuestions(domain, record, ahead);
    while (!ahead.questions.empty()) {
        for (const Answer* answer : lookups_.prefetch(std::exchange(ahead.questions, {}))) {
            follow(*answer, ahead);
        }
    }
}

} // namespace sealwright::spf
