#include "checks/mtastscheck.h"

#include "checks/everywhere.h"
#include "checks/senders.h"
#include "checks/servercertificate.h"
#include "checks/slip.h"
#include "mtasts/policy.h"
#include "mtasts/record.h"

#include <algorithm>
#include <functional>

namespace sealwright {
namespace {

using mtasts::Mode;

/// What is found of one domain, told on the way.
class DomainCheck {
public:
    DomainCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop, DomainName name,
                DomainName host)
        : input_(input), sink_(sink), stop_(stop), name_(std::move(name)), host_(std::move(host)) {}

    void run() {
        const Question questions[] = {{name_, RecordType::txt}, {host_, RecordType::a}, {host_, RecordType::aaaa}};
        const std::vector<Answer> answers = answersTo(input_, questions, stop_);
        if (!isTold(Area::mtaSts, answers[0], sink_)) {
            return;
        }
        seen_ = seenTexts(answers[0], mtasts::isMtaSts);
        std::vector<IpAddress> addresses = sealwright::addresses(answers[1]);
        std::ranges::copy(sealwright::addresses(answers[2]), std::back_inserter(addresses));
        const auto meant = seenTexts(answers[0], mtasts::resemblesMtaSts);
        if (seen_.empty() && meant.empty()) {
            lookForPolicyAlone(std::move(addresses));
            return;
        }
        const auto record = readRecord(meant);
        lookForSlip(Purpose::mtaSts);
        if (addresses.empty()) {
            if (isTold(Area::mtaSts, answers[1], sink_) && isTold(Area::mtaSts, answers[2], sink_)) {
                tell(FindingCode::mtaStsHostMissing, {host_.toString()});
                lookForSlip(Purpose::mtaStsHost);
            }
            return;
        }
        if (std::ranges::none_of(addresses, isOnTheInternet)) {
            std::vector<std::string> arguments{host_.toString()};
            std::ranges::transform(addresses, std::back_inserter(arguments), &IpAddress::toString);
            tell(FindingCode::mtaStsHostPrivate, std::move(arguments));
            return;
        }
        const HttpsSeen file = fetch(std::move(addresses));
        judgeFile(file, record);
    }

private:
    void tell(FindingCode code, std::vector<std::string> arguments = {}, std::vector<ResourceRecord> expected = {}) {
        isSound_ = false;
        sink_({code, Area::mtaSts, input_.profile.domain, std::move(arguments), std::move(expected), seen_});
    }

    void lookForSlip(Purpose purpose) const {
        if (const ComparedRecord* planned = findPlanned(input_, purpose)) {
            tellOfSlip(input_, Area::mtaSts, *planned, sink_, stop_);
        }
    }

    // What a server in a network at home serves is nothing that a sender sees.
    [[nodiscard]] HttpsSeen fetch(std::vector<IpAddress> addresses) const {
        std::erase_if(addresses, std::not_fn(isOnTheInternet));
        return input_.network.fetch({host_, std::string(mtasts::policyPath), std::move(addresses)}, stop_);
    }

    void lookForPolicyAlone(std::vector<IpAddress> addresses) {
        if (const ComparedRecord* planned = findPlanned(input_, Purpose::mtaSts)) {
            if (!isAtSomeServers(input_, Area::mtaSts, planned->planned.record, mtasts::isMtaSts, sink_, stop_)) {
                tell(FindingCode::mtaStsMissing, {}, {planned->planned.record});
                lookForSlip(Purpose::mtaSts);
            }
            return;
        }
        const HttpsSeen file = fetch(std::move(addresses));
        if (file.status == 200 && mtasts::Policy::parse(file.body)) {
            tell(FindingCode::mtaStsPolicyAlone, {host_.toString()});
        } else if (!stop_.stop_requested()) {
            tell(FindingCode::mtaStsNone);
        }
    }

    std::optional<mtasts::Record> readRecord(const std::vector<ResourceRecord>& meant) {
        if (seen_.size() > 1) { // RFC 8461 section 3.1: as if there were none.
            tell(FindingCode::mtaStsSeveral, {std::to_string(seen_.size())}, plannedRecords(input_, Purpose::mtaSts));
            return std::nullopt;
        }
        if (seen_.empty()) {
            seen_ = meant;
        }
        auto record = mtasts::Record::parse(seen_.front().value);
        if (!record) {
            tell(FindingCode::mtaStsBroken, {record.error().what}, plannedRecords(input_, Purpose::mtaSts));
            return std::nullopt;
        }
        return std::move(*record);
    }

    void judgeFile(const HttpsSeen& file, const std::optional<mtasts::Record>& record) {
        if (!isFetched(file)) {
            return;
        }
        judgeCertificate(file.certificate);
        if (!isFile(file)) {
            return;
        }
        const auto policy = mtasts::Policy::parse(file.body);
        if (!policy) {
            tellOfBrokenPolicy(policy.error());
            return;
        }
        judgePolicy(*policy, record);
    }

    void tellOfBrokenPolicy(const Problem<mtasts::PolicyError>& error) {
        using mtasts::PolicyError;
        const auto tellLacks = [this](std::string_view field) {
            tell(FindingCode::mtaStsPolicyLacks, {host_.toString(), std::string(field)});
        };
        switch (error.code) {
        case PolicyError::noVersion:
            return tellLacks("version: STSv1");
        case PolicyError::noMode:
            return tellLacks("mode:");
        case PolicyError::noMx:
            return tellLacks("mx:");
        case PolicyError::noMaxAge:
            return tellLacks("max_age:");
        case PolicyError::tooLong:
            return tell(FindingCode::mtaStsTooLong, {host_.toString()});
        case PolicyError::badLine:
        case PolicyError::badVersion:
        case PolicyError::badMode:
        case PolicyError::badMx:
        case PolicyError::badMaxAge:
            return tell(FindingCode::mtaStsPolicyBroken, {host_.toString(), std::to_string(error.where), error.what});
        }
    }

    bool isFetched(const HttpsSeen& file) {
        switch (file.reached) {
        case Reached::done:
            return true;
        case Reached::notAsked:
            tell(FindingCode::mtaStsNotAsked, {host_.toString()});
            return false;
        case Reached::cancelled:
            return false;
        case Reached::noRoute:
        case Reached::nothing:
            tell(FindingCode::mtaStsUnreachable, {host_.toString(), file.why});
            return false;
        case Reached::refused:
            tell(FindingCode::mtaStsRefused, {host_.toString()});
            return false;
        case Reached::silent:
        case Reached::closed:
        case Reached::garbled:
            tell(FindingCode::mtaStsNoAnswer, {host_.toString(), file.why});
            return false;
        case Reached::tlsFailed:
            tell(FindingCode::mtaStsWebTlsFailed, {host_.toString(), file.why});
            return false;
        }
        return false;
    }

    static FindingCode codeOf(CertificateFault fault) {
        switch (fault) {
        case CertificateFault::untrusted:
            return FindingCode::mtaStsWebUntrusted;
        case CertificateFault::expired:
            return FindingCode::mtaStsWebExpired;
        case CertificateFault::expiresSoon:
            return FindingCode::mtaStsWebExpiresSoon;
        case CertificateFault::notYetValid:
            return FindingCode::mtaStsWebNotYetValid;
        case CertificateFault::wrongName:
            return FindingCode::mtaStsWebWrongName;
        }
        return FindingCode::mtaStsWebUntrusted;
    }

    void judgeCertificate(const ShownCertificate& shown) {
        for (CertificateProblem& problem : problemsOf(shown, host_)) {
            problem.arguments.insert(problem.arguments.begin(), host_.toString());
            tell(codeOf(problem.fault), std::move(problem.arguments));
        }
    }

    // RFC 8461 section 3.3
    bool isFile(const HttpsSeen& file) {
        if (file.status != 200) {
            const bool redirect = file.status >= 300 && file.status < 400;
            tell(redirect ? FindingCode::mtaStsRedirect : FindingCode::mtaStsStatus,
                 {host_.toString(), std::to_string(file.status)});
            return false;
        }
        if (file.tooLong) {
            tell(FindingCode::mtaStsTooLong, {host_.toString()});
            return false;
        }
        if (file.contentType != "text/plain") {
            tell(FindingCode::mtaStsContentType, {host_.toString(), file.contentType});
        }
        return true;
    }

    void judgePolicy(const mtasts::Policy& policy, const std::optional<mtasts::Record>& record) {
        judgeId(policy, record);
        const std::string age = std::to_string(policy.maxAge.count());
        if (policy.mode == Mode::none) { // Section 8.3
            tell(FindingCode::mtaStsWithdrawn);
            return;
        }
        if (policy.maxAge < std::chrono::days(1)) {
            tell(FindingCode::mtaStsShortMaxAge, {age});
        }
        judgeHosts(policy);
        const std::vector<std::string> unseen = serversNotSeen();
        std::vector<std::string> arguments{std::string(toString(policy.mode)), age};
        if (policy.mode == Mode::testing) {
            tell(FindingCode::mtaStsTesting, {age});
        } else if (isSound_ && unseen.empty()) {
            tell(FindingCode::mtaStsSound, std::move(arguments));
        } else if (isSound_ && !stop_.stop_requested()) {
            arguments.insert(arguments.end(), unseen.begin(), unseen.end());
            tell(FindingCode::mtaStsServersNotSeen, std::move(arguments));
        }
    }

    // Our ids are made from the policy; of others' nothing can be said.
    void judgeId(const mtasts::Policy& policy, const std::optional<mtasts::Record>& record) {
        const std::string id = policyId(policy);
        if (!record || record->id == id || record->id.size() != id.size() ||
            record->id.find_first_not_of("0123456789abcdef") != std::string::npos) {
            return;
        }
        mtasts::Record fresh = *record;
        fresh.id = id;
        tell(FindingCode::mtaStsIdStale, {record->id, id},
             {{name_, RecordType::txt, input_.profile.ttl, fresh.toString()}});
    }

    // Sections 4.1 and 4.2: a sender goes to no host that the policy does not name, and to none without verified TLS.
    void judgeHosts(const mtasts::Policy& policy) {
        const bool enforced = policy.mode == Mode::enforce;
        for (const DomainName& host : mailHosts(answerTo(input_, {input_.profile.domain, RecordType::mx}, stop_))) {
            if (!policy.covers(host)) {
                tell(enforced ? FindingCode::mtaStsMxNotCovered : FindingCode::mtaStsMxNotListed, {host.toString()});
            }
        }
        for (const ProbedServer& server : input_.probes.mailServers(input_, stop_)) {
            std::string failing;
            for (const auto& [address, seen] : server.addresses) {
                if (policy.covers(server.host) && verifiedTls(seen, server.host) == VerifiedTls::no) {
                    failing += (failing.empty() ? "" : ", ") + address.toString();
                }
            }
            if (!failing.empty()) {
                tell(enforced ? FindingCode::mtaStsServerFails : FindingCode::mtaStsServerWouldFail,
                     {server.host.toString(), failing});
            }
        }
    }

    // Of which no address showed whether there is verified TLS.
    [[nodiscard]] std::vector<std::string> serversNotSeen() const {
        const std::vector<ProbedServer>& probed = input_.probes.mailServers(input_, stop_);
        const auto isSeen = [&](const DomainName& host) {
            const auto server = std::ranges::find(probed, host, &ProbedServer::host);
            return server != probed.end() && std::ranges::any_of(server->addresses, [&](const ProbedAddress& address) {
                       return verifiedTls(address.seen, host) != VerifiedTls::unknown;
                   });
        };
        std::vector<DomainName> hosts = mailHosts(answerTo(input_, {input_.profile.domain, RecordType::mx}, stop_));
        if (hosts.empty()) { // RFC 5321 section 5.1
            hosts.push_back(input_.profile.domain);
        }
        std::vector<std::string> unseen;
        for (const DomainName& host : hosts) {
            if (!isSeen(host)) {
                unseen.push_back(host.toString());
            }
        }
        return unseen;
    }

    const CheckInput& input_;
    const FindingSink& sink_;
    const std::stop_token& stop_;
    const DomainName name_; ///< Of the record.
    const DomainName host_; ///< That serves the policy.
    std::vector<ResourceRecord> seen_;
    bool isSound_ = true;
};

} // namespace

void mtaStsCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const auto name = mtasts::recordName(input.profile.domain);
    const auto host = mtasts::policyHost(input.profile.domain);
    if (name && host) { // Else they are too long for the DNS.
        DomainCheck(input, sink, stop, *name, *host).run();
    }
}

} // namespace sealwright
