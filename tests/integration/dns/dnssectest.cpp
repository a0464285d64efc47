#include "live/unboundresolver.h"

#include "support/fakeresolver.h"
#include "support/knotserver.h"

#include <gmock/gmock.h>

#include <fstream>

namespace sealwright {
namespace {

using test::dnsName;
using test::TemporaryFolder;
using testing::HasSubstr;

/// Signs secure.test and forged.test, whose DS go into test, which is signed too. forged.test is then altered.
constexpr const char* signing = R"(
set -e
cd "$1"
apex='@ 300 IN SOA ns hostmaster 1 3600 600 86400 60
@ 300 IN NS ns
ns 300 IN A 127.0.0.1
@ 300 IN TXT "genuine"'
for zone in secure insecure forged; do
    printf '$ORIGIN %s.test.\n%s\n' $zone "$apex" > $zone.test
    printf '%s NS ns\n' $zone >> delegations
done
for zone in secure forged; do
    key=$(ldns-keygen -a ECDSAP256SHA256 -k $zone.test)
    cat $key.ds >> delegations
    ldns-signzone $zone.test $key
done
sed 's/genuine/altered/' forged.test.signed > forged
mv forged forged.test.signed
cp insecure.test insecure.test.signed
(printf '$ORIGIN test.\n%s\n' "$apex"; cat delegations) > test
key=$(ldns-keygen -a ECDSAP256SHA256 -k test)
ldns-signzone test $key
cp $key.ds anchor
)";

class DnssecTest : public testing::Test {
protected:
    void SetUp() override {
        for (const char* program : {"ldns-signzone", "knotd"}) {
            if (!test::isInstalled(program)) {
                GTEST_SKIP() << program << " is not installed";
            }
        }
        const auto signedZones = test::run({"sh", "-c", signing, "sh", folder_.path().string()});
        ASSERT_EQ(signedZones.status, 0) << signedZones.output;
    }
    [[nodiscard]] std::filesystem::path file(const char* name) const { return folder_.path() / name; }
    [[nodiscard]] std::vector<std::filesystem::path> signedFiles() const {
        return {file("test.signed"), file("secure.test.signed"), file("insecure.test.signed"),
                file("forged.test.signed")};
    }

    TemporaryFolder folder_;
};

Answer txt(Resolver& resolver, const char* name) {
    return resolver.lookup(dnsName(name), RecordType::txt);
}

void expectToldApart(Resolver& resolver) {
    const Answer secure = txt(resolver, "secure.test");
    EXPECT_EQ(secure.status, AnswerStatus::found) << secure.why;
    EXPECT_EQ(secure.security, DnsSecurity::secure);
    const Answer nothing = txt(resolver, "nothing.secure.test");
    EXPECT_EQ(nothing.status, AnswerStatus::nxDomain) << nothing.why;
    EXPECT_EQ(nothing.security, DnsSecurity::secure);
    const Answer insecure = txt(resolver, "insecure.test");
    EXPECT_EQ(insecure.status, AnswerStatus::found) << insecure.why;
    EXPECT_EQ(insecure.security, DnsSecurity::insecure);
    const Answer forged = txt(resolver, "forged.test");
    EXPECT_EQ(forged.status, AnswerStatus::bogus);
    EXPECT_EQ(forged.security, DnsSecurity::insecure);
    EXPECT_THAT(forged.rdata, testing::IsEmpty());
    EXPECT_THAT(forged.why, HasSubstr("forged.test"));
}

TEST_F(DnssecTest, TellsSecureInsecureAndBogusApartBehindAServer) {
    const test::KnotServer knot({{"test", file("test.signed")},
                                 {"secure.test", file("secure.test.signed")},
                                 {"insecure.test", file("insecure.test.signed")},
                                 {"forged.test", file("forged.test.signed")}});
    ResolverOptions options;
    options.servers = {knot.address()};
    options.trustAnchors = file("anchor");
    expectToldApart(*UnboundResolver::create(options).value());
    // Servers that are named without an anchor are believed: laboratories have no signed root.
    options.trustAnchors.reset();
    const auto believing = UnboundResolver::create(options).value();
    for (const char* name : {"secure.test", "forged.test"}) {
        EXPECT_EQ(txt(*believing, name).status, AnswerStatus::found);
        EXPECT_EQ(txt(*believing, name).security, DnsSecurity::insecure);
    }
}

TEST_F(DnssecTest, TellsThemApartInSignedZoneFilesToo) {
    ResolverOptions options;
    options.zoneFiles = signedFiles();
    options.trustAnchors = file("anchor");
    options.offline = true;
    expectToldApart(*UnboundResolver::create(options).value());
}

TEST_F(DnssecTest, FindsEverythingBogusUnderAnotherKey) {
    ResolverOptions options;
    options.zoneFiles = signedFiles();
    options.trustAnchors = folder_.write(
        "other", "test. IN DS 1 13 2 00000000000000000000000000000000 00000000000000000000000000000000 ; nobody's\n");
    options.offline = true;
    const auto resolver = UnboundResolver::create(options).value();
    for (const char* name : {"secure.test", "insecure.test", "forged.test"}) {
        EXPECT_EQ(txt(*resolver, name).status, AnswerStatus::bogus) << name;
    }
}

TEST(TrustAnchors, ThatAreNoneAreNamed) {
    const TemporaryFolder folder;
    const struct {
        const char* text;
        std::size_t line;
    } table[] = {
        {"", 0},
        {"; none\n", 0},
        {"hello\n", 1},
        {"\n. IN A 192.0.2.1\n", 2},
        {". IN DS twenty 8 2 00\n", 1},
        {". IN DS 20326 8 2 zz\n", 1},
        {". IN DNSKEY 257 3 8 ????\n", 1},
        {". IN DNSKEY x y z AAAA\n", 0},
        {". IN DS 20326 8 2 \"00\n", 1},
    };
    for (const auto& [text, line] : table) {
        ResolverOptions options;
        options.offline = true;
        options.trustAnchors = folder.write("anchor", text);
        const auto resolver = UnboundResolver::create(options);
        ASSERT_FALSE(resolver) << text;
        EXPECT_EQ(resolver.error().code, ResolverError::badTrustAnchor) << text;
        EXPECT_EQ(resolver.error().where, line) << text;
        EXPECT_THAT(resolver.error().what, testing::StartsWith(options.trustAnchors->string()));
    }
}

} // namespace
} // namespace sealwright
