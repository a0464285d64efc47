#pragma once

#include "checks/checkrunner.h"
#include "support/fakenetwork.h"
#include "support/fakeresolver.h"

#include <algorithm>

/// What all tests of checks start from.
namespace sealwright::test {

// A domain that is set up as Sealwright would have it, apart from its keys.
inline constexpr std::string_view goodZone = R"(
    example.org             SOA   ns1.example.org. hostmaster.example.org. 1 3600 600 86400 300
    example.org             NS    ns1.example.org.
    example.org             NS    ns2.example.org.
    ns1.example.org         A     198.51.100.1
    ns2.example.org         A     198.51.100.2
    example.org             MX    10 mail.example.org.
    mail.example.org        A     198.51.100.25
    mail.example.org        TXT   v=spf1 a -all
    example.org             TXT   v=spf1 mx ~all
    example.org             TXT   some-site-verification=abc
    _dmarc.example.org      TXT   v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org
)";

inline const std::string ourKey(392, 'A'); // as long as the base64 of an RSA-2048 public key

inline Profile exampleProfile() {
    Profile profile(dnsName("example.org"));
    profile.mailHost = dnsName("mail.example.org");
    profile.reportsTo = {defaultReportAddress(profile.domain)};
    return profile;
}

inline SigningKey signingKey(const KeyPair& key) {
    return describe(key, *Selector::parse("s202611"), std::chrono::sys_seconds{});
}

inline std::vector<Finding> check(const Profile& profile, FakeResolver& resolver, std::vector<Area> areas,
                                  std::stop_token stop = {}) {
    std::vector<Finding> findings;
    FakeNetwork network;
    runChecks(
        {profile, resolver, network, areas}, [&findings](Finding finding) { findings.push_back(std::move(finding)); },
        std::move(stop));
    return findings;
}

inline std::vector<FindingCode> codes(const std::vector<Finding>& findings) {
    std::vector<FindingCode> codes;
    std::ranges::transform(findings, std::back_inserter(codes), &Finding::code);
    return codes;
}

inline const Finding* find(const std::vector<Finding>& findings, FindingCode code) {
    const auto found = std::ranges::find(findings, code, &Finding::code);
    return found == findings.end() ? nullptr : &*found;
}

} // namespace sealwright::test
