#include "mtasts/policy.h"

#include "support/fakeresolver.h"

#include <gtest/gtest.h>

namespace sealwright::mtasts {
namespace {

using test::dnsName;

constexpr std::string_view example = "version: STSv1\r\n"
                                     "mode: enforce\r\n"
                                     "mx: mail.example.com\r\n"
                                     "mx: *.example.net\r\n"
                                     "mx: backupmx.example.com\r\n"
                                     "max_age: 604800\r\n";

// The example of RFC 8461 section 3.2.
TEST(MtaStsPolicy, PrintsWhatIsRead) {
    const auto policy = Policy::parse(example);
    ASSERT_TRUE(policy);
    EXPECT_EQ(policy->mode, Mode::enforce);
    EXPECT_EQ(policy->maxAge, std::chrono::seconds(604'800));
    EXPECT_EQ(policy->mx,
              (std::vector<MxPattern>{
                  {dnsName("mail.example.com")}, {dnsName("example.net"), true}, {dnsName("backupmx.example.com")}}));
    EXPECT_EQ(policy->toString(), example);
}

TEST(MtaStsPolicy, ReadsEverySpelling) {
    const Policy wanted{Mode::testing, {{dnsName("mail.example.com")}}, std::chrono::seconds(86'400)};
    for (const std::string_view text : {
             "version: STSv1\nmode: testing\nmx: mail.example.com\nmax_age: 86400\n",
             "version:STSv1\r\nmode:  testing  \r\nmx:\tMAIL.example.com\nmax_age: 86400",
             "max_age: 86400\nmx: mail.example.com\nx-later.y: what: ever \xc3\xa4\nmode: testing\nversion: STSv1\n",
             "version: STSv1\nmode: testing\nmode: enforce\nmx: mail.example.com\nmax_age: 86400\nmax_age: x\n",
         }) {
        EXPECT_EQ(Policy::parse(text), wanted) << text;
    }
    EXPECT_TRUE(Policy::parse("version: STSv1\nmode: none\nmax_age: 86400\n"));
    EXPECT_TRUE(Policy::parse("version: STSv1\nmode: none\nmax_age: 31557600\n"));
}

TEST(MtaStsPolicy, SaysWhatIsWrongAndInWhichLine) {
    struct {
        std::string text;
        PolicyError code;
        std::size_t line;
    } const table[] = {
        {"", PolicyError::noVersion, 0},
        {"<!DOCTYPE html>\n", PolicyError::badLine, 1},
        {"version: STSv1\n\nmode: none\nmax_age: 1\n", PolicyError::badLine, 2},
        {"version: STSv1\n mode: none\nmax_age: 1\n", PolicyError::badLine, 2},
        {"version: STSv2\n", PolicyError::badVersion, 1},
        {"version: STSv1\nmode: Enforce\n", PolicyError::badMode, 2},
        {"version: STSv1\nmx: mail.*.example.com\n", PolicyError::badMx, 2},
        {"version: STSv1\nmx: m*.example.com\n", PolicyError::badMx, 2},
        {"version: STSv1\nmx: *\n", PolicyError::badMx, 2},
        {"version: STSv1\nmx: \n", PolicyError::badMx, 2},
        {"version: STSv1\nmx: mail.example.com.\n", PolicyError::badMx, 2},
        {"version: STSv1\nmx: a.example.com b.example.com\n", PolicyError::badMx, 2},
        {"version: STSv1\nmx: m\xc3\xa4il.example.com\n", PolicyError::badMx, 2},
        {"version: STSv1\nmax_age: -1\n", PolicyError::badMaxAge, 2},
        {"version: STSv1\nmax_age: 1d\n", PolicyError::badMaxAge, 2},
        {"version: STSv1\nmax_age: 31557601\n", PolicyError::badMaxAge, 2},
        {"version: STSv1\nmax_age: 99999999999999999999\n", PolicyError::badMaxAge, 2},
        {"mode: none\nmax_age: 1\n", PolicyError::noVersion, 0},
        {"version: STSv1\nmax_age: 1\n", PolicyError::noMode, 0},
        {"version: STSv1\nmode: testing\nmax_age: 1\n", PolicyError::noMx, 0},
        {"version: STSv1\nmode: none\n", PolicyError::noMaxAge, 0},
        {std::string(65'537, 'x'), PolicyError::tooLong, 0},
    };
    for (const auto& [text, code, line] : table) {
        const auto policy = Policy::parse(text);
        ASSERT_FALSE(policy) << text;
        EXPECT_EQ(policy.error().code, code) << text;
        EXPECT_EQ(policy.error().where, line) << text;
    }
}

// RFC 8461 section 4.1
TEST(MtaStsPolicy, CoversTheHostsItNames) {
    const auto policy = Policy::parse(example);
    ASSERT_TRUE(policy);
    for (const std::string_view host : {"mail.example.com", "mx1.example.net", "backupmx.example.com"}) {
        EXPECT_TRUE(policy->covers(dnsName(host))) << host;
    }
    for (const std::string_view host : {"example.com", "mx.example.com", "example.net", "a.b.example.net", "net"}) {
        EXPECT_FALSE(policy->covers(dnsName(host))) << host;
    }
}

TEST(MtaStsPolicy, HasAnIdThatChangesWithIt) {
    const Policy policy{Mode::testing, {{dnsName("mail.example.org")}}, std::chrono::seconds(86'400)};
    const std::string id = policyId(policy);
    EXPECT_EQ(id.size(), 20);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
    EXPECT_EQ(policyId(Policy(policy)), id);
    // Once published, the id of a policy must stay the same in later versions of this program.
    EXPECT_EQ(id, "b9b047279ec2b01a9ab8");
    for (const Policy& other : {Policy{Mode::enforce, policy.mx, policy.maxAge},
                                Policy{policy.mode, {{dnsName("mx.example.org")}}, policy.maxAge},
                                Policy{policy.mode, policy.mx, std::chrono::seconds(86'401)}}) {
        EXPECT_NE(policyId(other), id);
    }
}

} // namespace
} // namespace sealwright::mtasts
