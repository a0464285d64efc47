#include "plan/profile.h"

#include <gtest/gtest.h>

using namespace sealwright;

TEST(Profile, TakesNamesThatAnIncludeCanHave) {
    for (const char* name :
         {"_spf.google.com", "spf.protection.outlook.com", "include:_spf.example.net", "a._spf.b.example.org"}) {
        EXPECT_TRUE(parseInclude(name)) << name;
    }
    EXPECT_EQ(parseInclude("include:_SPF.example.net")->toString(), "_spf.example.net");
    EXPECT_EQ(parseInclude("spf.müller.example")->toString(), "spf.xn--mller-kva.example");
}

// They would make an SPF record that receivers can't read, and so fail all mail.
TEST(Profile, RefusesNamesThatNoIncludeCanHave) {
    for (const char* name :
         {"", ".", "..", "-", "--root", "com", "_spf", "_spf.com", "_spf.example.1", "192.0.2.1", "a..b",
          "_spf.-a.test", "_spf.example._tcp", "%{d}.example.org", "include:", "a b.example"}) {
        EXPECT_FALSE(parseInclude(name)) << name;
    }
}

TEST(Profile, NamesWhatBecomesOfIncomingMail) {
    EXPECT_EQ(Profile(DomainName::parse("example.org").value()).inbound, Inbound::unchanged);
    for (const Inbound inbound : allInbounds) {
        EXPECT_EQ(inboundFromString(toString(inbound)), inbound);
    }
    EXPECT_FALSE(inboundFromString("reject"));
}
