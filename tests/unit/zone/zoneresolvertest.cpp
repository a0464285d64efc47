#include "zone/zoneresolver.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;

TEST(ZoneResolver, AnswersItsZoneFromTheFileAndAsksForAllElse) {
    test::FakeResolver world("example.org TXT v=spf1 -all\nother.example TXT there\nsub.example.org TXT theirs\n");
    const auto zone = readZoneFile("@ 60 SOA ns1 admin 1 1 1 1 1\n@ 60 NS ns1\n@ 60 TXT \"v=spf1 mx -all\"\n"
                                   "sub NS ns1.other.example.\na.b A 192.0.2.1\n",
                                   dnsName("example.org"));
    ASSERT_TRUE(zone);
    ZoneResolver resolver(*zone, world);
    const std::vector<Question> questions{{dnsName("other.example"), RecordType::txt},
                                          {dnsName("example.org"), RecordType::txt},
                                          {dnsName("b.example.org"), RecordType::txt},
                                          {dnsName("no.example.org"), RecordType::txt},
                                          {dnsName("sub.example.org"), RecordType::txt}};
    const auto answers = resolver.lookupAll(questions, {});
    ASSERT_EQ(answers.size(), questions.size());
    EXPECT_THAT(texts(answers[0]), testing::ElementsAre("there"));
    EXPECT_THAT(texts(answers[1]), testing::ElementsAre("v=spf1 mx -all"));
    EXPECT_EQ(answers[2].status, AnswerStatus::noData) << "something stands below it";
    EXPECT_EQ(answers[3].status, AnswerStatus::nxDomain);
    EXPECT_THAT(texts(answers[4]), testing::ElementsAre("theirs")) << "a zone of its own";
    EXPECT_FALSE(world.wasAsked("example.org", RecordType::txt));
}

} // namespace
} // namespace sealwright
