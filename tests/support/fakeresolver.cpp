#include "support/fakeresolver.h"

#include "dns/txtstrings.h"
#include "zone/zonefile.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace sealwright::test {

namespace {

constexpr int longestChain = 8;
constexpr std::chrono::seconds usualTtl{300};

[[noreturn]] void refuse(std::string_view what) {
    throw std::invalid_argument("a test's own DNS data are wrong: " + std::string(what));
}

IpAddress address(std::string_view text) {
    const auto parsed = IpAddress::parse(text);
    return parsed ? *parsed : throw std::invalid_argument("not an address: " + std::string(text));
}

} // namespace

DomainName dnsName(std::string_view text) {
    if (text == ".") {
        return DomainName::root();
    }
    const auto name = DomainName::parseDns(text.ends_with('.') ? text.substr(0, text.size() - 1) : text);
    return name ? *name : throw std::invalid_argument("not a name: " + std::string(text));
}

std::string wireRdata(RecordType type, std::string_view presentation) {
    const bool plain = type == RecordType::txt && !presentation.starts_with('"');
    const std::string line =
        ". " + std::string(toString(type)) + ' ' + (plain ? quotedTxt(presentation) : std::string(presentation));
    const auto file = readZoneFile(line, DomainName::root());
    if (!file || file->records.size() != 1) {
        refuse(line);
    }
    return file->records.front().rdata;
}

FakeResolver::FakeResolver(std::string_view lines) {
    add(lines);
}

void FakeResolver::add(std::string_view lines) {
    const std::scoped_lock lock(mutex_);
    std::istringstream stream{std::string(lines)};
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string name;
        std::string word;
        if (!(words >> name >> word)) {
            continue;
        }
        if (name.starts_with(';')) {
            continue;
        }
        std::chrono::seconds ttl = usualTtl;
        if (std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) {
            ttl = std::chrono::seconds(std::stol(word));
            words >> word;
        }
        if (word == "IN") {
            words >> word;
        }
        const auto type = recordTypeFromString(word);
        std::string value;
        std::getline(words >> std::ws, value);
        if (!type) {
            refuse(line);
        }
        value.erase(value.find_last_not_of(" \t\r") + 1);
        records_[{dnsName(name), *type}].push_back({ttl, wireRdata(*type, value)});
    }
}

void FakeResolver::add(const ResourceRecord& record) {
    const std::scoped_lock lock(mutex_);
    const std::string value = record.type == RecordType::txt ? quotedTxt(record.value) : record.value;
    records_[{record.name, record.type}].push_back({record.ttl, wireRdata(record.type, value)});
}

void FakeResolver::remove(std::string_view name, RecordType type) {
    const std::scoped_lock lock(mutex_);
    records_.erase({dnsName(name), type});
}

void FakeResolver::fail(std::string_view name, AnswerStatus status, std::string why) {
    const std::scoped_lock lock(mutex_);
    nameFailures_.insert_or_assign(dnsName(name), Failure{status, std::move(why)});
}

void FakeResolver::fail(std::string_view name, RecordType type, AnswerStatus status, std::string why) {
    const std::scoped_lock lock(mutex_);
    failures_.insert_or_assign(Question{dnsName(name), type}, Failure{status, std::move(why)});
}

void FakeResolver::failEverything(AnswerStatus status) {
    const std::scoped_lock lock(mutex_);
    failsAll_ = Failure{status, {}};
}

void FakeResolver::sign(std::string_view name) {
    const std::scoped_lock lock(mutex_);
    signed_.insert(dnsName(name));
}

FakeResolver& FakeResolver::serverAt(std::string_view text) {
    auto& server = servers_[address(text)];
    if (!server) {
        server = std::make_unique<FakeResolver>();
    }
    return *server;
}

void FakeResolver::failServer(std::string_view text, AnswerStatus status) {
    const std::scoped_lock lock(mutex_);
    failingServers_.insert_or_assign(address(text), status);
}

int FakeResolver::rounds() const {
    const std::scoped_lock lock(mutex_);
    return rounds_;
}

std::vector<Question> FakeResolver::questions() const {
    const std::scoped_lock lock(mutex_);
    return questions_;
}

bool FakeResolver::wasAsked(std::string_view name, RecordType type) const {
    const auto asked = questions();
    return std::ranges::find(asked, Question{dnsName(name), type}) != asked.end();
}

std::vector<Answer> FakeResolver::lookupAll(std::span<const Question> questions, std::stop_token stop) {
    beginRound();
    std::vector<Answer> answers;
    for (const Question& question : questions) {
        const std::scoped_lock lock(mutex_);
        questions_.push_back(question);
        answers.push_back(answer(question));
        if (stop.stop_requested()) {
            answers.back() = Answer(question);
            answers.back().status = AnswerStatus::cancelled;
        }
    }
    return answers;
}

Reply FakeResolver::reply(const ServerQuestion& asked) const {
    const IpAddress& address = asked.server.address;
    if (address.isV4() ? interceptsV4_ : interceptsV6_) {
        Reply reply{answer(asked.question)};
        reply.offersRecursion = true;
        if (reply.answer.status != AnswerStatus::found) { // Whoever is no authority can't deny.
            reply.answer.status = AnswerStatus::serverFailure;
            reply.answer.why = "no authority";
        }
        return reply;
    }
    if (const auto failing = failingServers_.find(address); failing != failingServers_.end()) {
        Reply reply{Answer(asked.question)};
        reply.answer.status = failing->second;
        return reply;
    }
    const auto referral = referrals_.find(address);
    if (referral != referrals_.end() && asked.question.name.isAtOrBelow(referral->second.zone)) {
        Reply reply{Answer(asked.question)};
        reply.answer.status = AnswerStatus::serverFailure;
        reply.referral = referral->second;
        return reply;
    }
    const auto own = servers_.find(address);
    Reply reply{own == servers_.end() ? answer(asked.question) : own->second->answer(asked.question)};
    reply.isAuthoritative = reply.answer.isConclusive();
    return reply;
}

std::vector<Reply> FakeResolver::askServers(std::span<const ServerQuestion> questions, std::stop_token stop) {
    beginRound();
    std::vector<Reply> replies;
    for (const ServerQuestion& asked : questions) {
        const std::scoped_lock lock(mutex_);
        questions_.push_back(asked.question);
        replies.push_back(reply(asked));
        if (stop.stop_requested()) {
            replies.back() = Reply{Answer(asked.question)};
            replies.back().answer.status = AnswerStatus::cancelled;
        }
    }
    return replies;
}

std::vector<Answer> FakeResolver::lookupFromRoot(std::span<const Question> questions, std::stop_token stop) {
    return fromRoot_ ? fromRoot_->lookupAll(questions, std::move(stop)) : lookupAll(questions, std::move(stop));
}

void FakeResolver::refer(std::string_view text, Delegation delegation) {
    const std::scoped_lock lock(mutex_);
    referrals_.insert_or_assign(address(text), std::move(delegation));
}

void FakeResolver::intercept(bool v6Too) {
    const std::scoped_lock lock(mutex_);
    interceptsV4_ = true;
    interceptsV6_ = v6Too;
}

FakeResolver& FakeResolver::fromRoot() {
    if (!fromRoot_) {
        fromRoot_ = std::make_unique<FakeResolver>();
    }
    return *fromRoot_;
}

void FakeResolver::beginRound() {
    int before = 0;
    {
        const std::scoped_lock lock(mutex_);
        before = rounds_++;
    }
    if (beforeRound_) {
        beforeRound_(before);
    }
}

Answer FakeResolver::answer(const Question& question) const {
    Answer answer(question);
    answer.security = isSigned(question.name) ? DnsSecurity::secure : DnsSecurity::insecure;
    answer.ttl = usualTtl;
    for (int hop = 0; hop < longestChain; ++hop) {
        const DomainName name = answer.canonicalName;
        if (const Failure* failure = failureOf(name, question.type)) {
            answer.status = failure->status;
            answer.security = DnsSecurity::insecure;
            answer.why = failure->why;
            return answer;
        }
        if (const auto found = records_.find({name, question.type}); found != records_.end()) {
            answer.status = AnswerStatus::found;
            for (const Record& record : found->second) {
                answer.ttl = record.ttl;
                answer.rdata.push_back(record.rdata);
            }
            return answer;
        }
        const auto alias = records_.find({name, RecordType::cname});
        if (alias == records_.end()) {
            answer.status = exists(name) ? AnswerStatus::noData : AnswerStatus::nxDomain;
            return answer;
        }
        Answer target({name, RecordType::cname});
        target.rdata.push_back(alias->second.front().rdata);
        answer.canonicalName = names(target).at(0);
        if (!isSigned(answer.canonicalName)) {
            answer.security = DnsSecurity::insecure;
        }
    }
    answer.status = AnswerStatus::serverFailure;
    answer.why = "CNAME loop";
    return answer;
}

const FakeResolver::Failure* FakeResolver::failureOf(const DomainName& name, RecordType type) const {
    if (const auto one = failures_.find({name, type}); one != failures_.end()) {
        return &one->second;
    }
    if (const auto all = nameFailures_.find(name); all != nameFailures_.end()) {
        return &all->second;
    }
    return failsAll_ ? &*failsAll_ : nullptr;
}

bool FakeResolver::exists(const DomainName& name) const {
    return std::ranges::any_of(records_, [&name](const auto& entry) { return entry.first.name.isAtOrBelow(name); });
}

bool FakeResolver::isSigned(const DomainName& name) const {
    return std::ranges::any_of(signed_, [&name](const DomainName& top) { return name.isAtOrBelow(top); });
}

} // namespace sealwright::test
