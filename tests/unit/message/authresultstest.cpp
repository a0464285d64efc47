#include "message/authresults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::message {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

std::string printed(const AuthenticationResults& all) {
    std::string text = all.server;
    for (const MethodResult& result : all.results) {
        text += "; " + result.method + "=" + result.result;
        text += result.reason.empty() ? "" : " reason=" + result.reason;
        for (const auto& property : result.properties) {
            text += " " + property.type + "." + property.name + "=" + property.value;
        }
    }
    return text;
}

TEST(AuthenticationResults, AreReadAsTheStandardAndAsServersWriteThem) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        // RFC 8601 appendix B
        {"example.org 1; none", "example.org"},
        {"example.com;\r\n spf=pass smtp.mailfrom=example.net", "example.com; spf=pass smtp.mailfrom=example.net"},
        {"example.com; auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=pass smtp.mailfrom=example.net",
         "example.com; auth=pass smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net"},
        {"example.com; dkim=pass (good signature) header.d=example.com", "example.com; dkim=pass header.d=example.com"},
        {"foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy "
         "(A dot "
         "can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462",
         "foo.example.net; dkim=fail"},
        // Gmail, Exchange, rspamd, OpenDKIM
        {"mx.google.com;\r\n       dkim=pass header.i=@example.org header.s=s1 header.b=\"a/b=\";\r\n       spf=pass "
         "(google.com: domain of joe@example.org designates 192.0.2.1 as permitted sender) "
         "smtp.mailfrom=joe@example.org;\r\n "
         "dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=example.org",
         "mx.google.com; dkim=pass header.i=@example.org header.s=s1 header.b=a/b=; spf=pass "
         "smtp.mailfrom=joe@example.org; dmarc=pass header.from=example.org"},
        {"spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=example.org; dkim=pass (signature was verified)\r\n "
         "header.d=example.org;dmarc=bestguesspass action=none\r\n header.from=example.org;compauth=pass reason=109",
         "; spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org; dmarc=bestguesspass "
         "header.from=example.org; compauth=pass reason=109"},
        {"mx; dkim=fail reason=\"signature; verification (failed)\" header.d=x",
         "mx; dkim=fail reason=signature; verification "
         "(failed) header.d=x"},
        {"mx; dkim=pass header.b=abc/def+g=", "mx; dkim=pass header.b=abc/def+g="},
        // broken
        {"", ""},
        {";;;", ""},
        {"mx; dkim; spf=; =pass; x=y", "mx; spf=; x=y"},
        {"mx; dkim=pass (((((", "mx; dkim=pass"},
        {"mx; dkim=pass \"", "mx; dkim=pass"},
    };
    for (const auto& [value, expected] : cases) {
        EXPECT_EQ(printed(AuthenticationResults::parse(value)), expected) << value;
    }
}

TEST(AuthenticationResults, GiveAPropertyByItsName) {
    const auto all = AuthenticationResults::parse("mx; dkim=pass header.d=example.org HEADER.S=s1");
    ASSERT_EQ(all.results.size(), 1U);
    EXPECT_EQ(all.results.front().property("header", "s"), "s1");
    EXPECT_EQ(all.results.front().property("smtp", "s"), "");
}

} // namespace
} // namespace sealwright::message
