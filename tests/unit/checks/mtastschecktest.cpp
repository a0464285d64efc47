#include "probeddomain.h"

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using namespace test;
using enum FindingCode;
using testing::ElementsAre;

constexpr std::string_view policyUrl = "https://mta-sts.example.org/.well-known/mta-sts.txt";

/// example.org with MTA-STS as it should be.
struct StsDomain : ProbedDomain {
    StsDomain() {
        resolver.add("_mta-sts.example.org TXT v=STSv1; id=20260101;\n"
                     "mta-sts.example.org A 198.51.100.80");
        file().reached = Reached::done;
        file().status = 200;
        file().contentType = "text/plain";
        file().body = policy("enforce");
        file().certificate = shown(TestCertificate::selfSigned({{"mta-sts.example.org"}}));
    }

    [[nodiscard]] static std::string policy(const std::string& mode, const std::string& mx = "mail.example.org",
                                            const std::string& maxAge = "2592000") {
        return "version: STSv1\r\nmode: " + mode + "\r\nmx: " + mx + "\r\nmax_age: " + maxAge + "\r\n";
    }
    HttpsSeen& file() { return network.files[std::string(policyUrl)]; }
    void setRecord(const std::string& text) {
        resolver.remove("_mta-sts.example.org", RecordType::txt);
        resolver.add("_mta-sts.example.org TXT " + text);
    }
};

struct Fault {
    std::string name;
    void (*spoil)(StsDomain& domain);
    FindingCode code;
    std::vector<std::string> arguments;

    friend std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }
};

class MtaStsFault : public testing::TestWithParam<Fault> {};

TEST_P(MtaStsFault, IsNamed) {
    StsDomain domain;
    GetParam().spoil(domain);
    const auto findings = domain.check({Area::mtaSts});
    ASSERT_THAT(codes(findings), ElementsAre(GetParam().code));
    EXPECT_EQ(findings.front().arguments, GetParam().arguments);
}

const std::string web = "mta-sts.example.org";

template <Reached reached>
void reach(StsDomain& domain) {
    domain.file() = {};
    domain.file().reached = reached;
    domain.file().why = "why";
}

const Fault faults[] = {
    {"none",
     [](StsDomain& d) {
         d.resolver.remove("_mta-sts.example.org", RecordType::txt);
         d.resolver.remove("mta-sts.example.org", RecordType::a);
     },
     mtaStsNone,
     {}},
    {"policy without record",
     [](StsDomain& d) { d.resolver.remove("_mta-sts.example.org", RecordType::txt); },
     mtaStsPolicyAlone,
     {web}},
    {"web server without policy and no record",
     [](StsDomain& d) {
         d.resolver.remove("_mta-sts.example.org", RecordType::txt);
         d.file().status = 404;
     },
     mtaStsNone,
     {}},
    {"two records",
     [](StsDomain& d) { d.resolver.add("_mta-sts.example.org TXT v=STSv1; id=2;"); },
     mtaStsSeveral,
     {"2"}},
    {"record without id", [](StsDomain& d) { d.setRecord("v=STSv1; i=1;"); }, mtaStsBroken, {"v=STSv1; i=1;"}},
    {"bad id", [](StsDomain& d) { d.setRecord("v=STSv1; id=2026-01-01;"); }, mtaStsBroken, {"2026-01-01"}},
    {"small letters", [](StsDomain& d) { d.setRecord("v=stsv1; id=1;"); }, mtaStsBroken, {"v=stsv1; id=1;"}},
    {"no address", [](StsDomain& d) { d.resolver.remove(web, RecordType::a); }, mtaStsHostMissing, {web}},
    {"private addresses",
     [](StsDomain& d) {
         d.resolver.remove(web, RecordType::a);
         d.resolver.add(web + " A 192.168.1.5\n" + web + " AAAA ::1");
     },
     mtaStsHostPrivate,
     {web, "192.168.1.5", "::1"}},
    {"DNS silent",
     [](StsDomain& d) { d.resolver.fail("_mta-sts.example.org", AnswerStatus::timedOut); },
     unknown,
     {"_mta-sts.example.org TXT", ""}},
    {"unreachable", reach<Reached::nothing>, mtaStsUnreachable, {web, "why"}},
    {"no way", reach<Reached::noRoute>, mtaStsUnreachable, {web, "why"}},
    {"off line", reach<Reached::notAsked>, mtaStsNotAsked, {web}},
    {"refused", reach<Reached::refused>, mtaStsRefused, {web}},
    {"silent", reach<Reached::silent>, mtaStsNoAnswer, {web, "why"}},
    {"closed", reach<Reached::closed>, mtaStsNoAnswer, {web, "why"}},
    {"no HTTP", reach<Reached::garbled>, mtaStsNoAnswer, {web, "why"}},
    {"no TLS", reach<Reached::tlsFailed>, mtaStsWebTlsFailed, {web, "why"}},
    {"untrusted web server",
     [](StsDomain& d) { d.file().certificate.untrusted = "self-signed certificate"; },
     mtaStsWebUntrusted,
     {web, "self-signed certificate", web}},
    {"another name",
     [](StsDomain& d) { d.file().certificate = shown(TestCertificate::selfSigned({{"example.org"}})); },
     mtaStsWebWrongName,
     {web, "example.org"}},
    {"404", [](StsDomain& d) { d.file().status = 404; }, mtaStsStatus, {web, "404"}},
    {"redirect", [](StsDomain& d) { d.file().status = 301; }, mtaStsRedirect, {web, "301"}},
    {"HTML", [](StsDomain& d) { d.file().contentType = "text/html"; }, mtaStsContentType, {web, "text/html"}},
    {"too long", [](StsDomain& d) { d.file().tooLong = true; }, mtaStsTooLong, {web}},
    {"no policy", [](StsDomain& d) { d.file().body = "<html>\n"; }, mtaStsPolicyBroken, {web, "1", "<html>"}},
    {"no mode",
     [](StsDomain& d) { d.file().body = "version: STSv1\nmx: mail.example.org\nmax_age: 86400\n"; },
     mtaStsPolicyLacks,
     {web, "mode:"}},
    {"no max_age",
     [](StsDomain& d) { d.file().body = "version: STSv1\nmx: mail.example.org\nmode: enforce\n"; },
     mtaStsPolicyLacks,
     {web, "max_age:"}},
    {"another MX",
     [](StsDomain& d) { d.file().body = d.policy("enforce", "mx.provider.test"); },
     mtaStsMxNotCovered,
     {"mail.example.org"}},
    {"wildcard that is too short",
     [](StsDomain& d) { d.file().body = d.policy("enforce", "*.org"); },
     mtaStsMxNotCovered,
     {"mail.example.org"}},
    {"short max_age",
     [](StsDomain& d) { d.file().body = d.policy("enforce", "mail.example.org", "3600"); },
     mtaStsShortMaxAge,
     {"3600"}},
    {"testing", [](StsDomain& d) { d.file().body = d.policy("testing"); }, mtaStsTesting, {"2592000"}},
    {"none", [](StsDomain& d) { d.file().body = d.policy("none"); }, mtaStsWithdrawn, {}},
    {"self-signed mail server",
     [](StsDomain& d) { d.server(mailAddress).certificate.untrusted = "self-signed"; },
     mtaStsServerFails,
     {"mail.example.org", "198.51.100.25"}},
    {"mail server of another name",
     [](StsDomain& d) { d.server(mailAddress) = soundServer(TestCertificate::selfSigned({{"example.org"}})); },
     mtaStsServerFails,
     {"mail.example.org", "198.51.100.25"}},
    {"expired mail server",
     [](StsDomain& d) {
         d.server(mailAddress) = soundServer(TestCertificate::selfSigned({{"mail.example.org"}, -240h, -24h}));
     },
     mtaStsServerFails,
     {"mail.example.org", "198.51.100.25"}},
    {"mail server without STARTTLS",
     [](StsDomain& d) {
         d.server(mailAddress).offersStartTls = false;
         d.server(mailAddress).startTlsCode = 0;
     },
     mtaStsServerFails,
     {"mail.example.org", "198.51.100.25"}},
    {"mail server with broken TLS",
     [](StsDomain& d) { d.server(mailAddress) = notReached(Reached::tlsFailed); },
     mtaStsServerFails,
     {"mail.example.org", "198.51.100.25"}},
    {"sound", [](StsDomain&) {}, mtaStsSound, {"enforce", "2592000"}},
    {"sound, by a wildcard",
     [](StsDomain& d) { d.file().body = d.policy("enforce", "*.example.org"); },
     mtaStsSound,
     {"enforce", "2592000"}},
    {"mail server that can't be reached from here",
     [](StsDomain& d) { d.server(mailAddress) = notReached(Reached::nothing); },
     mtaStsServersNotSeen,
     {"enforce", "2592000", "mail.example.org"}},
    {"mail server that lets us wait",
     [](StsDomain& d) { d.server(mailAddress) = notReached(Reached::silent); },
     mtaStsServersNotSeen,
     {"enforce", "2592000", "mail.example.org"}},
    {"one of two mail servers not seen",
     [](StsDomain& d) {
         d.resolver.add("example.org MX 20 b.example.org.\nb.example.org A 198.51.100.26");
         d.file().body = d.policy("enforce", "*.example.org");
     },
     mtaStsServersNotSeen,
     {"enforce", "2592000", "b.example.org"}},
    {"one of two addresses not seen",
     [](StsDomain& d) { d.resolver.add("mail.example.org AAAA 2001:db8::25"); },
     mtaStsSound,
     {"enforce", "2592000"}},
    {"no MX record",
     [](StsDomain& d) { d.resolver.remove("example.org", RecordType::mx); },
     mtaStsServersNotSeen,
     {"enforce", "2592000", "example.org"}},
};

INSTANTIATE_TEST_SUITE_P(OfPolicies, MtaStsFault, testing::ValuesIn(faults));

TEST(MtaStsCheck, OnlyWarnsWhileTheModeIsTesting) {
    StsDomain domain;
    domain.file().body = domain.policy("testing", "mx.provider.test");
    EXPECT_THAT(codes(domain.check({Area::mtaSts})), ElementsAre(mtaStsMxNotListed, mtaStsTesting));
    domain.file().body = domain.policy("testing");
    domain.server(mailAddress).certificate.untrusted = "self-signed";
    EXPECT_THAT(codes(domain.check({Area::mtaSts})), ElementsAre(mtaStsServerWouldFail, mtaStsTesting));
}

TEST(MtaStsCheck, AsksAtTheInternetsAddressesOnly) {
    StsDomain domain;
    domain.resolver.add(web + " A 10.0.0.1");
    EXPECT_THAT(codes(domain.check({Area::mtaSts})), ElementsAre(mtaStsSound));
    EXPECT_THAT(domain.network.fetchedAt, ElementsAre(*IpAddress::parse("198.51.100.80")));
    domain.resolver.remove("_mta-sts.example.org", RecordType::txt);
    domain.resolver.remove(web, RecordType::a);
    domain.resolver.add(web + " A 10.0.0.1");
    EXPECT_THAT(codes(domain.check({Area::mtaSts})), ElementsAre(mtaStsNone));
}

TEST(MtaStsCheck, SeesThatOurIdWasNotRenewed) {
    StsDomain domain;
    domain.setRecord("v=STSv1; id=0123456789abcdef0123;");
    const auto findings = domain.check({Area::mtaSts});
    ASSERT_THAT(codes(findings), ElementsAre(mtaStsIdStale));
    domain.setRecord(findings.front().expected.front().value);
    EXPECT_THAT(codes(domain.check({Area::mtaSts})), ElementsAre(mtaStsSound));
}

TEST(MtaStsCheck, GivesThePlannedRecord) {
    StsDomain domain;
    domain.resolver.remove("_mta-sts.example.org", RecordType::txt);
    domain.profile.mtaSts = mtaStsOf(mtasts::Mode::enforce);
    const auto findings = domain.check({Area::mtaSts});
    ASSERT_THAT(codes(findings), ElementsAre(mtaStsMissing));
    domain.resolver.add(findings.front().expected.front());
    domain.file().body =
        domain.policy("enforce", "mail.example.org", std::to_string(domain.profile.mtaSts->maxAge.count()));
    EXPECT_THAT(codes(domain.check({Area::mtaSts})), ElementsAre(mtaStsSound));
}

} // namespace
} // namespace sealwright
