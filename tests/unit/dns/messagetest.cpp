#include "dns/reply.h"
#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string number16(unsigned value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value & 255)};
}

struct Counts {
    unsigned answers = 0, authorities = 0, additionals = 0;
};

// A response to "example.test <type>", whose name begins at octet 12.
std::string response(unsigned flags, Counts counts, const std::string& records, RecordType type = RecordType::mx) {
    return number16(7) + number16(0x8000 | flags) + number16(1) + number16(counts.answers) +
           number16(counts.authorities) + number16(counts.additionals) + std::string("\7example\4test\0", 14) +
           number16(static_cast<unsigned>(type)) + number16(1) + records;
}

std::string record(const std::string& owner, RecordType type, const std::string& rdata) {
    return owner + number16(static_cast<unsigned>(type)) + number16(1) + number16(0) + number16(300) +
           number16(static_cast<unsigned>(rdata.size())) + rdata;
}

constexpr unsigned authoritative = 0x0400;
constexpr unsigned truncated = 0x0200;
const std::string apex = "\xc0\x0c";
const Question mx{dnsName("example.test"), RecordType::mx};

TEST(DnsMessage, WritesOutCompressedNames) {
    const auto message = parseMessage(
        response(authoritative, {.answers = 1}, record(apex, RecordType::mx, number16(10) + "\4mail" + apex)));
    ASSERT_TRUE(message);
    const Reply reply = replyOf(mx, *message, false);
    EXPECT_THAT(mxHosts(reply.answer), ElementsAre(MxHost{10, dnsName("mail.example.test")}));
    EXPECT_TRUE(reply.isAuthoritative);
    EXPECT_EQ(reply.answer.ttl, std::chrono::seconds(300));
}

TEST(DnsMessage, ReadsADelegation) {
    const std::string records = record(apex, RecordType::ns, "\3ns1" + apex) +
                                record("\3ns1" + apex, RecordType::a, std::string("\xc0\x00\x02\x01", 4));
    const auto message = parseMessage(response(0, {.authorities = 1, .additionals = 1}, records));
    ASSERT_TRUE(message);
    const Reply reply = replyOf(mx, *message, false);
    ASSERT_TRUE(reply.referral);
    EXPECT_EQ(reply.referral->zone, dnsName("example.test"));
    EXPECT_THAT(reply.referral->servers, ElementsAre(dnsName("ns1.example.test")));
    EXPECT_EQ(reply.referral->glue.at(0).second.toString(), "192.0.2.1");
    EXPECT_FALSE(reply.answer.isConclusive());
}

TEST(DnsMessage, TellsWhatTheRcodeAndTheAuthorityMean) {
    struct Case {
        unsigned flags;
        bool recursive;
        AnswerStatus status;
        const char* why;
    };
    for (const auto& [flags, recursive, status, why] :
         {Case{authoritative, false, AnswerStatus::noData, ""},
          Case{authoritative | 3, false, AnswerStatus::nxDomain, ""},
          Case{3, false, AnswerStatus::serverFailure, "no authority"}, Case{3, true, AnswerStatus::nxDomain, ""},
          Case{0, false, AnswerStatus::serverFailure, "no authority"}, Case{0, true, AnswerStatus::noData, ""},
          Case{5, false, AnswerStatus::serverFailure, "REFUSED"},
          Case{2, true, AnswerStatus::serverFailure, "SERVFAIL"}}) {
        const Reply reply = replyOf(mx, *parseMessage(response(flags, {}, {})), recursive);
        EXPECT_EQ(reply.answer.status, status) << flags;
        EXPECT_EQ(reply.answer.why, why) << flags;
    }
}

TEST(DnsMessage, DoesNotTakeRecordsFromAServerThatSaysThereIsNoSuchName) {
    const std::string broken = response(3, {.answers = 1}, record(apex, RecordType::mx, number16(10) + apex));
    const Reply reply = replyOf(mx, *parseMessage(broken), false);
    EXPECT_EQ(reply.answer.status, AnswerStatus::serverFailure);
    EXPECT_EQ(reply.answer.why, "no authority");
}

TEST(DnsMessage, FollowsAliasesInsideTheMessageOnly) {
    const std::string alias = record(apex, RecordType::cname, "\1a" + apex);
    const std::string loop = record("\1a" + apex, RecordType::cname, apex);
    const Reply out = replyOf(mx, *parseMessage(response(authoritative, {.answers = 1}, alias)), false);
    EXPECT_EQ(out.answer.canonicalName, dnsName("a.example.test"));
    EXPECT_THAT(out.answer.rdata, IsEmpty());
    EXPECT_EQ(out.answer.status, AnswerStatus::noData);
    (void)replyOf(mx, *parseMessage(response(authoritative, {.answers = 2}, alias + loop)), false); // ends
}

TEST(DnsMessage, RefusesWhatIsBroken) {
    const std::string good = response(authoritative, {.answers = 1}, record(apex, RecordType::mx, number16(10) + apex));
    ASSERT_TRUE(parseMessage(good));
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_FALSE(parseMessage(std::string_view(good).substr(0, size))) << size;
    }
    std::string query = good;
    query[2] = 0;
    EXPECT_FALSE(parseMessage(query));
    const std::string circle = "\xc0\x1e"; // points to itself: behind the header and the question
    EXPECT_FALSE(parseMessage(response(0, {.answers = 1}, record(circle, RecordType::mx, number16(10) + apex))));
    EXPECT_FALSE(parseMessage(response(0, {.answers = 1}, record(apex, RecordType::ns, number16(0xc0ff)))));
    EXPECT_FALSE(parseMessage(response(0, {.answers = 60000}, {})));
}

TEST(DnsMessage, ATruncatedOneMayEndInTheMiddle) {
    const auto message = parseMessage(response(truncated, {.answers = 3}, "\xc0"));
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->truncated);
}

} // namespace
} // namespace sealwright
