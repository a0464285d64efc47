#include "plan/nsupdate.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::dnsName;
using testing::HasSubstr;
using testing::Not;

ResourceRecord txt(std::string_view name, std::string_view value) {
    return {dnsName(name), RecordType::txt, 300s, std::string(value)};
}

ComparedRecord wanted(ResourceRecord record, RecordState state, std::vector<ResourceRecord> replaces = {},
                      std::string_view zone = "example.org") {
    return {{std::move(record), Purpose::spf, dnsName(zone)}, state, std::move(replaces)};
}

Published publishedBy(test::FakeResolver& resolver, std::initializer_list<std::string_view> names) {
    Published published;
    for (const std::string_view name : names) {
        published.add(resolver.lookup(dnsName(name), RecordType::txt));
    }
    return published;
}

TEST(Nsupdate, ReplacesWhatWasSeenStringByString) {
    test::FakeResolver resolver("example.org TXT \"v=spf1 \" \"a ~all\"\nexample.org TXT \"other; \\\"x\\\"\"\n");
    const Published published = publishedBy(resolver, {"example.org"});
    const auto script = nsupdateScript(std::vector{wanted(txt("example.org", "v=spf1 mx -all"), RecordState::differs,
                                                          {txt("example.org", "v=spf1 a ~all")})},
                                       published, "192.0.2.53 5353");
    EXPECT_EQ(script.text, "server 192.0.2.53 5353\nzone example.org.\n"
                           "prereq yxrrset example.org. IN TXT \"v=spf1 \" \"a ~all\"\n"
                           "prereq yxrrset example.org. IN TXT \"other; \\\"x\\\"\"\n"
                           "update delete example.org. IN TXT \"v=spf1 \" \"a ~all\"\n"
                           "update add example.org. 300 IN TXT \"v=spf1 mx -all\"\nshow\nsend\n");
}

TEST(Nsupdate, MakesOneUpdatePerZone) {
    test::FakeResolver resolver;
    const Published published = publishedBy(resolver, {"example.org", "_dmarc.example.org", "mail.other.example"});
    const auto script =
        nsupdateScript(std::vector{wanted(txt("example.org", "a"), RecordState::missing),
                                   wanted(txt("mail.other.example", "b"), RecordState::missing, {}, "other.example"),
                                   wanted(txt("_dmarc.example.org", "c"), RecordState::missing)},
                       published);
    EXPECT_EQ(script.text, "zone example.org.\nprereq nxrrset example.org. IN TXT\n"
                           "prereq nxrrset _dmarc.example.org. IN TXT\n"
                           "update add example.org. 300 IN TXT \"a\"\nupdate add _dmarc.example.org. 300 IN TXT \"c\"\n"
                           "show\nsend\nzone other.example.\nprereq nxrrset mail.other.example. IN TXT\n"
                           "update add mail.other.example. 300 IN TXT \"b\"\nshow\nsend\n");
}

TEST(Nsupdate, LeavesOutWhatIsNotKnown) {
    test::FakeResolver resolver("alias.example.org CNAME www.example.org.\nwww.example.org TXT x\n");
    resolver.fail("silent.example.org", AnswerStatus::timedOut);
    const Published published = publishedBy(resolver, {"silent.example.org", "alias.example.org", "ok.example.org"});
    const auto script = nsupdateScript(std::vector{wanted(txt("silent.example.org", "a"), RecordState::unknown),
                                                   wanted(txt("alias.example.org", "b"), RecordState::differs),
                                                   wanted(txt("unasked.example.org", "c"), RecordState::wanted),
                                                   wanted(txt("ok.example.org", "d"), RecordState::present)},
                                       published);
    EXPECT_EQ(script.text, "") << "what is there already needs no update";
    EXPECT_EQ(script.leftOut.size(), 3U);
}

} // namespace
} // namespace sealwright
