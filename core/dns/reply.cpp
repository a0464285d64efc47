#include "dns/reply.h"

#include "dns/rdata.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr int longestChain = 16; // of CNAMEs

bool isOf(const DnsMessage::Record& record, const DomainName& owner, RecordType type) {
    return record.owner == owner && record.type == static_cast<std::uint16_t>(type);
}

const DnsMessage::Record* aliasOf(const DomainName& name, const DnsMessage& message) {
    const auto found =
        std::ranges::find_if(message.answer, [&](const auto& record) { return isOf(record, name, RecordType::cname); });
    return found == message.answer.end() ? nullptr : &*found;
}

void readRecords(Answer& answer, const DnsMessage& message) {
    std::vector<std::chrono::seconds> ttls; // What is known is known as long as each part of it.
    for (int hop = 0; answer.question.type != RecordType::cname && hop < longestChain; ++hop) {
        const DnsMessage::Record* alias = aliasOf(answer.canonicalName, message);
        auto target = alias == nullptr ? std::nullopt : RdataReader(alias->rdata).domainName();
        if (!target) {
            break;
        }
        ttls.push_back(alias->ttl);
        answer.canonicalName = std::move(*target);
    }
    for (const DnsMessage::Record& record : message.answer) {
        if (isOf(record, answer.canonicalName, answer.question.type)) {
            ttls.push_back(record.ttl);
            answer.rdata.push_back(record.rdata);
        }
    }
    answer.ttl = ttls.empty() ? std::chrono::seconds(0) : std::ranges::min(ttls);
}

std::optional<IpAddress> addressOf(const DnsMessage::Record& record) {
    const bool isAddress = record.type == static_cast<std::uint16_t>(RecordType::a) ||
                           record.type == static_cast<std::uint16_t>(RecordType::aaaa);
    return isAddress ? IpAddress::fromOctets(record.rdata) : std::nullopt;
}

std::optional<Delegation> referralFor(const DomainName& name, const DnsMessage& message) {
    std::optional<Delegation> delegation;
    for (const DnsMessage::Record& record : message.authority) {
        if (record.type != static_cast<std::uint16_t>(RecordType::ns) || !name.isAtOrBelow(record.owner)) {
            continue;
        }
        if (auto server = RdataReader(record.rdata).domainName()) {
            delegation = delegation ? std::move(delegation) : Delegation{record.owner, {}, {}};
            delegation->servers.push_back(std::move(*server));
        }
    }
    for (const DnsMessage::Record& record : delegation ? message.additional : std::vector<DnsMessage::Record>{}) {
        if (const auto address = addressOf(record)) {
            delegation->glue.emplace_back(record.owner, *address);
        }
    }
    return delegation;
}

void fail(Answer& answer, std::string why) {
    answer.status = AnswerStatus::serverFailure;
    answer.why = std::move(why);
}

} // namespace

Reply replyOf(const Question& question, const DnsMessage& message, bool recursive) {
    Reply reply{Answer(question)};
    Answer& answer = reply.answer;
    reply.isAuthoritative = message.authoritative;
    reply.offersRecursion = message.recursionAvailable;
    readRecords(answer, message);
    const bool mayDeny = message.authoritative || recursive;
    if (message.rcode == 3 && mayDeny) {
        answer.status = AnswerStatus::nxDomain;
    } else if (message.rcode != 0 && message.rcode != 3) {
        fail(answer, rcodeWord(message.rcode));
    } else if (message.rcode == 0 && !answer.rdata.empty()) {
        answer.status = AnswerStatus::found;
    } else if (mayDeny) {
        answer.status = AnswerStatus::noData;
    } else {
        reply.referral = referralFor(question.name, message);
        fail(answer, reply.referral ? "referral" : "no authority");
    }
    return reply;
}

} // namespace sealwright
