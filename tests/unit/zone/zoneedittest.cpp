#include "zone/zoneedit.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::dnsName;

constexpr std::chrono::year_month_day today{2026y / 11 / 28};

ResourceRecord txt(std::string_view name, std::string_view value) {
    return {dnsName(name), RecordType::txt, 300s, std::string(value)};
}

const ResourceRecord spf = txt("example.org", "v=spf1 mx -all");
const ResourceRecord oldSpf = txt("example.org", "v=spf1 a ~all");
const ResourceRecord key = txt("s1._domainkey.example.org", "v=DKIM1; k=rsa; p=QUJD");
const ResourceRecord dmarc = txt("_dmarc.example.org", "v=DMARC1; p=none");

constexpr std::string_view head = "$TTL 1h\n@ SOA ns1 admin 2026010101 1d 2h 1w 5m\n";

/// The text behind the SOA, or what is wrong.
std::string edited(std::string_view body, const std::vector<ZoneChange>& changes) {
    const std::string before = std::string(head) + std::string(body);
    const auto edit = editZone(before, dnsName("example.org"), changes, today);
    if (!edit) {
        return "problem " + std::to_string(static_cast<int>(edit.error().problem.code)) + ' ' +
               edit.error().problem.what;
    }
    const std::size_t soa = edit->text.find("5m\n");
    EXPECT_TRUE(edit->text.starts_with("$TTL 1h\n@ SOA ns1 admin 2026112801 1d 2h 1w ")) << edit->text;
    return edit->text.substr(soa + 3);
}

struct Case {
    std::string words;
    std::string before;
    std::vector<ZoneChange> changes;
    std::string after;
};

class ZoneEditing : public testing::TestWithParam<Case> {};

TEST_P(ZoneEditing, ChangesNothingElse) {
    EXPECT_EQ(edited(GetParam().before, GetParam().changes), GetParam().after) << GetParam().words;
}

INSTANTIATE_TEST_SUITE_P(
    Places, ZoneEditing,
    testing::Values(
        Case{"behind the last record of its name",
             "  NS ns1\n@ MX 10 mail\nmail A 192.0.2.1 ; the server\n",
             {{spf, {}}},
             "  NS ns1\n@ MX 10 mail\n@\t300\tIN\tTXT\t\"v=spf1 mx -all\"\nmail A 192.0.2.1 ; the server\n"},
        Case{"behind a record that goes on over lines",
             "@ TXT ( \"a\" ; first\n  \"b\" )\nwww A 192.0.2.1\n",
             {{spf, {}}},
             "@ TXT ( \"a\" ; first\n  \"b\" )\n@\t3600\tIN\tTXT\t\"v=spf1 mx -all\"\nwww A 192.0.2.1\n"},
        Case{"beside the other keys",
             "s0._domainkey TXT \"p=\"\nwww A 192.0.2.1\n",
             {{key, {}}},
             "s0._domainkey TXT \"p=\"\ns1._domainkey\t300\tIN\tTXT\t\"v=DKIM1; k=rsa; p=QUJD\"\nwww A 192.0.2.1\n"},
        Case{"at the end, without a newline there",
             "www A 192.0.2.1",
             {{dmarc, {}}},
             "www A 192.0.2.1\n_dmarc\t300\tIN\tTXT\t\"v=DMARC1; p=none\"\n"},
        Case{"under an $ORIGIN that fits",
             "$ORIGIN _domainkey\ns0 TXT \"p=\"\n$ORIGIN sub.example.org.\nwww A 192.0.2.1\n",
             {{key, {}}},
             "$ORIGIN _domainkey\ns0 TXT \"p=\"\ns1\t300\tIN\tTXT\t\"v=DKIM1; k=rsa; p=QUJD\"\n$ORIGIN "
             "sub.example.org.\nwww A 192.0.2.1\n"},
        Case{"not under an $ORIGIN of others",
             "www A 192.0.2.1\n$ORIGIN sub\nwww A 192.0.2.1\n",
             {{dmarc, {}}},
             "www A 192.0.2.1\n_dmarc\t300\tIN\tTXT\t\"v=DMARC1; p=none\"\n$ORIGIN sub\nwww A 192.0.2.1\n"},
        Case{"in the place of the old one, whose comment stays",
             "@ 60 TXT \"v=spf1 a ~all\" ; who sends\n TXT \"token\"\n",
             {{spf, {oldSpf}}},
             "@\t3600\tIN\tTXT\t\"v=spf1 mx -all\" ; who sends\n TXT \"token\"\n"},
        Case{"with the time to live of the others there",
             "@ 60 TXT \"token\"\n",
             {{spf, {}}},
             "@ 60 TXT \"token\"\n@\t60\tIN\tTXT\t\"v=spf1 mx -all\"\n"},
        Case{"one in the place of two, and what took its name from one of them",
             "@ TXT \"v=spf1 mx -all\"\n NS ns1\nspf A 192.0.2.1\n@ TXT \"v=spf1 a ~all\"\n TXT \"token\"\n",
             {{spf, {spf, oldSpf}}},
             "@\t3600\tIN\tTXT\t\"v=spf1 mx -all\"\n NS ns1\nspf A 192.0.2.1\n@ TXT \"token\"\n"},
        Case{"lines that end as in Windows",
             "www A 192.0.2.1\r\n",
             {{dmarc, {}}},
             "www A 192.0.2.1\r\n_dmarc\t300\tIN\tTXT\t\"v=DMARC1; p=none\"\r\n"}));

TEST(ZoneEdit, LeavesAZoneAloneThatHasItAll) {
    const std::string zone = std::string(head) + "@ TXT \"v=spf1 mx -all\"\n";
    const auto edit = editZone(zone, dnsName("example.org"), std::vector<ZoneChange>{{spf, {}}}, today);
    ASSERT_TRUE(edit);
    EXPECT_EQ(edit->text, zone);
    EXPECT_EQ(edit->newSerial, edit->oldSerial);
    EXPECT_TRUE(edit->diff.empty());
}

TEST(ZoneEdit, KeepsTheTtlOfRecordsThatDoNotSayIt) {
    const std::string zone = "@ 3600 SOA ns1 admin 7 1d 2h 1w 5m\n@ NS ns1\nwww A 192.0.2.1\n";
    const auto edit = editZone(zone, dnsName("example.org"), std::vector<ZoneChange>{{spf, {}}}, today);
    ASSERT_TRUE(edit);
    EXPECT_EQ(edit->text,
              "@ 3600 SOA ns1 admin 8 1d 2h 1w 5m\n@ NS ns1\n@\t3600\tIN\tTXT\t\"v=spf1 mx -all\"\nwww A 192.0.2.1\n");
}

TEST(ZoneEdit, ShowsWhatChanges) {
    const std::string zone =
        std::string(head) + "; one\n; two\n; three\n; four\n@ TXT \"v=spf1 a ~all\"\n; five\n; six\n; seven\n";
    const auto edit = editZone(zone, dnsName("example.org"), std::vector<ZoneChange>{{spf, {oldSpf}}}, today);
    ASSERT_TRUE(edit);
    std::vector<std::string> lines;
    for (const auto& [kind, line, text] : edit->diff) {
        lines.push_back(std::to_string(line) +
                        " +-"[static_cast<int>(kind) == 0   ? 0
                              : static_cast<int>(kind) == 2 ? 1
                                                            : 2] +
                        text);
    }
    EXPECT_THAT(lines, testing::ElementsAre("1 $TTL 1h", "2-@ SOA ns1 admin 2026010101 1d 2h 1w 5m",
                                            "2+@ SOA ns1 admin 2026112801 1d 2h 1w 5m", "3 ; one", "4 ; two",
                                            "5 ; three", "6 ; four", "7-@ TXT \"v=spf1 a ~all\"",
                                            "7+@\t300\tIN\tTXT\t\"v=spf1 mx -all\"", "8 ; five", "9 ; six"));
}

struct Refused {
    std::string zone;
    ZoneEditError code;
    std::size_t line;
};

class RefusedZone : public testing::TestWithParam<Refused> {};

TEST_P(RefusedZone, IsNotChanged) {
    const auto edit = editZone(GetParam().zone, dnsName("example.org"), std::vector<ZoneChange>{{key, {}}}, today);
    ASSERT_FALSE(edit) << GetParam().zone;
    EXPECT_EQ(edit.error().problem.code, GetParam().code) << GetParam().zone;
    EXPECT_EQ(edit.error().problem.where, GetParam().line) << GetParam().zone;
}

INSTANTIATE_TEST_SUITE_P(
    Hostile, RefusedZone,
    testing::Values(Refused{"", ZoneEditError::noSoa, 0}, Refused{"@ TXT \"open", ZoneEditError::unreadable, 1},
                    Refused{"$INCLUDE keys\n", ZoneEditError::unreadable, 1},
                    Refused{"@ SOA a b x 2 3 4 5\n", ZoneEditError::unreadable, 1},
                    Refused{"@ SOA a b 1 2 3 4 5\n@ RRSIG TXT 8 2 1 2 3 4 example.org. eA==\n",
                            ZoneEditError::signedZone, 2},
                    Refused{"other.test. SOA a b 1 2 3 4 5\n", ZoneEditError::outsideZone, 0},
                    Refused{"@ SOA a b 1 2 3 4 5\n_domainkey NS ns.other.test.\n", ZoneEditError::delegated, 2},
                    Refused{"@ SOA a b 1 2 3 4 5\ns1._domainkey CNAME x.other.test.\n", ZoneEditError::alias, 2}));

TEST(Serial, GoesUpInTheWayItIsKept) {
    EXPECT_EQ(nextSerial(2026112702, today), 2026112801U);
    EXPECT_EQ(nextSerial(2026112801, today), 2026112802U);
    EXPECT_EQ(nextSerial(2026112899, today), 2026112900U);
    EXPECT_EQ(nextSerial(2027010101, today), 2027010102U); // of a clock that was ahead
    EXPECT_EQ(nextSerial(7, today), 8U);
    EXPECT_EQ(nextSerial(1764324000, today), 1764324001U); // seconds since 1970
    EXPECT_EQ(nextSerial(0xffffffff, today), 1U);
}

} // namespace
} // namespace sealwright
