#include "zone/zonefile.h"

#include "dns/rdata.h"
#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;
using namespace std::chrono_literals;
using namespace std::string_literals;

const DomainName origin = dnsName("example.org");

ResourceRecord txt(const char* name, std::string value) {
    return {dnsName(name), RecordType::txt, 300s, std::move(value)};
}

TEST(ZoneText, WritesOneRecordPerLine) {
    const std::vector records{
        txt("example.org", "v=spf1 mx -all"),
        ResourceRecord{dnsName("example.org"), RecordType::mx, 3600s, "10 mail.example.org."},
        txt("_dmarc.example.org", "v=DMARC1; p=none"),
        txt("example.org._report._dmarc.example.net", "v=DMARC1"),
        txt("notexample.org", "x"),
    };
    EXPECT_EQ(zoneText(records, origin, ZoneNames::relative),
              "@\t300\tIN\tTXT\t\"v=spf1 mx -all\"\n"
              "@\t3600\tIN\tMX\t10 mail.example.org.\n"
              "_dmarc\t300\tIN\tTXT\t\"v=DMARC1; p=none\"\n"
              "example.org._report._dmarc.example.net.\t300\tIN\tTXT\t\"v=DMARC1\"\n"
              "notexample.org.\t300\tIN\tTXT\t\"x\"\n");
    EXPECT_EQ(zoneText({records.data() + 2, 1}, origin, ZoneNames::absolute),
              "_dmarc.example.org.\t300\tIN\tTXT\t\"v=DMARC1; p=none\"\n");
}

TEST(ZoneText, PutsTheStringsOfLongTextInParentheses) {
    const std::vector records{txt("k.example.org", std::string(300, 'a'))};
    EXPECT_EQ(zoneText(records, origin, ZoneNames::relative),
              "k\t300\tIN\tTXT\t( \"" + std::string(255, 'a') + "\" \"" + std::string(45, 'a') + "\" )\n");
}

TEST(ZoneText, ReadsBackAsTheSameOctets) {
    std::string allOctets;
    for (int octet = 0; octet < 256; ++octet) {
        allOctets += static_cast<char>(octet);
    }
    for (const std::string& value :
         {""s, " "s, "\""s, "\\"s, "\\\""s, "\\255"s, "a;b(c)d"s, "$TTL"s, "@"s, std::string(254, 'x') + "\"\\",
          std::string(10'000, '"'), allOctets, allOctets + allOctets}) {
        for (const ZoneNames names : {ZoneNames::relative, ZoneNames::absolute}) {
            const std::vector records{txt("s._domainkey.example.org", value)};
            const auto file = readZoneFile(zoneText(records, origin, names), origin);
            ASSERT_TRUE(file) << file.error().what;
            ASSERT_EQ(file->records.size(), 1U);
            Answer answer({file->records[0].name, RecordType::txt});
            answer.rdata = {file->records[0].rdata};
            EXPECT_EQ(file->records[0].name, records[0].name);
            EXPECT_EQ(file->records[0].ttl, 300s);
            EXPECT_THAT(texts(answer), testing::ElementsAre(value));
        }
    }
}

} // namespace
} // namespace sealwright
