#include "checks/askonce.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <thread>

namespace sealwright {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr auto zone = "example.org TXT v=spf1 -all\nexample.org MX 10 mail.example.org";
const Question text{dnsName("example.org"), RecordType::txt};
const Question mx{dnsName("example.org"), RecordType::mx};

TEST(AskOnce, AsksOnlyWhatItWasNotToldBefore) {
    FakeResolver resolver(zone);
    AskOnce once(resolver);
    EXPECT_THAT(texts(once.lookupAll(std::vector{text}, {}).at(0)), ElementsAre("v=spf1 -all"));
    const auto answers = once.lookupAll(std::vector{mx, text, mx}, {});
    ASSERT_THAT(answers, SizeIs(3));
    EXPECT_THAT(texts(answers[1]), ElementsAre("v=spf1 -all"));
    EXPECT_EQ(answers[0].rdata, answers[2].rdata);
    EXPECT_THAT(resolver.questions(), ElementsAre(text, mx));
}

TEST(AskOnce, WaitsForWhatAnotherHasAsked) {
    FakeResolver resolver(zone);
    std::latch asked(1);
    std::latch goOn(1);
    resolver.beforeRound([&](int) {
        asked.count_down();
        goOn.wait();
    });
    AskOnce once(resolver);
    std::jthread first([&] { EXPECT_THAT(texts(once.lookupAll(std::vector{text}, {}).at(0)), SizeIs(1)); });
    asked.wait();
    std::jthread second([&] { EXPECT_THAT(texts(once.lookupAll(std::vector{text}, {}).at(0)), SizeIs(1)); });
    goOn.count_down();
    first.join();
    second.join();
    EXPECT_THAT(resolver.questions(), SizeIs(1));
}

TEST(AskOnce, WhoeverStopsDoesNotWaitForOthers) {
    FakeResolver resolver(zone);
    std::latch asked(1);
    std::latch goOn(1);
    resolver.beforeRound([&](int) {
        asked.count_down();
        goOn.wait();
    });
    AskOnce once(resolver);
    std::jthread first([&] { (void)once.lookupAll(std::vector{text}, {}); });
    asked.wait();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(once.lookupAll(std::vector{text}, stop.get_token()).at(0).status, AnswerStatus::cancelled);
    goOn.count_down();
}

TEST(AskOnce, ForgetsWhatWasCancelled) {
    FakeResolver resolver(zone);
    AskOnce once(resolver);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(once.lookupAll(std::vector{text}, stop.get_token()).at(0).status, AnswerStatus::cancelled);
    EXPECT_EQ(once.lookupAll(std::vector{text}, {}).at(0).status, AnswerStatus::found);
}

TEST(AskOnce, LetsNobodyWaitForWhatFailed) {
    FakeResolver resolver(zone);
    resolver.beforeRound([](int before) {
        if (before == 0) {
            throw std::bad_alloc();
        }
    });
    AskOnce once(resolver);
    EXPECT_THROW((void)once.lookupAll(std::vector{text}, {}), std::bad_alloc);
    EXPECT_EQ(once.lookupAll(std::vector{text}, {}).at(0).status, AnswerStatus::found);
}

TEST(AskOnce, KeepsApartWhatServersAndTheRootSay) {
    FakeResolver resolver(zone);
    resolver.serverAt("192.0.2.1").add("example.org TXT old");
    resolver.fromRoot().add("example.org TXT new");
    AskOnce once(resolver);
    const std::vector<ServerQuestion> asked{{{IpAddress::parse("192.0.2.1").value()}, text}};
    for (int i = 0; i < 2; ++i) {
        EXPECT_THAT(texts(once.askServers(asked, {}).at(0).answer), ElementsAre("old"));
        EXPECT_THAT(texts(once.lookupFromRoot(std::vector{text}, {}).at(0)), ElementsAre("new"));
        EXPECT_THAT(texts(once.lookupAll(std::vector{text}, {}).at(0)), ElementsAre("v=spf1 -all"));
    }
    EXPECT_THAT(resolver.questions(), SizeIs(2));
}

} // namespace
} // namespace sealwright
