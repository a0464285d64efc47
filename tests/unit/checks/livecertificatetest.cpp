#include "checks/livecertificate.h"

#include "support/fakenetwork.h"
#include "support/fakeresolver.h"
#include "support/madecertificate.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;

class LiveCertificate : public testing::Test {
protected:
    test::FakeResolver resolver{"mail.example.org A 192.0.2.25\nmail.example.org AAAA 2001:db8::25\n"};
    test::FakeNetwork network;
    const DomainName host = dnsName("mail.example.org");

    void show(const char* address, const std::string& der) {
        SmtpSeen& seen = network.smtp[{host, *IpAddress::parse(address)}];
        seen.reached = Reached::done;
        seen.certificate.chain = {der};
    }
    [[nodiscard]] auto seen() { return liveCertificates(host, resolver, network, {}); }
    [[nodiscard]] LiveCertificateError error() { return seen().error().code; }
};

TEST_F(LiveCertificate, IsThatOfEachAddressWhateverNameItHas) {
    const auto first = test::makeCertificate({.commonName = "anything"});
    const auto second = test::makeCertificate({.names = {"mail.example.org"}});
    show("192.0.2.25", first.der);
    show("2001:db8::25", second.der);
    ASSERT_TRUE(seen());
    ASSERT_EQ(seen()->size(), 2U);
    EXPECT_EQ(seen()->front().publicKey(), first.publicKey);
    show("2001:db8::25", first.der);
    EXPECT_EQ(seen()->size(), 1U) << "one key";
}

TEST_F(LiveCertificate, IsToldByOneAddressWhereTheOtherIsSilent) {
    show("2001:db8::25", test::makeCertificate({}).der);
    EXPECT_EQ(seen()->size(), 1U);
}

TEST_F(LiveCertificate, IsNotSeenForAReason) {
    EXPECT_EQ(error(), LiveCertificateError::notReached);
    show("192.0.2.25", "no certificate");
    EXPECT_EQ(error(), LiveCertificateError::noTls);
    NoNetwork offline;
    EXPECT_EQ(liveCertificates(host, resolver, offline, {}).error().code, LiveCertificateError::offline);
    resolver.fail("mail.example.org", AnswerStatus::timedOut);
    EXPECT_EQ(error(), LiveCertificateError::dnsFailure);
    EXPECT_EQ(liveCertificates(dnsName("nobody.example.org"), resolver, network, {}).error().code,
              LiveCertificateError::unknownHost);
}

} // namespace
} // namespace sealwright
