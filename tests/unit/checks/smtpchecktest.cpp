#include "probeddomain.h"

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using namespace test;
using enum FindingCode;
using testing::ElementsAre;
using testing::IsEmpty;

struct Fault {
    std::string name;
    void (*spoil)(SmtpSeen& seen);
    FindingCode code;
    std::vector<std::string> details;

    friend std::ostream& operator<<(std::ostream& out, const Fault& fault) { return out << fault.name; }
};

class SmtpFault : public testing::TestWithParam<Fault> {};

TEST_P(SmtpFault, IsNamed) {
    ProbedDomain domain;
    GetParam().spoil(domain.server(mailAddress));
    const auto findings = domain.check({Area::smtp});
    ASSERT_THAT(codes(findings), ElementsAre(GetParam().code));
    std::vector<std::string> expected{"mail.example.org", "198.51.100.25"};
    expected.insert(expected.end(), GetParam().details.begin(), GetParam().details.end());
    EXPECT_EQ(findings.front().arguments, expected);
    EXPECT_EQ(findings.front().subject, dnsName("mail.example.org"));
}

void show(SmtpSeen& seen, const CertificateWish& wish) {
    seen.certificate = shown(TestCertificate::selfSigned(wish));
}

std::string dateIn(std::chrono::hours hours) {
    return dateOf(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() + hours));
}

const Fault faults[] = {
    {"port 25 is closed",
     [](SmtpSeen& seen) { seen = notReached(Reached::nothing, "Connection timed out"); },
     smtpUnreachable,
     {"Connection timed out"}},
    {"no network", [](SmtpSeen& seen) { seen = notReached(Reached::noRoute, "no way"); }, smtpUnreachable, {"no way"}},
    {"no server", [](SmtpSeen& seen) { seen = notReached(Reached::refused); }, smtpAllRefused, {}},
    {"silent", [](SmtpSeen& seen) { seen = notReached(Reached::silent); }, smtpSilent, {}},
    {"hangs up", [](SmtpSeen& seen) { seen = notReached(Reached::closed, "reset"); }, smtpClosed, {"reset"}},
    {"another protocol",
     [](SmtpSeen& seen) { seen = notReached(Reached::garbled, "SSH-2.0"); },
     smtpGarbled,
     {"SSH-2.0"}},
    {"greets with 554",
     [](SmtpSeen& seen) {
         seen = notReached(Reached::done);
         seen.greetingCode = 554;
         seen.greeting = "go away";
     },
     smtpNotGreeted,
     {"554 go away"}},
    {"refuses EHLO",
     [](SmtpSeen& seen) {
         seen.ehloCode = 550;
         seen.offersStartTls = false;
     },
     smtpEhloRefused,
     {"550"}},
    {"no STARTTLS",
     [](SmtpSeen& seen) {
         seen.offersStartTls = false;
         seen.startTlsCode = 0;
     },
     smtpNoStartTls,
     {}},
    {"STARTTLS refused", [](SmtpSeen& seen) { seen.startTlsCode = 454; }, smtpStartTlsRefused, {"454"}},
    {"TLS fails",
     [](SmtpSeen& seen) { seen = notReached(Reached::tlsFailed, "no cipher"); },
     smtpTlsFailed,
     {"no cipher"}},
    {"TLS 1.0", [](SmtpSeen& seen) { seen.certificate.tlsVersion = "TLSv1"; }, smtpOldTls, {"TLSv1"}},
    {"TLS 1.1", [](SmtpSeen& seen) { seen.certificate.tlsVersion = "TLSv1.1"; }, smtpOldTls, {"TLSv1.1"}},
    {"self-signed",
     [](SmtpSeen& seen) { seen.certificate.untrusted = "self-signed certificate"; },
     smtpUntrusted,
     {"self-signed certificate", "mail.example.org"}},
    {"expired",
     [](SmtpSeen& seen) {
         show(seen, {{"mail.example.org"}, -240h, -48h});
     },
     smtpExpired,
     {dateIn(-48h)}},
    {"expires soon",
     [](SmtpSeen& seen) {
         show(seen, {{"mail.example.org"}, -77 * 24h, 13 * 24h});
     },
     smtpExpiresSoon,
     {dateIn(13 * 24h)}},
    {"lives for six days, as some do",
     [](SmtpSeen& seen) {
         show(seen, {{"mail.example.org"}, -48h, 4 * 24h});
     },
     smtpSound,
     {"TLSv1.3"}},
    {"not yet valid",
     [](SmtpSeen& seen) {
         show(seen, {{"mail.example.org"}, 48h, 30 * 24h});
     },
     smtpNotYetValid,
     {dateIn(48h)}},
    {"other name",
     [](SmtpSeen& seen) {
         show(seen, {{"www.example.org", "example.org"}});
     },
     smtpWrongName,
     {"www.example.org, example.org"}},
    {"no certificate at all", [](SmtpSeen& seen) { seen.certificate.chain = {"garbage"}; }, smtpUntrusted, {"", ""}},
};

INSTANTIATE_TEST_SUITE_P(OfServers, SmtpFault, testing::ValuesIn(faults));

TEST(SmtpCheck, FindsNothingWrongWithASoundServer) {
    ProbedDomain domain;
    const auto findings = domain.check({Area::smtp});
    ASSERT_THAT(codes(findings), ElementsAre(smtpSound));
    EXPECT_THAT(findings.front().arguments, ElementsAre("mail.example.org", "198.51.100.25", "TLSv1.3"));
}

TEST(SmtpCheck, TellsOfNamesBesideTheRest) {
    ProbedDomain domain;
    domain.server(mailAddress).ehloName = "box.provider.test";
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpOtherName, smtpSound));
    domain.server(mailAddress).ehloName = "[198.51.100.25]";
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpOtherName, smtpSound));
    domain.server(mailAddress).ehloName = "localhost";
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpBadName, smtpSound));
}

TEST(SmtpCheck, SaysOnceWhatIsTheSameAtSeveralAddresses) {
    ProbedDomain domain;
    domain.resolver.add("mail.example.org AAAA 2001:db8::25");
    domain.server(mailAddressV6) = soundServer();
    const auto findings = domain.check({Area::smtp});
    ASSERT_THAT(codes(findings), ElementsAre(smtpSound));
    EXPECT_EQ(findings.front().arguments[1], "198.51.100.25, 2001:db8::25");
}

TEST(SmtpCheck, NamesTheAddressThatDoesNotAnswer) {
    ProbedDomain domain;
    domain.resolver.add("mail.example.org AAAA 2001:db8::25");
    domain.server(mailAddressV6) = notReached(Reached::nothing);
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpSound, smtpAddressUnreachable));
    domain.server(mailAddressV6) = notReached(Reached::noRoute);
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpSound, smtpNoRoute));
}

TEST(SmtpCheck, AsksNobodyWhereThereIsNobodyToAsk) {
    ProbedDomain domain;
    domain.resolver.remove("example.org", RecordType::mx);
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpNotAsked));
    domain.resolver.add("example.org MX 0 .");
    EXPECT_THAT(codes(domain.check({Area::smtp})), ElementsAre(smtpNotAsked));
}

TEST(SmtpCheck, SaysNothingMoreWhenItIsStopped) {
    ProbedDomain domain;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(domain.check({Area::smtp, Area::dane, Area::mtaSts}, stop.get_token()), IsEmpty());
}

class CountingNetwork final : public Network {
public:
    explicit CountingNetwork(Network& behind) : behind_(behind) {}
    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                                  const std::stop_token& stop) override {
        ++calls;
        asked += targets.size();
        return behind_.probeSmtp(targets, helo, stop);
    }
    [[nodiscard]] HttpsSeen fetch(const HttpsTarget& target, const std::stop_token& stop) override {
        return behind_.fetch(target, stop);
    }

    std::atomic<int> calls = 0;
    std::atomic<std::size_t> asked = 0;

private:
    Network& behind_;
};

TEST(SmtpCheck, BothersEachServerOnceARunAndNotTooMany) {
    ProbedDomain domain;
    for (int i = 0; i < 40; ++i) {
        const std::string host = "m" + std::to_string(i) + ".example.org";
        domain.resolver.add("example.org MX 20 " + host + ".");
        for (int j = 0; j < 6; ++j) {
            domain.resolver.add(host + " A 198.51.100." + std::to_string(j));
        }
    }
    CountingNetwork counting(domain.network);
    const Area areas[] = {Area::smtp, Area::dane, Area::mtaSts};
    runChecks({domain.profile, domain.resolver, counting, areas}, [](const Finding&) {}, {});
    EXPECT_EQ(counting.calls, 1);
    EXPECT_EQ(counting.asked, 1 + 9 * 4);
}

} // namespace
} // namespace sealwright
