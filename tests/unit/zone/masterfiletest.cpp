#include "zone/masterfile.h"

#include "dns/rdata.h"
#include "support/fakeresolver.h"
#include "zone/zonefile.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;
using namespace std::string_literals;

/// `name ttl TYPE value` of each record, as a zone file shows it.
std::vector<std::string> read(std::string_view text, const std::optional<DomainName>& origin = {}) {
    const auto file = readZoneFile(text, origin);
    if (!file) {
        return {"line " + std::to_string(file.error().where) + ": " + file.error().what};
    }
    std::vector<std::string> records;
    for (const auto& [name, type, ttl, rdata] : file->records) {
        records.push_back(name.toString() + ' ' + std::to_string(ttl.count()) + ' ' + std::string(toString(type)) +
                          ' ' + presentation(type, rdata).value_or("broken"));
    }
    return records;
}

TEST(MasterFile, ReadsWhatPeopleWrite) {
    EXPECT_THAT(read("\xef\xbb\xbf; head\r\n"
                     "$ORIGIN example.org.\r\n"
                     "$TTL 1h30m\r\n"
                     "@ IN SOA ns1 host\\.master ( 2026 ; serial\r\n"
                     "    1d 2h 1w 5m )\r\n"
                     "\tNS ns1\r\n"
                     "   60 IN MX 10 mail\r\n"
                     "Mail IN 7 A 192.0.2.1\r\n"
                     "     aaaa 2001:DB8::1\r\n"
                     "$ORIGIN sub\r\n"
                     "t txt \"a;b\" c\\\"d (\r\n"
                     "  e)\r\n"
                     "s SRV 0 0 25 mail\r\n"
                     "p PTR . ; no newline at the end"),
                testing::ElementsAre("example.org 5400 SOA ns1.example.org. host\\.master.example.org. 2026 86400 7200 "
                                     "604800 300",
                                     "example.org 5400 NS ns1.example.org.", "example.org 60 MX 10 mail.example.org.",
                                     "mail.example.org 7 A 192.0.2.1", "mail.example.org 5400 AAAA 2001:db8::1",
                                     "t.sub.example.org 5400 TXT \"a;b\" \"c\\\"d\" \"e\"",
                                     "p.sub.example.org 5400 PTR ."));
}

TEST(MasterFile, FindsTheZoneByItsSoa) {
    EXPECT_EQ(readZoneFile("@ SOA a b 1 2 3 4 5", dnsName("example.org"))->zone, dnsName("example.org"));
    EXPECT_EQ(readZoneFile("x.test. TXT y", {})->zone, std::nullopt);
    EXPECT_TRUE(readZoneFile("", {})->records.empty());
}

struct Refused {
    std::string text;
    MasterFileError code;
    std::size_t line;
};

class RefusedMasterFile : public testing::TestWithParam<Refused> {};

TEST_P(RefusedMasterFile, SaysWhatIsWrongAndInWhichLine) {
    const auto& [text, code, line] = GetParam();
    const auto file = readZoneFile(text, {});
    ASSERT_FALSE(file) << text;
    EXPECT_EQ(file.error().code, code) << text;
    EXPECT_EQ(file.error().where, line) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Hostile, RefusedMasterFile,
    testing::Values(
        Refused{"a.test. TXT \"open", MasterFileError::openQuote, 1},
        Refused{"\n\na.test. TXT \"open\nb\"", MasterFileError::openQuote, 3},
        Refused{"\na.test. TXT ( a\nb\nc", MasterFileError::openParenthesis, 2},
        Refused{"a.test. TXT a )", MasterFileError::strayParenthesis, 1},
        Refused{"a TXT x", MasterFileError::noOrigin, 1}, Refused{"@ TXT x", MasterFileError::noOrigin, 1},
        Refused{"a.test. CNAME b", MasterFileError::noOrigin, 1}, Refused{"  TXT x", MasterFileError::noOwner, 1},
        Refused{"a..test. TXT x", MasterFileError::badName, 1}, Refused{".a.test. TXT x", MasterFileError::badName, 1},
        Refused{"a.\\999. TXT x", MasterFileError::badName, 1}, Refused{"\"\" TXT x", MasterFileError::badName, 1},
        Refused{std::string(64, 'a') + ". TXT x", MasterFileError::badName, 1},
        Refused{[] {
                    std::string name;
                    for (int i = 0; i < 128; ++i) {
                        name += "a.";
                    }
                    return name + " TXT x";
                }(),
                MasterFileError::badName, 1},
        Refused{"a.test.", MasterFileError::noType, 1}, Refused{"a.test. 300 IN", MasterFileError::noType, 1},
        Refused{"a.test. 99999999999 TXT x", MasterFileError::badTtl, 1},
        Refused{"a.test. 3q TXT x", MasterFileError::badTtl, 1}, Refused{"$TTL", MasterFileError::badValue, 1},
        Refused{"$TTL -1", MasterFileError::badTtl, 1}, Refused{"$TTL 2147483648", MasterFileError::badTtl, 1},
        Refused{"$ORIGIN a..b.", MasterFileError::badName, 1},
        Refused{"$INCLUDE /dev/zero", MasterFileError::unsupported, 1},
        Refused{"$GENERATE 1-9 a$ A 192.0.2.$", MasterFileError::unsupported, 1},
        Refused{"a.test. A 192.0.2.256", MasterFileError::badValue, 1},
        Refused{"a.test. A 2001:db8::1", MasterFileError::badValue, 1},
        Refused{"a.test. AAAA 192.0.2.1", MasterFileError::badValue, 1},
        Refused{"a.test. A", MasterFileError::badValue, 1},
        Refused{"a.test. A 192.0.2.1 192.0.2.2", MasterFileError::badValue, 1},
        Refused{"a.test. MX mail.test.", MasterFileError::badValue, 1},
        Refused{"a.test. MX 65536 mail.test.", MasterFileError::badValue, 1},
        Refused{"a.test. MX 10", MasterFileError::badValue, 1}, Refused{"a.test. TXT", MasterFileError::badValue, 1},
        Refused{"a.test. TXT a\\256", MasterFileError::badValue, 1},
        Refused{"a.test. TXT " + std::string(256, 'a'), MasterFileError::badValue, 1},
        Refused{"a.test. SOA a. b. 1 2 3 4", MasterFileError::badValue, 1},
        Refused{"a.test. DS 1 8 2 abc", MasterFileError::badValue, 1},
        Refused{"a.test. TLSA 3 1 1 zz", MasterFileError::badValue, 1},
        Refused{"\x7f"
                "ELF\x02\x01\x01",
                MasterFileError::noOrigin, 1}));

TEST(MasterFile, RefusesATxtRecordOverTheDnsLimit) {
    std::string text = "a.test. TXT (";
    for (int i = 0; i < 256; ++i) { // 256 strings of 256 octets: 1 over
        text += " \"" + std::string(255, 'a') + '"';
    }
    EXPECT_EQ(readZoneFile(text + ")", {}).error().code, MasterFileError::badValue);
}

TEST(MasterFile, ReadsTenMegabytesOfTextButNotAtOneName) {
    std::string manyNames;
    std::string oneName;
    for (int i = 0; i < 40'000; ++i) {
        const std::string rest = " TXT \"" + std::string(250, 'a') + "\"\n";
        manyNames += 'a' + std::to_string(i) + ".test." + rest;
        oneName += "a.test." + rest;
    }
    EXPECT_EQ(readZoneFile(manyNames, {})->records.size(), 40'000U);
    EXPECT_EQ(readZoneFile(oneName, {}).error().code, MasterFileError::tooMuch);
}

TEST(MasterFile, CanBeStopped) {
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(readZoneFile("a.test. TXT one\n", {}, source.get_token()).error().code, MasterFileError::stopped);
}

TEST(MasterFile, EndsForEveryCutOfAFile) {
    const std::string whole =
        "$ORIGIN x.\n$TTL 1\n@ SOA a b (1 2\n3 4 5) ; c\n t TXT \"a\\\"\\065\" b\\\n* A 192.0.2.1\n";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const auto file = readZoneFile(whole.substr(0, size), {});
        EXPECT_TRUE(!file || file->records.size() <= 3);
    }
}

} // namespace
} // namespace sealwright
