#include "exampledomain.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace test;

struct Lacking {
    std::string name;
    Area area;
    Question record;
    FindingCode missing; ///< What is said where nobody has it.

    friend std::ostream& operator<<(std::ostream& out, const Lacking& lacking) { return out << lacking.name; }
};

const std::string sound = std::string(goodZone) + R"(
    _mta-sts.example.org         TXT  v=STSv1; id=20260101;
    mta-sts.example.org          A    198.51.100.80
    _smtp._tls.example.org       TXT  v=TLSRPTv1; rua=mailto:tls@example.org
    _25._tcp.mail.example.org    TLSA 3 1 1 )" +
                          std::string(64, 'a') + '\n';

Profile wholeProfile() {
    Profile profile = exampleProfile();
    profile.mtaSts = mtaStsOf(mtasts::Mode::enforce);
    profile.tlsReportsTo = {*EmailAddress::parse("tls@example.org")};
    profile.certificateKeys = {std::string(64, 'a')};
    return profile;
}

class Everywhere : public testing::TestWithParam<Lacking> {
protected:
    Everywhere() {
        resolver.remove(record.name.toString(), record.type);
        for (const char* address : servers) {
            resolver.serverAt(address).add(sound);
        }
    }

    void takeFrom(const char* address) { resolver.serverAt(address).remove(record.name.toString(), record.type); }

    const Question record = GetParam().record;
    static constexpr const char* servers[] = {"198.51.100.1", "198.51.100.2"};
    FakeResolver resolver{sound};
};

TEST_P(Everywhere, WhatOneServerLacksIsNotMissing) {
    takeFrom(servers[1]);
    const auto findings = check(wholeProfile(), resolver, {GetParam().area});
    EXPECT_EQ(find(findings, GetParam().missing), nullptr);
    const Finding* told = find(findings, FindingCode::notEverywhere);
    ASSERT_NE(told, nullptr) << testing::PrintToString(codes(findings));
    EXPECT_EQ(told->subject, record.name);
    EXPECT_EQ(told->arguments.back(), "ns2.example.org (198.51.100.2)");
    EXPECT_EQ(told->expected.size(), 1U);
    EXPECT_EQ(told->seen.size(), 1U);
}

TEST_P(Everywhere, WhatAllServersHaveIsOnlyNotYetSeen) {
    const auto findings = check(wholeProfile(), resolver, {GetParam().area});
    EXPECT_EQ(find(findings, GetParam().missing), nullptr);
    EXPECT_EQ(find(findings, FindingCode::notEverywhere), nullptr);
    const Finding* told = find(findings, FindingCode::notYetSeen);
    ASSERT_NE(told, nullptr) << testing::PrintToString(codes(findings));
    EXPECT_EQ(told->subject, record.name);
}

TEST_P(Everywhere, WhatAllServersLackIsMissing) {
    takeFrom(servers[0]);
    takeFrom(servers[1]);
    const auto findings = check(wholeProfile(), resolver, {GetParam().area});
    EXPECT_NE(find(findings, GetParam().missing), nullptr);
    EXPECT_EQ(find(findings, FindingCode::notEverywhere), nullptr);
}

TEST_P(Everywhere, WhatTheServersAreNotAskedForIsMissing) {
    takeFrom(servers[1]);
    resolver.intercept();
    const auto findings = check(wholeProfile(), resolver, {GetParam().area});
    EXPECT_NE(find(findings, GetParam().missing), nullptr);
    EXPECT_EQ(find(findings, FindingCode::notEverywhere), nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Of, Everywhere,
    testing::Values(
        Lacking{"mx", Area::mx, {dnsName("example.org"), RecordType::mx}, FindingCode::mxMissing},
        Lacking{"spf", Area::spf, {dnsName("example.org"), RecordType::txt}, FindingCode::spfMissing},
        Lacking{"host", Area::spf, {dnsName("mail.example.org"), RecordType::txt}, FindingCode::spfHostMissing},
        Lacking{"dmarc", Area::dmarc, {dnsName("_dmarc.example.org"), RecordType::txt}, FindingCode::dmarcMissing},
        Lacking{"sts", Area::mtaSts, {dnsName("_mta-sts.example.org"), RecordType::txt}, FindingCode::mtaStsMissing},
        Lacking{"rpt", Area::tlsRpt, {dnsName("_smtp._tls.example.org"), RecordType::txt}, FindingCode::tlsRptMissing},
        Lacking{
            "tlsa", Area::dane, {dnsName("_25._tcp.mail.example.org"), RecordType::tlsa}, FindingCode::daneMissing}),
    testing::PrintToStringParamName());

} // namespace
} // namespace sealwright
