#include "dns/answer.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::wireRdata;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;

Answer found(RecordType type, std::vector<std::string> rdata) {
    Answer answer({dnsName("example.org"), type});
    answer.status = AnswerStatus::found;
    answer.rdata = std::move(rdata);
    return answer;
}

TEST(Answer, JoinsTheStringsOfATxtRecordWithoutASeparator) {
    const auto answer = found(RecordType::txt, {"\x03"s + "v=s" + "\x07"s + "pf1 all", "\0"s});
    EXPECT_THAT(texts(answer), ElementsAre("v=spf1 all", ""));
}

TEST(Answer, DecodesEachTypeOnlyFromItsOwnRecords) {
    const auto mx = found(RecordType::mx, {wireRdata(RecordType::mx, "10 mail.example.org.")});
    EXPECT_THAT(texts(mx), IsEmpty());
    EXPECT_THAT(addresses(mx), IsEmpty());
    EXPECT_THAT(names(mx), IsEmpty());
    EXPECT_EQ(mxHosts(mx).size(), 1U);
}

TEST(Answer, SortsMxHostsByPreferenceThenName) {
    const auto answer = found(RecordType::mx, {wireRdata(RecordType::mx, "20 a.example.org."),
                                               wireRdata(RecordType::mx, "10 c.example.org."),
                                               wireRdata(RecordType::mx, "10 b.example.org.")});
    EXPECT_THAT(mxHosts(answer), ElementsAre(MxHost{10, dnsName("b.example.org")}, MxHost{10, dnsName("c.example.org")},
                                             MxHost{20, dnsName("a.example.org")}));
}

TEST(Answer, KnowsTheNullMx) {
    const auto answer = found(RecordType::mx, {wireRdata(RecordType::mx, "0 .")});
    EXPECT_THAT(mxHosts(answer), ElementsAre(MxHost{0, DomainName::root()}));
}

struct Shown {
    RecordType type;
    const char* value;
};

class PresentationTest : public testing::TestWithParam<Shown> {};

TEST_P(PresentationTest, IsWhatAZoneFileShows) {
    const auto& [type, value] = GetParam();
    EXPECT_THAT(presentation(found(type, {wireRdata(type, value)})), ElementsAre(value));
}

INSTANTIATE_TEST_SUITE_P(
    EachType, PresentationTest,
    testing::Values(Shown{RecordType::a, "192.0.2.1"}, Shown{RecordType::aaaa, "2001:db8::1"},
                    Shown{RecordType::ns, "ns1.example.org."}, Shown{RecordType::cname, "."},
                    Shown{RecordType::ptr, "mail.example.org."}, Shown{RecordType::mx, "10 mail.example.org."},
                    Shown{RecordType::txt, "v=spf1 -all"},
                    Shown{RecordType::soa, "ns1.example.org. host\\.master.example.org. 1 2 3 4 5"},
                    Shown{RecordType::ds, "20326 8 2 e06d44b8"}, Shown{RecordType::tlsa, "3 1 1 00ff10"}));

struct Broken {
    RecordType type;
    std::string rdata;
};

class BrokenRdataTest : public testing::TestWithParam<Broken> {};

TEST_P(BrokenRdataTest, IsLeftOutAndTheOthersStay) {
    const auto& [type, rdata] = GetParam();
    const std::string good = type == RecordType::mx ? wireRdata(type, "10 ok.test") : wireRdata(type, "ok.test");
    const auto answer = found(type, {rdata, good});
    EXPECT_EQ(presentation(answer).size(), 1U);
    EXPECT_EQ(texts(answer).size() + names(answer).size() + mxHosts(answer).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Hostile, BrokenRdataTest,
                         testing::Values(Broken{RecordType::txt, ""}, Broken{RecordType::txt, "\x05"s + "four"}, //
                                         Broken{RecordType::txt, "\x01"s + "a\xff"}, Broken{RecordType::mx, ""},
                                         Broken{RecordType::mx, "\0"s}, Broken{RecordType::mx, "\0\x0a"s},
                                         Broken{RecordType::mx, "\0\x0a\x03"s + "org"},
                                         Broken{RecordType::mx, "\0\x0a\x03"s + "org\0tail"s},
                                         Broken{RecordType::cname, ""}, Broken{RecordType::cname, "\xc0\x00"s},
                                         Broken{RecordType::cname, "\xc0\x0c"s},
                                         Broken{RecordType::cname, "\x40"s + std::string(64, 'a') + "\0"s},
                                         Broken{RecordType::ns, "\x03"s + "org"},
                                         Broken{RecordType::ns, [] {
                                                    std::string name; // 128 labels: 257 octets
                                                    for (int i = 0; i < 128; ++i) {
                                                        name += "\x01"s + "a";
                                                    }
                                                    return name + "\0"s;
                                                }()}));

TEST(Answer, LeavesOutAddressesOfTheWrongSize) {
    EXPECT_THAT(addresses(found(RecordType::a, {"abc", std::string(16, 'a'), ""})), IsEmpty());
    EXPECT_THAT(addresses(found(RecordType::aaaa, {"abcd", std::string(17, 'a')})), IsEmpty());
}

TEST(Answer, SurvivesEveryOctetStringOfUpToTwoOctetsAsEveryType) {
    for (const RecordType type : {RecordType::a, RecordType::ns, RecordType::soa, RecordType::mx, RecordType::txt,
                                  RecordType::aaaa, RecordType::ds, RecordType::tlsa}) {
        for (unsigned octets = 0; octets < 65536; ++octets) {
            const std::string rdata{static_cast<char>(octets >> 8U), static_cast<char>(octets & 255U)};
            const auto answer = found(type, {rdata, rdata.substr(1)});
            EXPECT_LE(presentation(answer).size() + texts(answer).size() + names(answer).size(), 6U);
        }
    }
}

} // namespace
} // namespace sealwright
