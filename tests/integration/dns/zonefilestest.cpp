#include "live/unboundresolver.h"

#include "support/dnsserver.h"
#include "support/program.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::DnsServer;
using test::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view zone = R"($TTL 300
@       IN SOA ns1 hostmaster 1 3600 600 86400 60
        NS     ns1
ns1     A      192.0.2.1
@       MX     10 mail
        TXT    "v=spf1 mx " "-all"
mail    A      192.0.2.2
*.wild  TXT    any
alias   CNAME  mail
out     CNAME  mail.elsewhere.test.
away    NS     ns.away
ns.away A      192.0.2.3
)";

ResolverOptions offline(std::vector<std::filesystem::path> files) {
    ResolverOptions options;
    options.zoneFiles = std::move(files);
    options.offline = true;
    return options;
}

AnswerStatus statusOf(Resolver& resolver, const char* name, RecordType type) {
    return resolver.lookup(dnsName(name), type).status;
}

TEST(ZoneFiles, AnswerLikeTheServerThatWillLoadThem) {
    const TemporaryFolder folder;
    const auto resolver = UnboundResolver::create(offline({folder.write("example.test.zone", zone)})).value();
    const auto shown = [&](const char* name, RecordType type) {
        return presentation(resolver->lookup(dnsName(name), type));
    };
    EXPECT_THAT(shown("example.test", RecordType::txt), ElementsAre("v=spf1 mx -all"));
    EXPECT_THAT(shown("example.test", RecordType::mx), ElementsAre("10 mail.example.test."));
    EXPECT_THAT(shown("example.test", RecordType::ns), ElementsAre("ns1.example.test."));
    EXPECT_THAT(shown("alias.example.test", RecordType::a), ElementsAre("192.0.2.2"));
    EXPECT_THAT(shown("a.b.wild.example.test", RecordType::txt), ElementsAre("any"));
    EXPECT_EQ(statusOf(*resolver, "mail.example.test", RecordType::txt), AnswerStatus::noData);
    EXPECT_EQ(statusOf(*resolver, "wild.example.test", RecordType::txt), AnswerStatus::noData);
    EXPECT_EQ(statusOf(*resolver, "none.example.test", RecordType::txt), AnswerStatus::nxDomain);
    for (const char* outside : {"example.org", "out.example.test", "www.away.example.test", "test"}) {
        EXPECT_EQ(statusOf(*resolver, outside, RecordType::a), AnswerStatus::notAsked) << outside;
    }
    EXPECT_FALSE(resolver->reachesNameServers());
    const std::vector<ServerQuestion> asked{
        {{IpAddress::parse("127.0.0.1").value()}, {dnsName("example.test"), RecordType::a}}};
    EXPECT_EQ(resolver->askServers(asked, {}).at(0).answer.status, AnswerStatus::notAsked);
}

TEST(ZoneFiles, AreReadWhateverTheirPathIsCalled) {
    const TemporaryFolder folder;
    for (const char* name : {"with space", "quote\"d", "apo'strophe", "new\nline", "back\\slash", "$(id)", "ünïcode",
                             "{brace", "#hash", "a: b"}) {
        const auto path = folder.write(name, "$ORIGIN example.test.\n" + std::string(zone));
        const auto resolver = UnboundResolver::create(offline({path}));
        ASSERT_TRUE(resolver) << name;
        EXPECT_EQ(statusOf(**resolver, "mail.example.test", RecordType::a), AnswerStatus::found) << name;
    }
}

TEST(ZoneFiles, CanBeSeveral) {
    const TemporaryFolder folder;
    const auto resolver =
        UnboundResolver::create(offline({folder.write("db.example.test", zone), folder.write("db.elsewhere.test", zone),
                                         folder.write("sub.example.test.db", zone)}))
            .value();
    EXPECT_THAT(presentation(resolver->lookup(dnsName("out.example.test"), RecordType::a)), ElementsAre("192.0.2.2"));
    EXPECT_EQ(statusOf(*resolver, "mail.sub.example.test", RecordType::a), AnswerStatus::found);
}

TEST(ZoneFiles, OfAPartOfAZoneDenyNothing) {
    const TemporaryFolder folder;
    const auto path = folder.write("records", "example.test. 60 IN TXT \"v=spf1 -all\"\n"
                                              "s._domainkey.example.test. CNAME key.example.test.\n"
                                              "key.example.test. TXT ( \"v=DKIM1; \" \"p=\" )\n"
                                              "out.example.test. CNAME www.example.test.\n");
    const auto alone = UnboundResolver::create(offline({path})).value();
    EXPECT_THAT(texts(alone->lookup(dnsName("example.test"), RecordType::txt)), ElementsAre("v=spf1 -all"));
    const Answer key = alone->lookup(dnsName("s._domainkey.example.test"), RecordType::txt);
    EXPECT_THAT(texts(key), ElementsAre("v=DKIM1; p="));
    EXPECT_EQ(key.canonicalName, dnsName("key.example.test"));
    EXPECT_EQ(statusOf(*alone, "example.test", RecordType::mx), AnswerStatus::notAsked);
    EXPECT_EQ(statusOf(*alone, "none.example.test", RecordType::txt), AnswerStatus::notAsked);

    DnsServer server("example.test TXT published\nexample.test MX 10 mail.example.test\nwww.example.test TXT web");
    ResolverOptions options;
    options.zoneFiles = {path};
    options.servers = {server.address()};
    const auto over = UnboundResolver::create(options).value();
    EXPECT_THAT(texts(over->lookup(dnsName("example.test"), RecordType::txt)), ElementsAre("v=spf1 -all"));
    EXPECT_THAT(texts(over->lookup(dnsName("out.example.test"), RecordType::txt)), ElementsAre("web"));
    EXPECT_EQ(statusOf(*over, "example.test", RecordType::mx), AnswerStatus::found);
    EXPECT_EQ(statusOf(*over, "none.example.test", RecordType::txt), AnswerStatus::nxDomain);
    EXPECT_FALSE(over->reachesNameServers());
}

TEST(ZoneFiles, StandBeforeTheDnsForTheirZoneOnly) {
    DnsServer server("example.test TXT published\nelsewhere.test TXT e\nmail.elsewhere.test A 192.0.2.9");
    const TemporaryFolder folder;
    ResolverOptions options;
    options.zoneFiles = {folder.write("example.test", zone)};
    options.servers = {server.address()};
    const auto resolver = UnboundResolver::create(options).value();
    EXPECT_THAT(texts(resolver->lookup(dnsName("example.test"), RecordType::txt)), ElementsAre("v=spf1 mx -all"));
    EXPECT_THAT(texts(resolver->lookup(dnsName("elsewhere.test"), RecordType::txt)), ElementsAre("e"));
    EXPECT_THAT(presentation(resolver->lookup(dnsName("out.example.test"), RecordType::a)), ElementsAre("192.0.2.9"));
    for (const auto& query : server.queries()) {
        EXPECT_FALSE(query.question.name.isAtOrBelow(dnsName("example.test")));
    }
}

TEST(ZoneFiles, SurviveTenMegabytesOfText) {
    const TemporaryFolder folder;
    std::string text = "$ORIGIN example.test.\n" + std::string(zone);
    for (int i = 0; i < 40'000; ++i) {
        text +=
            "big" + (i < 240 ? "" : std::to_string(i)) + " TXT \"" + std::to_string(i) + std::string(245, 'x') + "\"\n";
    }
    const auto resolver = UnboundResolver::create(offline({folder.write("big", text)})).value();
    EXPECT_EQ(statusOf(*resolver, "big39999.example.test", RecordType::txt), AnswerStatus::found);
    EXPECT_EQ(texts(resolver->lookup(dnsName("big.example.test"), RecordType::txt)).size(), 240U);
}

TEST(ZoneFiles, ThatAreNoneAreNamedWithLineAndWords) {
    const TemporaryFolder folder;
    const struct {
        const char* name;
        std::string text;
        ResolverError code;
        std::size_t line;
        const char* words;
    } table[] = {
        {"empty", "", ResolverError::badZoneFile, 0, ""},
        {"comment", "; nothing\n", ResolverError::badZoneFile, 0, ""},
        {"letter", "Dear admin,\nplease find attached\n", ResolverError::zoneNameUnknown, 1, ":1: Dear"},
        {"binary", std::string("\x7f\x45LF\0\0\0\1\2", 9), ResolverError::zoneNameUnknown, 1, ": "},
        {"example.test", "@ SOA a b 1 2 3 4 5\nw A 192.0.2.256\n", ResolverError::badZoneFile, 2, ":2: 192.0.2.256"},
        {"example.test.zone", "@ SOA a b 1 2 3 4 5\n@ TXT \"open\n", ResolverError::badZoneFile, 2, ":2: open"},
        {"db.example.test", "@ SOA a b 1 2 3 4 5\n@ SRV what\n", ResolverError::badZoneFile, 0, ""},
        {"zone", "\n@ SOA a b 1 2 3 4 5\n", ResolverError::zoneNameUnknown, 2, ":2: @"},
        {"include", "$INCLUDE /etc/passwd\n", ResolverError::badZoneFile, 1, "$INCLUDE"},
    };
    for (const auto& [name, text, code, line, words] : table) {
        const auto path = folder.write(name, text);
        const auto resolver = UnboundResolver::create(offline({path}));
        ASSERT_FALSE(resolver) << name;
        EXPECT_EQ(resolver.error().code, code) << name << ": " << resolver.error().what;
        EXPECT_EQ(resolver.error().where, line) << name;
        EXPECT_THAT(resolver.error().what, testing::AllOf(testing::StartsWith(path.string()), HasSubstr(words)));
    }
    for (const char* path : {"/nonexistent/zone", "/dev/zero", "/dev/tty", "/", ""}) {
        const auto resolver = UnboundResolver::create(offline({path}));
        ASSERT_FALSE(resolver) << path;
        EXPECT_EQ(resolver.error().code, ResolverError::unreadableFile);
    }
}

TEST(ZoneFiles, LeaveNothingBehind) {
    const TemporaryFolder folder;
    const auto temporary = folder.path() / "t m\\p'";
    std::filesystem::create_directory(temporary);
    setenv("TMPDIR", temporary.c_str(), 1);
    const auto resolver = UnboundResolver::create(offline({folder.write("example.test", zone)})).value();
    EXPECT_TRUE(std::filesystem::is_empty(temporary));
    EXPECT_EQ(statusOf(*resolver, "mail.example.test", RecordType::a), AnswerStatus::found);
    unsetenv("TMPDIR");
}

} // namespace
} // namespace sealwright
