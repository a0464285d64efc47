#include "checks/danecheck.h"

#include "checks/servercertificate.h"
#include "dane/tlsa.h"
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
};

// RFC 7672 section 3.2.3: with usage 2 the name and the dates of the server's certificate count, with usage 3 they
// don't.
bool matches(const dane::Tlsa& record, const std::vector<Certificate>& chain, const ShownCertificate& shown,
             const DomainName& host) {
    const bool counts = record.usage == 2;
    const Certificate& own = chain.front();
    const bool isValid = own.isFor(host) && own.notBefore() <= shown.when && shown.when <= own.notAfter();
    return record.matches(chain) && (isValid || !counts);
}

Compared compareWith(const ProbedServer& server, const std::vector<dane::Tlsa>& records) {
    Compared compared;
    compared.used.resize(records.size());
    for (const auto& [address, seen] : server.addresses) {
        const std::vector<Certificate> chain = certificatesOf(seen.certificate);
        if (lacksTls(seen)) {
            compared.withoutTls.push_back(address.toString());
        } else if (!chain.empty()) {
            bool anyMatches = false;
            for (std::size_t i = 0; i < records.size(); ++i) {
                const bool one = matches(records[i], chain, seen.certificate, server.host);
                compared.used[i] = compared.used[i] || one;
                anyMatches = anyMatches || one;
            }
            (anyMatches ? compared.matching : compared.differing).push_back(address.toString());
            compared.shown = chain.front();
        }
    }
    return compared;
}

class HostCheck {
public:
    HostCheck(const CheckInput& input, const ProbedServer& server, const Answer& answer, const FindingSink& sink)
        : input_(input), server_(server), answer_(answer), sink_(sink) {}

    void run() const {
        if (!isTold()) {
            return;
        }
        if (answer_.status != AnswerStatus::found) {
            const auto planned = plannedRecordsHere();
            tell(planned.empty() ? FindingCode::daneNone : FindingCode::daneMissing, {}, planned);
        } else if (wasAsked() && answer_.security != DnsSecurity::secure) { // RFC 7672 section 2.2
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

    // Off line, and in a zone file before it is published and signed, only the records themselves can be judged.
    [[nodiscard]] bool wasAsked() const {
        return std::ranges::any_of(
            server_.addresses, [](const ProbedAddress& probed) { return probed.seen.reached != Reached::notAsked; });
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
        if (!usable.empty() && wasAsked()) {
            judgeServer(usable, compareWith(server_, usable));
        }
    }

    void judgeServer(const std::vector<dane::Tlsa>& records, const Compared& compared) const {
        if (!compared.withoutTls.empty()) {
            tell(FindingCode::daneNoTls, {joined(compared.withoutTls)});
        }
        if (!compared.differing.empty()) {
            tell(FindingCode::daneMismatch, {joined(compared.differing)}, recordFor(*compared.shown));
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
        const bool authority = std::ranges::any_of(records, [](const dane::Tlsa& record) { return record.usage == 2; });
        if (another || !authority) {
            tell(another ? FindingCode::daneNextKey : FindingCode::daneOnlyOneKey);
        }
    }

    [[nodiscard]] std::vector<ResourceRecord> plannedRecordsHere() const {
        std::vector<ResourceRecord> here;
        for (const ComparedRecord& compared : input_.compared) {
            if (compared.planned.purpose == Purpose::tlsa && compared.planned.record.name == answer_.question.name) {
                here.push_back(compared.planned.record);
            }
        }
        return here;
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
    const Answer& answer_;
    const FindingSink& sink_;
};

} // namespace

void daneCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    std::vector<Question> questions;
    for (const DomainName& host : mailHosts(answerTo(input, {input.profile.domain, RecordType::mx}, stop))) {
        if (const auto name = dane::tlsaName(host)) {
            questions.push_back({*name, RecordType::tlsa});
        }
    }
    const std::vector<Answer> answers = answersTo(input, questions, stop);
    for (const ProbedServer& server : input.probes.mailServers(input, stop)) {
        const auto name = dane::tlsaName(server.host);
        const auto answer = std::ranges::find_if(answers, [&](const Answer& one) { return name == one.question.name; });
        if (answer != answers.end() && !stop.stop_requested()) {
            HostCheck(input, server, *answer, sink).run();
        }
    }
}

} // namespace sealwright
