#include "exampledomain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::UnorderedElementsAreArray;

struct Fault {
    std::string_view name;
    std::string_view mx; ///< Lines instead of the good MX record.
    std::vector<FindingCode> expected;
    std::vector<std::string> arguments; ///< Of the last expected code.
};

const Fault faults[] = {
    {"none", "example.org MX 10 mail.example.org.", {FindingCode::mxFound}, {"mail.example.org"}},
    {"unknown host",
     "example.org MX 10 mial.example.org.",
     {FindingCode::mxFound, FindingCode::mxHostUnknown},
     {"mial.example.org"}},
    {"without a dot at its end",
     "example.org MX 10 mail.example.org.example.org.",
     {FindingCode::mxFound, FindingCode::mxHostDoubled},
     {"mail.example.org.example.org", "mail.example.org"}},
    {"a label alone", "example.org MX 10 mail.", {FindingCode::mxFound, FindingCode::mxHostUnknown}, {"mail"}},
    {"alias to nowhere",
     "example.org MX 10 mx.example.org.\nmx.example.org CNAME gone.example.net.",
     {FindingCode::mxFound, FindingCode::mxHostIsAlias, FindingCode::mxHostUnknown},
     {"mx.example.org"}},
    {"private address",
     "example.org MX 10 home.example.org.\nhome.example.org A 192.168.1.2\nhome.example.org AAAA fe80::2",
     {FindingCode::mxFound, FindingCode::mxHostPrivate},
     {"home.example.org", "192.168.1.2", "fe80::2"}},
    {"private beside public",
     "example.org MX 10 home.example.org.\nhome.example.org A 192.168.1.2\nhome.example.org A 198.51.100.2",
     {FindingCode::mxFound},
     {"home.example.org"}},
    {"loopback",
     "example.org MX 10 home.example.org.\nhome.example.org A 127.0.0.1",
     {FindingCode::mxFound, FindingCode::mxHostPrivate},
     {"home.example.org", "127.0.0.1"}},
    {"the address of nobody",
     "example.org MX 10 home.example.org.\nhome.example.org A 0.0.0.0",
     {FindingCode::mxFound, FindingCode::mxHostPrivate},
     {"home.example.org", "0.0.0.0"}},
    {"address for a name",
     "example.org MX 10 198.51.100.25.",
     {FindingCode::mxFound, FindingCode::mxHostIsAddress},
     {"198.51.100.25"}},
    {"underscore",
     "example.org MX 10 my_mail.example.org.\nmy_mail.example.org A 198.51.100.25",
     {FindingCode::mxFound, FindingCode::mxHostInvalid},
     {"my_mail.example.org"}},
    {"null MX beside another",
     "example.org MX 0 .\nexample.org MX 10 mail.example.org.",
     {FindingCode::mxFound, FindingCode::mxNullBesideOthers},
     {}},
    {"the same host twice",
     "example.org MX 10 mail.example.org.\nexample.org MX 20 mail.example.org.",
     {FindingCode::mxFound, FindingCode::mxHostTwice},
     {"mail.example.org"}},
};

TEST(MxCheck, NamesEachFault) {
    for (const Fault& fault : faults) {
        SCOPED_TRACE(fault.name);
        FakeResolver resolver(goodZone);
        resolver.remove("example.org", RecordType::mx);
        resolver.add(fault.mx);
        const auto findings = check(exampleProfile(), resolver, {Area::mx});
        ASSERT_THAT(codes(findings), UnorderedElementsAreArray(fault.expected));
        EXPECT_EQ(find(findings, fault.expected.back())->arguments, fault.arguments);
    }
}

TEST(MxCheck, CountsTooMany) {
    FakeResolver resolver(goodZone);
    for (int i = 0; i < 10; ++i) {
        const std::string host = "mx" + std::to_string(i) + ".example.org";
        resolver.add("example.org MX 20 " + host + ".\n" + host + " A 198.51.100.30");
    }
    const auto findings = check(exampleProfile(), resolver, {Area::mx});
    ASSERT_NE(find(findings, FindingCode::mxTooMany), nullptr);
    EXPECT_EQ(find(findings, FindingCode::mxTooMany)->arguments, std::vector<std::string>{"11"});
}

TEST(MxCheck, DoesNotJudgeAHostTheDnsDidNotTellOf) {
    FakeResolver resolver(goodZone);
    resolver.fail("mail.example.org", RecordType::aaaa, AnswerStatus::timedOut);
    EXPECT_THAT(codes(check(exampleProfile(), resolver, {Area::mx})), ::testing::ElementsAre(FindingCode::mxFound));
    resolver.fail("mail.example.org", RecordType::a, AnswerStatus::serverFailure);
    EXPECT_THAT(codes(check(exampleProfile(), resolver, {Area::mx})),
                UnorderedElementsAreArray({FindingCode::mxFound, FindingCode::unknown, FindingCode::unknown}));
}

} // namespace
} // namespace sealwright
