#include "spf/evaluator.h"

#include "spf/selectrecord.h"

#include <algorithm>

namespace sealwright::spf {
namespace {

constexpr int mostLevels = mostLookups; // no include can be deeper

} // namespace

// Asking early for what an evaluation may come to need.

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

} // namespace sealwright::spf
