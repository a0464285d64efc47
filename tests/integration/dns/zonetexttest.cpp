#include "zone/zonefile.h"

#include "live/unboundresolver.h"
#include "support/dnsserver.h"
#include "support/knotserver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::TemporaryFolder;
using namespace std::chrono_literals;

const DomainName origin = dnsName("example.test");

constexpr std::string_view head = "$ORIGIN example.test.\n"
                                  "@ 300 IN SOA ns1 hostmaster 1 3600 600 86400 60\n"
                                  "@ 300 IN NS ns1\n"
                                  "ns1 300 IN A 192.0.2.1\n";

/// Everything a record of ours may look like, and what no record should.
std::vector<ResourceRecord> records() {
    std::vector<ResourceRecord> all{
        {origin, RecordType::mx, 300s, "10 mail.example.test."},
        {dnsName("null.example.test"), RecordType::mx, 300s, "0 ."},
        {dnsName("mail.example.test"), RecordType::a, 60s, "192.0.2.2"},
        {dnsName("mail.example.test"), RecordType::aaaa, 60s, "2001:db8::2"},
        {dnsName("alias.example.test"), RecordType::cname, 60s, "mail.example.test."},
        {dnsName("_25._tcp.mail.example.test"), RecordType::tlsa, 60s, "3 1 1 00ff"},
    };
    std::string octets;
    for (int octet = 0; octet < 256; ++octet) {
        octets += static_cast<char>(octet);
    }
    const std::string rsa4096 = "v=DKIM1; k=rsa; p=" + std::string(736, 'A');
    int number = 0;
    for (const std::string& text :
         {std::string("v=spf1 mx -all"), rsa4096, octets, octets + octets, std::string(), std::string(255, '"'),
          std::string(254, 'x') + "\\\"\\", std::string("a;b (c) $TTL @ \\010 \\\\ '`$(id)`"),
          std::string(30'000, '\\'), std::string("\n\r\t\0 end", 8),
          std::string("v=DMARC1; p=none; rua=mailto:ä@example.test")}) {
        all.push_back(
            {dnsName('t' + std::to_string(number++) + "._domainkey.example.test"), RecordType::txt, 300s, text});
    }
    return all;
}

void expectAll(Resolver& resolver) {
    for (const ResourceRecord& record : records()) {
        const Answer answer = resolver.lookup(record.name, record.type);
        EXPECT_THAT(presentation(answer), testing::ElementsAre(record.value)) << record.name.toString() << answer.why;
        EXPECT_EQ(answer.ttl, record.ttl) << record.name.toString();
    }
}

class ZoneTextTest : public testing::TestWithParam<ZoneNames> {
protected:
    [[nodiscard]] std::filesystem::path file() const {
        return folder_.write("example.test.zone", std::string(head) + zoneText(records(), origin, GetParam()));
    }
    TemporaryFolder folder_;
};

TEST_P(ZoneTextTest, IsAcceptedByBindAndKnot) {
    for (const std::vector<std::string>& checker : {std::vector<std::string>{"named-checkzone", "example.test"},
                                                    std::vector<std::string>{"kzonecheck", "-o", "example.test"}}) {
        if (!test::isInstalled(checker.front())) {
            GTEST_SKIP() << checker.front() << " is not installed";
        }
        auto command = checker;
        command.push_back(file().string());
        const auto result = test::run(command);
        EXPECT_EQ(result.status, 0) << result.output;
    }
}

TEST_P(ZoneTextTest, IsReadBackByOurselvesAsTheSameRecords) {
    ResolverOptions options;
    options.zoneFiles = {file()};
    options.offline = true;
    expectAll(*UnboundResolver::create(options).value());
}

TEST_P(ZoneTextTest, IsServedByKnotAsTheSameRecords) {
    if (!test::isInstalled("knotd")) {
        GTEST_SKIP() << "knotd is not installed";
    }
    const test::KnotServer knot({{"example.test", file()}});
    ResolverOptions options;
    options.servers = {knot.address()};
    expectAll(*UnboundResolver::create(options).value());
}

TEST_P(ZoneTextTest, IsUsableAsAPartOfAZone) {
    if (GetParam() == ZoneNames::relative) {
        return; // A part with relative names has to be pasted below an $ORIGIN.
    }
    ResolverOptions options;
    options.zoneFiles = {folder_.write("part", zoneText(records(), origin, GetParam()))};
    options.offline = true;
    expectAll(*UnboundResolver::create(options).value());
}

INSTANTIATE_TEST_SUITE_P(Names, ZoneTextTest, testing::Values(ZoneNames::relative, ZoneNames::absolute),
                         [](const auto& test) { return test.param == ZoneNames::relative ? "Relative" : "Absolute"; });

} // namespace
} // namespace sealwright
