#include "checks/servercertificate.h"

#include "checks/finding.h"
#include "tls/certificate.h"

#include <algorithm>

namespace sealwright {
namespace {

// Renewals come at two thirds of a certificate's time as a rule; what lives for years is looked at two weeks ahead.
std::chrono::seconds soon(const Certificate& certificate) {
    constexpr std::chrono::seconds twoWeeks = std::chrono::days(14);
    return std::min(twoWeeks, (certificate.notAfter() - certificate.notBefore()) / 4);
}

constexpr std::size_t mostNames = 5;
std::string namesOf(const Certificate& certificate) {
    std::string text;
    for (std::size_t i = 0; i < std::min(certificate.names().size(), mostNames); ++i) {
        text += (i == 0 ? "" : ", ") + certificate.names()[i];
    }
    return certificate.names().size() > mostNames ? text + ", …" : text;
}

} // namespace

std::vector<CertificateProblem> problemsOf(const ShownCertificate& shown, const DomainName& host) {
    const auto certificate = Certificate::parse(shown.chain.empty() ? std::string() : shown.chain.front());
    if (!certificate) {
        return {{CertificateFault::untrusted, {shown.untrusted, {}}}};
    }
    std::vector<CertificateProblem> problems;
    if (!shown.untrusted.empty()) {
        problems.push_back({CertificateFault::untrusted, {shown.untrusted, certificate->issuer()}});
    }
    if (certificate->notAfter() < shown.when) {
        problems.push_back({CertificateFault::expired, {dateOf(certificate->notAfter())}});
    } else if (certificate->notAfter() < shown.when + soon(*certificate)) {
        problems.push_back({CertificateFault::expiresSoon, {dateOf(certificate->notAfter())}});
    } else if (certificate->notBefore() > shown.when) {
        problems.push_back({CertificateFault::notYetValid, {dateOf(certificate->notBefore())}});
    }
    if (!certificate->isFor(host)) {
        problems.push_back({CertificateFault::wrongName, {namesOf(*certificate)}});
    }
    return problems;
}

bool lacksTls(const SmtpSeen& seen) {
    const bool talked = seen.reached == Reached::done && seen.greetingCode == smtpReady && seen.ehloCode == smtpOk;
    return seen.reached == Reached::tlsFailed || (talked && seen.startTlsCode != smtpReady);
}

VerifiedTls verifiedTls(const SmtpSeen& seen, const DomainName& host) {
    if (lacksTls(seen)) {
        return VerifiedTls::no;
    }
    if (seen.certificate.chain.empty()) {
        return VerifiedTls::unknown;
    }
    const bool sound = std::ranges::all_of(problemsOf(seen.certificate, host), [](const CertificateProblem& problem) {
        return problem.fault == CertificateFault::expiresSoon;
    });
    return sound ? VerifiedTls::yes : VerifiedTls::no;
}

} // namespace sealwright
