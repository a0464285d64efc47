#include "checks/spfcheck.h"

#include "checks/everywhere.h"
#include "checks/senders.h"
#include "checks/slip.h"
#include "spf/evaluate.h"
#include "spf/lookupcount.h"

#include <algorithm>

namespace sealwright {
namespace {

using spf::MechanismKind;
using spf::Qualifier;

constexpr std::size_t longestRecord = 450; // RFC 7208 section 3.4: octets that fit into any answer over UDP

bool isOfKind(const spf::Term& term, MechanismKind kind) {
    const auto* mechanism = std::get_if<spf::Mechanism>(&term);
    return mechanism != nullptr && mechanism->kind == kind;
}

bool isAll(const spf::Term& term) {
    return isOfKind(term, MechanismKind::all);
}

bool isRedirect(const spf::Term& term) {
    const auto* modifier = std::get_if<spf::Modifier>(&term);
    return modifier != nullptr && modifier->name == "redirect";
}

// Whether strangers' mail is told from the domain's at all.
void tellOfStrangers(const CheckInput& input, const spf::Record& record, const Answer& answer,
                     const FindingSink& sink) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments) {
        sink({code, Area::spf, answer.question.name, std::move(arguments), plannedRecords(input, Purpose::spf),
              seenTexts(answer, spf::isSpf)});
    };
    for (const spf::Term& term : record.terms) {
        if (spf::passesEverybody(term)) {
            tell(FindingCode::spfPassAll, {spf::toString(term)});
            return;
        }
        if (isAll(term)) { // Section 5.1: what stands behind all is never looked at.
            if (std::get<spf::Mechanism>(term).qualifier == Qualifier::neutral) {
                tell(FindingCode::spfNeutralAll, {spf::toString(term)});
            }
            return;
        }
    }
    if (std::ranges::none_of(record.terms, isRedirect)) { // Section 4.7
        tell(FindingCode::spfNoAll, {});
    }
}

// What does nothing, or not what its writer thinks.
void tellOfTerms(const spf::Record& record, const Answer& answer, const FindingSink& sink) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments) {
        sink({code, Area::spf, answer.question.name, std::move(arguments), {}, seenTexts(answer, spf::isSpf)});
    };
    const auto end = std::ranges::find_if(record.terms, isAll);
    if (end != record.terms.end()) {
        std::vector<std::string> ignored; // Sections 5.1 and 6.1; other modifiers may stand anywhere.
        for (auto term = record.terms.begin(); term != record.terms.end(); ++term) {
            if (isRedirect(*term) || (term > end && std::holds_alternative<spf::Mechanism>(*term))) {
                ignored.push_back(spf::toString(*term));
            }
        }
        if (!ignored.empty()) {
            tell(FindingCode::spfTermsIgnored, std::move(ignored));
        }
    }
    const auto ptr = std::find_if(record.terms.begin(), end,
                                  [](const spf::Term& term) { return isOfKind(term, MechanismKind::ptr); });
    if (ptr != end) { // Section 5.5
        tell(FindingCode::spfPtr, {spf::toString(*ptr)});
    }
    if (const std::size_t length = seenTexts(answer, spf::isSpf).front().value.size(); length > longestRecord) {
        tell(FindingCode::spfLong, {std::to_string(length)});
    }
}

// What costs receivers more than they may spend (section 4.6.4), or can't be followed.
void tellOfLimits(const spf::LookupCount& count, const Answer& answer, const FindingSink& sink) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments) {
        sink({code, Area::spf, answer.question.name, std::move(arguments), {}, seenTexts(answer, spf::isSpf)});
    };
    std::vector<std::string> voids;
    for (const spf::CountedTerm& term : count.all) {
        if (term.isLoop) {
            tell(FindingCode::spfLoop, {term.term});
        }
        if (term.mxHosts > spf::mostNames) {
            tell(FindingCode::spfTooManyMxHosts, {term.term, std::to_string(term.mxHosts)});
        }
        if (term.isVoid == true) {
            voids.push_back(term.term);
        }
    }
    if (!voids.empty()) {
        const bool tooMany = voids.size() > static_cast<std::size_t>(spf::mostVoidLookups);
        tell(tooMany ? FindingCode::spfTooManyVoids : FindingCode::spfVoid, std::move(voids));
    }
}

int tellOfLookups(const CheckInput& input, const spf::Record& record, const Answer& answer, const FindingSink& sink,
                  const std::stop_token& stop) {
    spf::LookupCount count = spf::countLookups(input.profile.domain, record, input.resolver, stop);
    spf::lookForVoid(count, input.resolver, stop);
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
    tellOfLimits(count, answer, sink);
    return count.terms;
}

// Those that are known to send, and the first of each network that the profile names.
std::vector<SendingAddress> sendersOf(const CheckInput& input, const std::stop_token& stop) {
    std::vector<SendingAddress> senders = sendingAddresses(input, stop);
    for (const IpNetwork& network : input.profile.addresses) {
        if (std::ranges::find(senders, network.address, &SendingAddress::address) == senders.end()) {
            senders.push_back({network.address, {}});
        }
    }
    return senders;
}

// As a receiver does it: may each of them send mail from that address? Who may not is told with a finding of its own;
// what the DNS did not tell has one already.
void judge(const CheckInput& input, const std::vector<SendingAddress>& senders, std::string_view mailFrom,
           Finding passing, Finding failing, const FindingSink& sink, const std::stop_token& stop) {
    for (const SendingAddress& sender : senders) {
        const std::string helo = sender.helo.value_or(input.profile.mailHost.value_or(input.profile.domain)).toString();
        const spf::Sender who{sender.address, std::string(mailFrom), helo};
        const spf::Result result = spf::evaluate(who, input.resolver, stop).result;
        if (result == spf::Result::pass) {
            passing.arguments.push_back(sender.address.toString());
        } else if (result != spf::Result::temperror) {
            failing.arguments = {sender.address.toString(), std::string(toString(result))};
            sink(failing);
        }
    }
    if (!passing.arguments.empty()) {
        sink(std::move(passing));
    }
}

void tellOfSenders(const CheckInput& input, const Answer& answer, const FindingSink& sink,
                   const std::stop_token& stop) {
    const DomainName& domain = input.profile.domain;
    judge(input, sendersOf(input, stop), "postmaster@" + domain.toString(),
          {FindingCode::spfSendersPass, Area::spf, domain, {}, {}, {}},
          {FindingCode::spfSenderFails,
           Area::spf,
           domain,
           {},
           plannedRecords(input, Purpose::spf),
           seenTexts(answer, spf::isSpf)},
          sink, stop);
}

// Section 2.4: bounces have no other sender than the name behind HELO.
void tellOfHelo(const CheckInput& input, const DomainName& helo, const Answer& answer, const FindingSink& sink,
                const std::stop_token& stop) {
    std::vector<SendingAddress> senders = sendingAddresses(input, stop);
    std::erase_if(senders, [&helo](const SendingAddress& sender) { return sender.helo != helo; });
    judge(input, senders, {}, {FindingCode::spfHeloPass, Area::spf, helo, {}, {}, {}},
          {FindingCode::spfHeloFails,
           Area::spf,
           helo,
           {},
           plannedRecords(input, Purpose::hostSpf),
           seenTexts(answer, spf::isSpf)},
          sink, stop);
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

// Where the resolver found none: whether name servers have it.
bool othersHaveIt(const CheckInput& input, const Answer& answer, const ComparedRecord* planned, const FindingSink& sink,
                  const std::stop_token& stop) {
    return planned != nullptr && seenTexts(answer, spf::isSpf).empty() &&
           isAtSomeServers(input, Area::spf, planned->planned.record, spf::isSpf, sink, stop);
}

// Whether it names any sender, here or in a record that it leads to.
bool namesSenders(const spf::Record& record) {
    return std::ranges::any_of(record.terms, [](const spf::Term& term) {
        const auto* mechanism = std::get_if<spf::Mechanism>(&term);
        return isRedirect(term) || (mechanism != nullptr && mechanism->qualifier == Qualifier::pass);
    });
}

// Without a planned record nobody is known to send for the domain, and nothing is there to compare with. Nothing where
// the record lets everybody pass, which is told already.
std::optional<FindingCode> verdictOn(const CheckInput& input, const spf::Record& record,
                                     const ComparedRecord* planned) {
    if (planned != nullptr && planned->state != RecordState::present) {
        return FindingCode::spfDiffers;
    }
    if (std::ranges::any_of(record.terms, spf::passesEverybody)) {
        return std::nullopt;
    }
    const bool isForNobody = input.profile.role == DomainRole::sends && !namesSenders(record);
    return isForNobody ? FindingCode::spfNobody : FindingCode::spfPresent;
}

void checkDomain(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const Answer answer = answerTo(input, {input.profile.domain, RecordType::txt}, stop);
    if (!isTold(Area::spf, answer, sink)) {
        return;
    }
    const std::vector<ResourceRecord> expected = plannedRecords(input, Purpose::spf);
    const ComparedRecord* planned = findPlanned(input, Purpose::spf);
    if (othersHaveIt(input, answer, planned, sink, stop)) {
        return;
    }
    const auto record = onlyValid(answer, FindingCode::spfMissing, expected, sink);
    if (!record) {
        if (planned != nullptr) {
            tellOfSlip(input, Area::spf, *planned, sink, stop);
        }
        return;
    }
    tellOfStrangers(input, *record, answer, sink);
    tellOfTerms(*record, answer, sink);
    const int lookups = tellOfLookups(input, *record, answer, sink, stop);
    if (input.profile.role == DomainRole::sends) {
        tellOfSenders(input, answer, sink, stop);
    }
    if (const auto verdict = verdictOn(input, *record, planned)) {
        sink({*verdict,
              Area::spf,
              input.profile.domain,
              {std::to_string(lookups)},
              expected,
              seenTexts(answer, spf::isSpf)});
    }
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
    if (othersHaveIt(input, answer, planned, sink, stop)) {
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
        tellOfHelo(input, host, answer, sink, stop);
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
