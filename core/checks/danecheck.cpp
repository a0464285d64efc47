#include "checks/danecheck.h"

#include "checks/everywhere.h"
#include "checks/servercertificate.h"
#include "checks/slip.h"
#include "dane/authenticate.h"
#include "dns/rdata.h"

#include <algorithm>

namespace sealwright {
namespace {

std::vector<Certificate> certificatesOf(const ShownCertificate& shown) {
    std::vector<Certificate> chain;
    for (const std::string& der : shown.chain) {
        auto certificate = Certificate::parse(der);
        if (!certificate) {
            break; // What is behind it can't be told any more.
        }
        chain.push_back(std::move(*certificate));
    }
    return chain;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

/// What the server shows at its addresses beside its TLSA records.
struct Compared {
    std::vector<std::string> matching;
    std::vector<std::string> differing;
    std::vector<std::string> withoutTls;
    std::vector<bool> used; ///< Per record: some address shows what it names.
    std::optional<Certificate> shown;
    std::string why; ///< The last one that differs, in OpenSSL's words.
};

void compareAt(const ProbedAddress& probed, const std::vector<dane::Tlsa>& records, std::span<const DomainName> names,
               Compared& compared) {
    const std::vector<Certificate> chain = certificatesOf(probed.seen.certificate);
    if (lacksTls(probed.seen)) {
        compared.withoutTls.push_back(probed.address.toString());
    }
    if (lacksTls(probed.seen) || chain.empty()) {
        return;
    }
    const dane::Shown shown{chain, names, probed.seen.certificate.when};
    const std::string why = dane::whyNotAuthentic(records, shown);
    compared.shown = chain.front();
    if (!why.empty()) {
        compared.differing.push_back(probed.address.toString());
        compared.why = why;
        return;
    }
    compared.matching.push_back(probed.address.toString());
    for (std::size_t i = 0; i < records.size(); ++i) {
        compared.used[i] = compared.used[i] || dane::whyNotAuthentic({&records[i], 1}, shown).empty();
    }
}

Compared compareWith(const ProbedServer& server, const std::vector<dane::Tlsa>& records,
                     std::span<const DomainName> names) {
    Compared compared;
    compared.used.resize(records.size());
    for (const ProbedAddress& probed : server.addresses) {
        compareAt(probed, records, names, compared);
    }
    return compared;
}

// Off line, and in a zone file before it is published and signed, only the records themselves can be judged.
bool wasAsked(const ProbedServer& server) {
    return std::ranges::any_of(server.addresses,
                               [](const ProbedAddress& probed) { return probed.seen.reached != Reached::notAsked; });
}

bool namesAuthority(const dane::Tlsa& record) {
    return record.usage == 2; // DANE-TA (RFC 7218)
}

class HostCheck {
public:
    HostCheck(const CheckInput& input, const ProbedServer& server, const Answer& mx, const Answer& answer,
              const FindingSink& sink, const std::stop_token& stop)
        : input_(input), server_(server), mx_(mx), answer_(answer), sink_(sink), stop_(stop) {}

    void run() const {
        if (!isTold()) {
            return;
        }
        if (answer_.status != AnswerStatus::found) {
            tellOfNone();
        } else if (wasAsked(server_) && answer_.security != DnsSecurity::secure) { // RFC 7672 section 2.2
            tell(FindingCode::daneInsecure);
        } else {
            judgeRecords();
        }
    }

private:
    // RFC 7672 section 2.1.1: where the question for TLSA fails, mail waits. Senders only ask below signed addresses
    // (section 2.2.2), and a resolver that is silent to us says nothing of the domain.
    [[nodiscard]] bool isTold() const {
        const bool fails = answer_.status == AnswerStatus::bogus ||
                           (answer_.status == AnswerStatus::serverFailure && server_.isSigned);
        if (fails) {
            tell(FindingCode::daneDeferred, {answer_.why});
        }
        return !fails && sealwright::isTold(Area::dane, answer_, sink_);
    }

    void judgeRecords() const {
        std::vector<dane::Tlsa> usable;
        std::vector<std::string> unusable;
        for (const std::string& rdata : answer_.rdata) {
            const auto record = dane::Tlsa::parse(rdata);
            if (record && record->isUsableForSmtp()) {
                usable.push_back(*record);
            } else {
                unusable.push_back(
                    sealwright::presentation(RecordType::tlsa, rdata).value_or("?").substr(0, longestQuote));
            }
        }
        if (!unusable.empty()) { // Section 3.1.3: senders pass over them.
            tell(usable.empty() ? FindingCode::daneUnusable : FindingCode::daneSomeUnusable, {joined(unusable)});
        }
        if (!usable.empty() && !wasAsked(server_)) {
            tell(FindingCode::daneNotAsked);
        } else if (!usable.empty()) {
            judgeServer(usable, compareWith(server_, usable, names()));
        }
    }

    // RFC 7672 section 3.2.2: for the domain too, where its MX record can't be forged.
    [[nodiscard]] std::vector<DomainName> names() const {
        std::vector<DomainName> names{server_.host};
        if (mx_.security == DnsSecurity::secure) {
            names.push_back(input_.profile.domain);
        }
        return names;
    }

    void judgeServer(const std::vector<dane::Tlsa>& records, const Compared& compared) const {
        if (!compared.withoutTls.empty()) {
            tell(FindingCode::daneNoTls, {joined(compared.withoutTls)});
        }
        if (!compared.differing.empty()) {
            const bool authority = std::ranges::any_of(records, namesAuthority);
            tell(authority ? FindingCode::daneAuthorityMismatch : FindingCode::daneMismatch,
                 {joined(compared.differing), compared.why}, recordFor(*compared.shown));
        }
        if (!compared.withoutTls.empty() || !compared.differing.empty()) {
            return;
        }
        if (compared.matching.empty()) {
            tell(FindingCode::daneNotSeen);
            return;
        }
        tell(FindingCode::daneSound);
        tellOfNextKey(records, compared);
    }

    // RFC 7671 section 8.1: the next key's record is published before the key is used.
    void tellOfNextKey(const std::vector<dane::Tlsa>& records, const Compared& compared) const {
        const bool another = std::ranges::find(compared.used, false) != compared.used.end();
        if (another || std::ranges::none_of(records, namesAuthority)) {
            tell(another ? FindingCode::daneNextKey : FindingCode::daneOnlyOneKey);
        }
    }

    void tellOfNone() const {
        const ComparedRecord* first = nullptr;
        std::vector<ResourceRecord> planned;
        for (const ComparedRecord& compared : input_.compared) {
            if (compared.planned.purpose == Purpose::tlsa && compared.planned.record.name == answer_.question.name) {
                first = first == nullptr ? &compared : first;
                planned.push_back(compared.planned.record);
            }
        }
        if (first == nullptr) {
            tell(FindingCode::daneNone);
        } else if (!isAtSomeServers(input_, Area::dane, planned.front(), nullptr, sink_, stop_)) {
            tell(FindingCode::daneMissing, {}, planned);
            tellOfSlip(input_, Area::dane, *first, sink_, stop_);
        }
    }

    [[nodiscard]] std::vector<ResourceRecord> recordFor(const Certificate& certificate) const {
        const auto record = dane::forPublicKey(certificate.publicKeyDigest());
        return record ? std::vector{ResourceRecord{answer_.question.name, RecordType::tlsa, input_.profile.ttl,
                                                   record->toString()}}
                      : std::vector<ResourceRecord>{};
    }

    void tell(FindingCode code, std::vector<std::string> details = {},
              std::vector<ResourceRecord> expected = {}) const {
        details.insert(details.begin(), server_.host.toString());
        sink_({code, Area::dane, server_.host, std::move(details), std::move(expected), seenRecords(answer_)});
    }

    const CheckInput& input_;
    const ProbedServer& server_;
    const Answer& mx_;
    const Answer& answer_;
    const FindingSink& sink_;
    const std::stop_token& stop_;
};

// RFC 7672 section 2.2.1: senders may use the records of the hosts that an unsigned MX record names, but it does not
// keep mail from being led to another host.
void tellOfInsecureMx(const CheckInput& input, const Answer& mx, std::vector<std::string> hosts,
                      const FindingSink& sink) {
    if (mx.security != DnsSecurity::secure && !hosts.empty()) {
        sink({FindingCode::daneMxInsecure, Area::dane, input.profile.domain, std::move(hosts), {}, seenRecords(mx)});
    }
}

} // namespace

void daneCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const Answer mx = answerTo(input, {input.profile.domain, RecordType::mx}, stop);
    std::vector<Question> questions;
    for (const DomainName& host : mailHosts(mx)) {
        if (const auto name = dane::tlsaName(host)) {
            questions.push_back({*name, RecordType::tlsa});
        }
    }
    const std::vector<Answer> answers = answersTo(input, questions, stop);
    std::vector<std::string> withRecords;
    for (const ProbedServer& server : input.probes.mailServers(input, stop)) {
        const auto name = dane::tlsaName(server.host);
        const auto answer = std::ranges::find_if(answers, [&](const Answer& one) { return name == one.question.name; });
        if (answer != answers.end() && !stop.stop_requested()) {
            HostCheck(input, server, mx, *answer, sink, stop).run();
            if (wasAsked(server) && answer->status == AnswerStatus::found && answer->security == DnsSecurity::secure) {
                withRecords.push_back(server.host.toString());
            }
        }
    }
    tellOfInsecureMx(input, mx, std::move(withRecords), sink);
}

} // namespace sealwright
