#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright::test {
namespace {

using testing::ElementsAre;

TEST(FakeResolver, AnswersAsTheDnsWould) {
    FakeResolver resolver(R"(
        ; a comment
        example.org         3600 IN MX    10 mail.example.org.
        a.b.example.org     TXT   v=spf1 mx -all
        www.example.org     CNAME a.b.example.org
        loop.example.org    CNAME loop.example.org
    )");
    const auto status = [&](const char* name, RecordType type) { return resolver.lookup(dnsName(name), type).status; };
    EXPECT_EQ(status("example.org", RecordType::mx), AnswerStatus::found);
    EXPECT_EQ(status("example.org", RecordType::txt), AnswerStatus::noData);
    EXPECT_EQ(status("b.example.org", RecordType::txt), AnswerStatus::noData);
    EXPECT_EQ(status("c.example.org", RecordType::txt), AnswerStatus::nxDomain);
    EXPECT_EQ(status("loop.example.org", RecordType::txt), AnswerStatus::serverFailure);
    const Answer alias = resolver.lookup(dnsName("www.example.org"), RecordType::txt);
    EXPECT_THAT(texts(alias), ElementsAre("v=spf1 mx -all"));
    EXPECT_EQ(alias.canonicalName, dnsName("a.b.example.org"));
    EXPECT_EQ(resolver.rounds(), 6);
    EXPECT_TRUE(resolver.wasAsked("c.example.org", RecordType::txt));
}

TEST(FakeResolver, HonoursAStopFirst) {
    FakeResolver resolver("example.org A 192.0.2.1");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(resolver.lookup(dnsName("example.org"), RecordType::a, stop.get_token()).status, AnswerStatus::cancelled);
}

TEST(FakeResolver, LetsEachNameServerSaySomethingElse) {
    FakeResolver resolver("k.example.org TXT new");
    resolver.serverAt("192.0.2.2").add("k.example.org TXT old");
    resolver.failServer("192.0.2.3", AnswerStatus::timedOut);
    std::vector<ServerQuestion> questions;
    for (const char* address : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
        questions.push_back({{IpAddress::parse(address).value()}, {dnsName("k.example.org"), RecordType::txt}});
    }
    const auto replies = resolver.askServers(questions, {});
    EXPECT_THAT(texts(replies.at(0).answer), ElementsAre("new"));
    EXPECT_THAT(texts(replies.at(1).answer), ElementsAre("old"));
    EXPECT_EQ(replies.at(2).answer.status, AnswerStatus::timedOut);
}

} // namespace
} // namespace sealwright::test
