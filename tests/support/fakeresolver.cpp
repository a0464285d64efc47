#include "support/fakeresolver.h"

#include "dns/txtstrings.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace sealwright::test {

namespace {

constexpr int longestChain = 8;
constexpr std::chrono::seconds usualTtl{300};

[[noreturn]] void refuse(std::string_view what) {
    throw std::invalid_argument("a test's own DNS data are wrong: " + std::string(what));
}

void appendNumber(std::string& out, const std::string& text, std::size_t octets) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        refuse(text);
    }
    for (std::size_t i = octets; i-- > 0;) {
        out += static_cast<char>(value >> (8 * i) & 255U);
    }
}

void appendString(std::string& out, std::string_view string) {
    out += static_cast<char>(string.size());
    out += string;
}

void appendName(std::string& out, std::string_view text) {
    const DomainName name = dnsName(text);
    if (!name.isRoot()) {
        std::ranges::for_each(name.labels(), [&out](std::string_view label) { appendString(out, label); });
    }
    out += '\0';
}

void appendHex(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
        out += static_cast<char>(value);
    }
}

/// One quoted string; `at` is left behind its closing quote.
std::string unquoted(std::string_view text, std::size_t& at) {
    std::string out;
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] != '\\') {
            out += text[at];
        } else if (at + 3 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9') {
            int value = 0;
            std::from_chars(text.data() + at + 1, text.data() + at + 4, value);
            out += static_cast<char>(value);
            at += 3;
        } else {
            out += text.substr(++at, 1);
        }
    }
    if (at >= text.size()) {
        refuse(text);
    }
    ++at;
    return out;
}

std::string txtRdata(std::string_view text) {
    std::string out;
    if (!text.starts_with('"')) {
        std::ranges::for_each(txtStrings(text), [&out](const std::string& string) { appendString(out, string); });
        return out;
    }
    for (std::size_t at = 0; at < text.size();) {
        appendString(out, unquoted(text, at));
        at = std::min(text.find('"', at), text.size());
    }
    return out;
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
    std::istringstream stream{std::string(presentation)};
    std::vector<std::string> fields{std::istream_iterator<std::string>(stream), {}};
    const auto field = [&](std::size_t i) { return i < fields.size() ? fields[i] : (refuse(presentation), ""); };
    std::string out;
    switch (type) {
    case RecordType::a:
    case RecordType::aaaa:
        return std::string(address(field(0)).octets());
    case RecordType::ns:
    case RecordType::cname:
    case RecordType::ptr:
        appendName(out, field(0));
        return out;
    case RecordType::mx:
        appendNumber(out, field(0), 2);
        appendName(out, field(1));
        return out;
    case RecordType::txt:
        return txtRdata(presentation);
    case RecordType::soa:
        appendName(out, field(0));
        appendName(out, field(1));
        for (std::size_t i = 2; i < 7; ++i) {
            appendNumber(out, field(i), 4);
        }
        return out;
    case RecordType::ds:
        appendNumber(out, field(0), 2);
        appendNumber(out, field(1), 1);
        appendNumber(out, field(2), 1);
        appendHex(out, field(3));
        return out;
    case RecordType::tlsa:
        for (std::size_t i = 0; i < 3; ++i) {
            appendNumber(out, field(i), 1);
        }
        appendHex(out, field(3));
        return out;
    }
    refuse(presentation);
}

FakeResolver::FakeResolver(std::string_view lines) {
    add(lines);
}

void FakeResolver::add(std::string_view lines) {
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
    const std::string value = record.type == RecordType::txt ? quotedTxt(record.value) : record.value;
    records_[{record.name, record.type}].push_back({record.ttl, wireRdata(record.type, value)});
}

void FakeResolver::remove(std::string_view name, RecordType type) {
    records_.erase({dnsName(name), type});
}

void FakeResolver::fail(std::string_view name, AnswerStatus status, std::string why) {
    nameFailures_.insert_or_assign(dnsName(name), Failure{status, std::move(why)});
}

void FakeResolver::fail(std::string_view name, RecordType type, AnswerStatus status, std::string why) {
    failures_.insert_or_assign(Question{dnsName(name), type}, Failure{status, std::move(why)});
}

void FakeResolver::sign(std::string_view name) {
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

std::vector<Answer> FakeResolver::lookupAt(std::span<const NameServer> servers, const Question& question,
                                           std::stop_token stop) {
    beginRound();
    std::vector<Answer> answers;
    for (const NameServer& server : servers) {
        const std::scoped_lock lock(mutex_);
        questions_.push_back(question);
        const auto own = servers_.find(server.address);
        answers.push_back(own == servers_.end() ? answer(question) : own->second->answer(question));
        if (const auto failing = failingServers_.find(server.address); failing != failingServers_.end()) {
            answers.back() = Answer(question);
            answers.back().status = failing->second;
        }
        if (stop.stop_requested()) {
            answers.back() = Answer(question);
            answers.back().status = AnswerStatus::cancelled;
        }
    }
    return answers;
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
    const auto all = nameFailures_.find(name);
    return all == nameFailures_.end() ? nullptr : &all->second;
}

bool FakeResolver::exists(const DomainName& name) const {
    return std::ranges::any_of(records_, [&name](const auto& entry) { return entry.first.name.isAtOrBelow(name); });
}

bool FakeResolver::isSigned(const DomainName& name) const {
    return std::ranges::any_of(signed_, [&name](const DomainName& top) { return name.isAtOrBelow(top); });
}

} // namespace sealwright::test
