#include "checks/spfcheck.h"

#include "checks/slip.h"
#include "spf/evaluate.h"
#include "spf/lookupcount.h"

#include <algorithm>

namespace sealwright {
namespace {

using spf::MechanismKind;
using spf::Qualifier;

// Whether strangers' mail is told from the domain's at all.
void tellOfStrangers(const CheckInput& input, const spf::Record& record, const Answer& answer,
                     const FindingSink& sink) {
    for (const spf::Term& term : record.terms) {
        const auto* mechanism = std::get_if<spf::Mechanism>(&term);
        const bool isAll = mechanism != nullptr && mechanism->kind == MechanismKind::all;
        const bool pass = spf::passesEverybody(term);
        if (pass || (isAll && mechanism->qualifier == Qualifier::neutral)) {
            sink({pass ? FindingCode::spfPassAll : FindingCode::spfNeutralAll,
                  Area::spf,
                  answer.question.name,
                  {spf::toString(term)},
                  plannedRecords(input, Purpose::spf),
                  seenTexts(answer, spf::isSpf)});
        }
        if (pass || isAll) {
            return; // Section 5.1: what stands behind all is never looked at.
        }
    }
}

int tellOfLookups(const CheckInput& input, const spf::Record& record, const Answer& answer, const FindingSink& sink,
                  const std::stop_token& stop) {
    const spf::LookupCount count = spf::countLookups(input.profile.domain, record, input.resolver, stop);
    const std::vector<ResourceRecord> seen = seenTexts(answer, spf::isSpf);
    if (count.terms > spf::mostLookups) {
        sink(
            {FindingCode::spfTooManyLookups, Area::spf, answer.question.name, {std::to_string(count.terms)}, {}, seen});
    }
    for (const DomainName& name : count.unusable) {
        sink({FindingCode::spfIncludeUnusable, Area::spf, answer.question.name, {name.toString()}, {}, seen});
    }
    for (const Answer& unanswered : count.unanswered) {
        isTold(Area::spf, unanswered, sink);
    }
    return count.terms;
}

// The mail server's addresses, and the first of each network that the profile names.
std::vector<IpAddress> sendersOf(const CheckInput& input, const std::stop_token& stop) {
    std::vector<IpAddress> senders;
    for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
        if (input.profile.mailHost) {
            std::ranges::move(addresses(answerTo(input, {*input.profile.mailHost, type}, stop)),
                              std::back_inserter(senders));
        }
    }
    std::ranges::transform(input.profile.addresses, std::back_inserter(senders), &IpNetwork::address);
    std::ranges::sort(senders);
    const auto twice = std::ranges::unique(senders);
    senders.erase(twice.begin(), twice.end());
    return senders;
}

// As a receiver does it: may each of them send mail from the domain?
void tellOfSenders(const CheckInput& input, const Answer& answer, const FindingSink& sink,
                   const std::stop_token& stop) {
    const DomainName& domain = input.profile.domain;
    const std::string helo = input.profile.mailHost.value_or(domain).toString();
    std::vector<std::string> passing;
    for (const IpAddress& sender : sendersOf(input, stop)) {
        const spf::Sender who{sender, "postmaster@" + domain.toString(), helo};
        const spf::Result result = spf::evaluate(who, input.resolver, stop).result;
        if (result == spf::Result::pass) {
            passing.push_back(sender.toString());
        } else if (result != spf::Result::temperror) { // What the DNS did not tell has a finding of its own.
            sink({FindingCode::spfSenderFails,
                  Area::spf,
                  domain,
                  {sender.toString(), std::string(toString(result))},
                  plannedRecords(input, Purpose::spf),
                  seenTexts(answer, spf::isSpf)});
        }
    }
    if (!passing.empty()) {
        sink({FindingCode::spfSendersPass, Area::spf, domain, passing, {}, {}});
    }
}

// What is wrong with the records at one name before their meaning matters: none, several, broken.
std::optional<spf::Record> onlyValid(const Answer& answer, FindingCode whenMissing,
                                     const std::vector<ResourceRecord>& expected, const FindingSink& sink) {
    const DomainName& name = answer.question.name;
    const std::vector<ResourceRecord> seen = seenTexts(answer, spf::isSpf);
    if (seen.empty()) {
        sink({whenMissing, Area::spf, name, {}, expected, {}});
        return std::nullopt;
    }
    if (seen.size() > 1) {
        sink({FindingCode::spfSeveral, Area::spf, name, {std::to_string(seen.size())}, expected, seen});
        return std::nullopt;
    }
    auto record = spf::Record::parse(seen.front().value);
    if (!record) {
        sink({FindingCode::spfBroken,
              Area::spf,
              name,
              {record.error().what, std::to_string(record.error().where)},
              expected,
              seen});
        return std::nullopt;
    }
    return std::move(*record);
}

void checkDomain(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const Answer answer = answerTo(input, {input.profile.domain, RecordType::txt}, stop);
    if (!isTold(Area::spf, answer, sink)) {
        return;
    }
    const std::vector<ResourceRecord> expected = plannedRecords(input, Purpose::spf);
    const ComparedRecord* planned = findPlanned(input, Purpose::spf);
    const auto record = onlyValid(answer, FindingCode::spfMissing, expected, sink);
    if (!record) {
        if (planned != nullptr) {
            tellOfSlip(input, Area::spf, *planned, sink, stop);
        }
        return;
    }
    tellOfStrangers(input, *record, answer, sink);
    const int lookups = tellOfLookups(input, *record, answer, sink, stop);
    if (input.profile.role == DomainRole::sends) {
        tellOfSenders(input, answer, sink, stop);
    }
    const bool present = planned == nullptr || planned->state == RecordState::present;
    sink({present ? FindingCode::spfPresent : FindingCode::spfDiffers,
          Area::spf,
          input.profile.domain,
          {std::to_string(lookups)},
          expected,
          seenTexts(answer, spf::isSpf)});
}

void checkHost(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const ComparedRecord* planned = findPlanned(input, Purpose::hostSpf);
    if (planned == nullptr) {
        return;
    }
    const DomainName& host = planned->planned.record.name;
    const Answer answer = answerTo(input, {host, RecordType::txt}, stop);
    if (!isTold(Area::spf, answer, sink)) {
        return;
    }
    const std::vector<ResourceRecord> expected{planned->planned.record};
    if (onlyValid(answer, FindingCode::spfHostMissing, expected, sink)) {
        const bool present = planned->state == RecordState::present;
        sink({present ? FindingCode::spfHostPresent : FindingCode::spfHostDiffers,
              Area::spf,
              host,
              {},
              expected,
              seenTexts(answer, spf::isSpf)});
    } else {
        tellOfSlip(input, Area::spf, *planned, sink, stop);
    }
}

} // namespace

void spfCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    checkDomain(input, sink, stop);
    checkHost(input, sink, stop);
}

} // namespace sealwright
