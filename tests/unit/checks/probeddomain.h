#pragma once

#include "checks/probes.h"
#include "exampledomain.h"
#include "support/testcertificate.h"

#include <gmock/gmock.h>

/// What the tests of mail servers start from.
namespace sealwright::test {

inline const IpAddress mailAddress = *IpAddress::parse("198.51.100.25");
inline const IpAddress mailAddressV6 = *IpAddress::parse("2001:db8::25");

inline std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

inline ShownCertificate shown(const TestCertificate& certificate, std::string untrusted = {}) {
    return {{certificate.der()}, std::move(untrusted), "TLSv1.3", now()};
}

inline const TestCertificate& mailCertificate() {
    static const TestCertificate certificate = TestCertificate::selfSigned({{"mail.example.org"}});
    return certificate;
}

inline SmtpSeen soundServer(const TestCertificate& certificate = mailCertificate()) {
    SmtpSeen seen;
    seen.reached = Reached::done;
    seen.greetingCode = 220;
    seen.greeting = "mail.example.org ESMTP";
    seen.ehloCode = 250;
    seen.ehloName = "mail.example.org";
    seen.offersStartTls = true;
    seen.startTlsCode = 220;
    seen.certificate = shown(certificate);
    return seen;
}

inline SmtpSeen notReached(Reached reached, std::string why = {}) {
    SmtpSeen seen;
    seen.reached = reached;
    seen.why = std::move(why);
    return seen;
}

/// example.org with a mail server and a web server that may be changed before they are looked at.
struct ProbedDomain {
    FakeResolver resolver{goodZone};
    FakeNetwork network;
    Profile profile = exampleProfile();

    ProbedDomain() { server(mailAddress) = soundServer(); }

    SmtpSeen& server(const IpAddress& address) { return network.smtp[{dnsName("mail.example.org"), address}]; }

    [[nodiscard]] std::vector<Finding> check(std::vector<Area> areas, const std::stop_token& stop = {}) {
        std::vector<Finding> findings;
        runChecks(
            {profile, resolver, network, areas},
            [&findings](Finding finding) { findings.push_back(std::move(finding)); }, stop);
        return findings;
    }
};

} // namespace sealwright::test
