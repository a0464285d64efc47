#include "live/unboundresolver.h"

#include "support/dnsserver.h"
#include "support/ownnetwork.h"
#include "support/program.h"

#include <gmock/gmock.h>

#include <sys/mount.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::DnsServer;
using testing::ElementsAre;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// A network and an /etc/resolv.conf of our own, for this process alone.
class SystemResolverTest : public testing::Test {
protected:
    void SetUp() override {
        if (!test::enterOwnNetwork()) {
            GTEST_SKIP() << "needs root, and namespaces";
        }
    }
    void TearDown() override { umount2("/etc/resolv.conf", MNT_DETACH); }

    void setResolvConf(std::string_view text) const {
        const auto file = folder_.write("resolv.conf", text);
        ASSERT_EQ(mount(file.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr), 0);
    }

private:
    test::TemporaryFolder folder_;
};

TEST_F(SystemResolverTest, AsksTheServersOfTheSystem) {
    setResolvConf("# home\nsearch lan\nnameserver 127.0.0.1\noptions edns0\n");
    DnsServer server("example.test TXT here\n1.2.168.192.in-addr.arpa PTR router.test", "127.0.0.1", 53);
    const auto resolver = UnboundResolver::create({}).value();
    EXPECT_TRUE(resolver->reachesNameServers());
    // This server strips signatures, as many home routers do: every signed domain would seem forged.
    const Answer answer = resolver->lookup(dnsName("example.test"), RecordType::txt);
    EXPECT_THAT(texts(answer), ElementsAre("here")) << answer.why;
    EXPECT_EQ(answer.security, DnsSecurity::insecure);
    EXPECT_EQ(resolver->lookup(dnsName("1.2.168.192.in-addr.arpa"), RecordType::ptr).status, AnswerStatus::found);
    EXPECT_EQ(resolver->lookup(dnsName("none.test"), RecordType::a).status, AnswerStatus::nxDomain);
}

TEST_F(SystemResolverTest, DoesNotWaitForSignaturesThatNeverCome) {
    setResolvConf("nameserver 127.0.0.1\n");
    DnsServer server("example.test TXT here", "127.0.0.1", 53);
    server.data().fail(".", AnswerStatus::timedOut);
    const auto resolver = UnboundResolver::create({}).value();
    const auto begin = Clock::now();
    EXPECT_EQ(resolver->lookup(dnsName("example.test"), RecordType::txt).status, AnswerStatus::found);
    EXPECT_LT(Clock::now() - begin, 8s);
    const auto again = Clock::now();
    EXPECT_EQ(resolver->lookup(dnsName("example.test"), RecordType::txt).status, AnswerStatus::found);
    EXPECT_LT(Clock::now() - again, 1500ms) << "it has been tried before";
}

TEST_F(SystemResolverTest, SaysWhenThereIsNone) {
    setResolvConf("# no network yet\nsearch lan\n");
    const auto resolver = UnboundResolver::create({});
    ASSERT_FALSE(resolver);
    EXPECT_EQ(resolver.error().code, ResolverError::noSystemResolver);
}

TEST_F(SystemResolverTest, SaysWhenItCannotBeReached) {
    setResolvConf("nameserver 192.0.2.53\n"); // There is no route in this network.
    ResolverOptions options;
    options.timeout = 300ms;
    const auto resolver = UnboundResolver::create(options).value();
    const auto begin = Clock::now();
    EXPECT_FALSE(resolver->lookup(dnsName("example.test"), RecordType::txt).isConclusive());
    EXPECT_LT(Clock::now() - begin, 5s);
}

TEST_F(SystemResolverTest, SendsNothingWhenOffline) {
    setResolvConf("nameserver 127.0.0.1\n");
    DnsServer server("example.test TXT here", "127.0.0.1", 53);
    ResolverOptions options;
    options.offline = true;
    options.servers = {server.address()};
    const auto resolver = UnboundResolver::create(options).value();
    EXPECT_EQ(resolver->lookup(dnsName("example.test"), RecordType::txt).status, AnswerStatus::notAsked);
    EXPECT_TRUE(server.queries().empty());
}

} // namespace
} // namespace sealwright
