#include "names/ipaddress.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

TEST(IpAddress, PrintsAsRfc5952Has) {
    const std::pair<std::string_view, std::string_view> addresses[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},    // the first of the longest runs
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, // one group is not shortened
        {"::", "::"},
        {"::FFFF:192.0.2.1", "::ffff:192.0.2.1"},
    };
    for (const auto& [text, printed] : addresses) {
        const auto address = IpAddress::parse(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->toString(), printed);
        EXPECT_EQ(IpAddress::fromOctets(address->octets()), *address);
    }
}

// RFC 5321 section 4.1.3
TEST(IpAddress, IsALiteralInBrackets) {
    for (const std::string_view literal : {"[192.0.2.1]", "[IPv6:2001:db8::1]"}) {
        const auto address = IpAddress::fromLiteral(literal);
        ASSERT_TRUE(address) << literal;
        EXPECT_EQ(address->toLiteral(), literal);
    }
    EXPECT_TRUE(IpAddress::fromLiteral("[ipv6:::1]"));
    for (const std::string_view other : {"", "[", "]", "[]", "192.0.2.1", "[192.0.2.1", "192.0.2.1]", "[2001:db8::1]",
                                         "[IPv6:192.0.2.1]", "[IPv6:]", "[mail.example.org]", "[192.0.2.1] "}) {
        EXPECT_FALSE(IpAddress::fromLiteral(other)) << other;
    }
}

TEST(IpAddress, KnowsItsReverseName) {
    EXPECT_EQ(IpAddress::parse("192.0.2.1")->reverseName(), "1.2.0.192.in-addr.arpa");
    EXPECT_EQ(IpAddress::parse("2001:db8::567:89ab")->reverseName(),
              "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"); // RFC 3596 section 2.5
}

TEST(IpAddress, TellsWhatTheInternetCannotReach) {
    for (const auto* text :
         {"10.1.2.3", "172.31.255.255", "192.168.0.1", "127.0.0.53", "169.254.1.1", "100.64.0.1", "0.0.0.0",
          "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:8.8.8.8", "2001:db8::1", "ff02::1"}) {
        EXPECT_FALSE(IpAddress::parse(text)->isPublic()) << text;
    }
    for (const auto* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00::1", "2001:4860::8888"}) {
        EXPECT_TRUE(IpAddress::parse(text)->isPublic()) << text;
    }
}

TEST(IpAddress, KnowsWhichAreForExamples) {
    for (const auto* text : {"192.0.2.1", "198.51.100.255", "203.0.113.0", "2001:db8::1", "3fff::1"}) {
        EXPECT_TRUE(IpAddress::parse(text)->isForDocumentation()) << text;
    }
    for (const auto* text : {"192.0.3.1", "10.1.2.3", "2001:db9::1", "::1"}) {
        EXPECT_FALSE(IpAddress::parse(text)->isForDocumentation()) << text;
    }
}

TEST(IpAddress, ComesFromFourOrSixteenOctetsOnly) {
    for (const std::size_t size : {0U, 3U, 5U, 15U, 17U}) {
        EXPECT_FALSE(IpAddress::fromOctets(std::string(size, '\1')));
    }
}

TEST(IpNetwork, PrintsAndReadsBack) {
    for (const auto* text : {"192.0.2.0/24", "192.0.2.1", "0.0.0.0/0", "2001:db8::/32", "2001:db8::1", "::/0"}) {
        const auto network = IpNetwork::parse(text);
        ASSERT_TRUE(network) << text;
        EXPECT_EQ(network->toString(), text);
    }
    EXPECT_EQ(IpNetwork::parse("192.0.2.1/32")->toString(), "192.0.2.1");
}

TEST(IpNetwork, HoldsWhatItsLeadingBitsSay) {
    const auto holds = [](std::string_view network, std::string_view address) {
        return IpNetwork::parse(network)->contains(*IpAddress::parse(address));
    };
    EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.255"));
    EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
    EXPECT_TRUE(holds("192.0.2.1/0", "203.0.113.9"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(holds("2001:db8:8000::/33", "2001:db8:ffff::1"));
    EXPECT_FALSE(holds("2001:db8:8000::/33", "2001:db8:7fff::1"));
}

} // namespace
} // namespace sealwright
