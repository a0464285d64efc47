#include "dane/tlsa.h"
#include "probeddomain.h"
#include "tls/certificate.h"

namespace sealwright {
namespace {

using namespace test;
using enum FindingCode;
using testing::ElementsAre;

std::string tlsaOf(const TestCertificate& certificate) {
    return dane::forPublicKey(Certificate::parse(certificate.der())->publicKeyDigest())->toString();
}

const TestAuthority& authority() {
    static const TestAuthority made;
    return made;
}

ShownCertificate shown(const TestCertificate& certificate, const TestAuthority& authority) {
    ShownCertificate shown = test::shown(certificate);
    shown.chain.push_back(authority.root().der());
    return shown;
}

const std::string otherKey = "3 1 1 " + std::string(64, 'a');

/// example.org, signed, with a TLSA record.
struct DaneDomain : ProbedDomain {
    DaneDomain() {
        resolver.sign("example.org");
        add(tlsaOf(mailCertificate()));
    }
    void add(const std::string& record) { resolver.add(name + " TLSA " + record); }
    void set(const std::string& record) {
        resolver.remove(name, RecordType::tlsa);
        add(record);
    }

    const std::string name = "_25._tcp.mail.example.org";
};

struct Fault {
    std::string name;
    void (*spoil)(DaneDomain& domain);
    std::vector<FindingCode> codes;

    friend std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }
};

class DaneFault : public testing::TestWithParam<Fault> {};

TEST_P(DaneFault, IsNamed) {
    DaneDomain domain;
    GetParam().spoil(domain);
    EXPECT_EQ(codes(domain.check({Area::dane})), GetParam().codes);
}

const Fault faults[] = {
    {"none", [](DaneDomain& d) { d.resolver.remove(d.name, RecordType::tlsa); }, {daneNone}},
    {"another key", [](DaneDomain& d) { d.set(otherKey); }, {daneMismatch}},
    {"an authority of its own, for another host",
     [](DaneDomain& d) {
         const auto other = TestCertificate::selfSigned({{"other.example.org"}});
         d.server(mailAddress).certificate = shown(other);
         d.set("2" + tlsaOf(other).substr(1));
     },
     {daneAuthorityMismatch}},
    {"an authority that has signed",
     [](DaneDomain& d) {
         d.server(mailAddress).certificate = shown(authority().issue({{"mail.example.org"}}), authority());
         d.set("2" + tlsaOf(authority().root()).substr(1));
     },
     {daneSound}},
    {"an authority that has signed for the domain",
     [](DaneDomain& d) {
         d.server(mailAddress).certificate = shown(authority().issue({{"example.org"}}), authority());
         d.set("2" + tlsaOf(authority().root()).substr(1));
     },
     {daneSound}},
    {"an authority that has signed nothing",
     [](DaneDomain& d) {
         d.server(mailAddress).certificate = shown(mailCertificate(), authority());
         d.set("2" + tlsaOf(authority().root()).substr(1));
     },
     {daneAuthorityMismatch}},
    {"a key of its own, for another host",
     [](DaneDomain& d) {
         const auto other = TestCertificate::selfSigned({{"other.example.org"}});
         d.server(mailAddress).certificate = shown(other);
         d.set(tlsaOf(other));
     },
     {daneSound, daneOnlyOneKey}},
    {"only for web browsers", [](DaneDomain& d) { d.set("1 1 1 " + std::string(64, 'a')); }, {daneUnusable}},
    {"unknown matching type", [](DaneDomain& d) { d.set("3 1 9 " + std::string(64, 'a')); }, {daneUnusable}},
    {"digest cut short", [](DaneDomain& d) { d.set("3 1 1 aabb"); }, {daneUnusable}},
    {"one unusable beside a good one",
     [](DaneDomain& d) { d.add("0 0 1 " + std::string(64, 'a')); },
     {daneSomeUnusable, daneSound, daneOnlyOneKey}},
    {"no STARTTLS",
     [](DaneDomain& d) {
         d.server(mailAddress).offersStartTls = false;
         d.server(mailAddress).startTlsCode = 0;
     },
     {daneNoTls}},
    {"TLS fails", [](DaneDomain& d) { d.server(mailAddress) = notReached(Reached::tlsFailed); }, {daneNoTls}},
    {"server not seen", [](DaneDomain& d) { d.server(mailAddress) = notReached(Reached::nothing); }, {daneNotSeen}},
    {"bogus", [](DaneDomain& d) { d.resolver.fail(d.name, AnswerStatus::bogus, "no signature"); }, {daneDeferred}},
    {"SERVFAIL", [](DaneDomain& d) { d.resolver.fail(d.name, AnswerStatus::serverFailure); }, {daneDeferred}},
    {"silent resolver", [](DaneDomain& d) { d.resolver.fail(d.name, AnswerStatus::timedOut); }, {unknown}},
    {"one key", [](DaneDomain&) {}, {daneSound, daneOnlyOneKey}},
    {"the next key as well", [](DaneDomain& d) { d.add(otherKey); }, {daneSound, daneNextKey}},
    {"one address with another key",
     [](DaneDomain& d) {
         d.resolver.add("mail.example.org AAAA 2001:db8::25");
         d.server(mailAddressV6) = soundServer(TestCertificate::selfSigned({{"mail.example.org"}}));
     },
     {daneMismatch}},
};

INSTANTIATE_TEST_SUITE_P(OfRecords, DaneFault, testing::ValuesIn(faults));

TEST(DaneCheck, CountsForNothingWithoutSignatures) {
    ProbedDomain domain;
    domain.resolver.add("_25._tcp.mail.example.org TLSA " + tlsaOf(mailCertificate()));
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneInsecure));
    domain.resolver.fail("_25._tcp.mail.example.org", AnswerStatus::serverFailure);
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(unknown)); // Nobody asks below unsigned addresses.
}

TEST(DaneCheck, JudgesOnlyTheRecordsOffLine) {
    ProbedDomain domain;
    domain.server(mailAddress) = notReached(Reached::notAsked);
    domain.resolver.add("_25._tcp.mail.example.org TLSA " + otherKey);
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneNotAsked));
    domain.resolver.add("_25._tcp.mail.example.org TLSA 3 1 1 aabb");
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneSomeUnusable, daneNotAsked));
    domain.resolver.remove("_25._tcp.mail.example.org", RecordType::tlsa);
    domain.resolver.add("_25._tcp.mail.example.org TLSA 3 1 1 aabb");
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneUnusable));
}

// RFC 7672 section 2.2.1
TEST(DaneCheck, TellsThatAnUnsignedMxRecordMayLeadElsewhere) {
    ProbedDomain domain;
    domain.resolver.remove("example.org", RecordType::mx);
    domain.resolver.add("example.org MX 10 mx.provider.test.\nmx.provider.test A 198.51.100.25\n"
                        "_25._tcp.mx.provider.test TLSA " +
                        tlsaOf(mailCertificate()));
    domain.resolver.sign("provider.test");
    domain.network.smtp[{dnsName("mx.provider.test"), mailAddress}] = soundServer();
    const auto findings = domain.check({Area::dane});
    ASSERT_THAT(codes(findings), ElementsAre(daneSound, daneOnlyOneKey, daneMxInsecure));
    EXPECT_THAT(find(findings, daneMxInsecure)->arguments, ElementsAre("mx.provider.test"));
    domain.resolver.sign("example.org");
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneSound, daneOnlyOneKey));
}

TEST(DaneCheck, TakesTheDomainsNameOnlyFromASignedMxRecord) {
    ProbedDomain domain;
    domain.resolver.remove("example.org", RecordType::mx);
    domain.resolver.add("example.org MX 10 mx.provider.test.\nmx.provider.test A 198.51.100.25\n"
                        "_25._tcp.mx.provider.test TLSA 2" +
                        tlsaOf(authority().root()).substr(1));
    domain.resolver.sign("provider.test");
    SmtpSeen seen = soundServer();
    seen.certificate = shown(authority().issue({{"example.org"}}), authority());
    domain.network.smtp[{dnsName("mx.provider.test"), mailAddress}] = seen;
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneAuthorityMismatch, daneMxInsecure));
    domain.resolver.sign("example.org");
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneSound));
}

TEST(DaneCheck, GivesTheRecordThatIsMissing) {
    DaneDomain domain;
    domain.set(otherKey);
    const auto findings = domain.check({Area::dane});
    ASSERT_EQ(findings.front().expected.size(), 1);
    domain.add(findings.front().expected.front().value);
    EXPECT_THAT(codes(domain.check({Area::dane})), ElementsAre(daneSound, daneNextKey));
}

} // namespace
} // namespace sealwright
