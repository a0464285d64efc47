#include "live/zonefragments.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;

const ZoneFragments fragments(readZoneFile("a.test. 60 TXT one\n"
                                           "a.test. 60 TXT two\n"
                                           "alias.test. CNAME a.test.\n"
                                           "out.test. CNAME elsewhere.test.\n"
                                           "loop.test. CNAME loop.test.\n",
                                           {})
                                  ->records);

TEST(ZoneFragments, AnswerWhatTheyHold) {
    Answer answer({dnsName("alias.test"), RecordType::txt});
    EXPECT_EQ(fragments.answer(answer), std::nullopt);
    EXPECT_THAT(texts(answer), testing::ElementsAre("one", "two"));
    EXPECT_EQ(answer.canonicalName, dnsName("a.test"));
    EXPECT_EQ(answer.ttl.count(), 60);
}

TEST(ZoneFragments, LeaveTheRestToOthers) {
    Answer otherType({dnsName("a.test"), RecordType::mx});
    EXPECT_EQ(fragments.answer(otherType), otherType.question);
    Answer outside({dnsName("out.test"), RecordType::txt});
    EXPECT_EQ(fragments.answer(outside), (Question{dnsName("elsewhere.test"), RecordType::txt}));
}

TEST(ZoneFragments, EndALoop) {
    Answer answer({dnsName("loop.test"), RecordType::txt});
    EXPECT_EQ(fragments.answer(answer), std::nullopt);
    EXPECT_EQ(answer.status, AnswerStatus::serverFailure);
}

} // namespace
} // namespace sealwright
