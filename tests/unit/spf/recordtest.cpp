#include "spf/record.h"

#include <gtest/gtest.h>

namespace sealwright::spf {
namespace {

TEST(SpfRecord, PrintsWhatItRead) {
    for (const std::string_view text : {
             "v=spf1",
             "v=spf1 -all",
             "v=spf1 mx ~all",
             "v=spf1 a/24//64 mx//0 a:mail.example.org/0 -all",
             "v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ?all",
             "v=spf1 +all",
             "v=spf1 ?include:_spf.example.net ~ptr:example.org -exists:%{i}._spf.%{d2r-} redirect=_spf.example.com",
             "v=spf1 a exp=why.%{d} x-new=%{l}/any:thing -all",
             "v=spf1 a:foo:bar/baz.example.com -all",
             "v=spf1 a:%{d/} mx:%{h}/24 -all",
         }) {
        const auto record = Record::parse(text);
        ASSERT_TRUE(record) << text << ": " << record.error().what;
        EXPECT_EQ(record->toString(), text);
        EXPECT_EQ(Record::parse(record->toString()), *record);
    }
}

TEST(SpfRecord, ReadsOtherSpellingsOfTheSame) {
    const std::pair<std::string_view, std::string_view> spellings[] = {
        {"V=SPF1  MX   -ALL  ", "v=spf1 mx -all"},
        {"v=spf1 +mx all", "v=spf1 mx +all"},
        {"v=spf1 ip4:192.0.2.1/32 IP6:2001:DB8::1/128", "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1"},
        {"v=spf1 REDIRECT=example.org", "v=spf1 redirect=example.org"},
    };
    for (const auto& [text, printed] : spellings) {
        const auto record = Record::parse(text);
        ASSERT_TRUE(record) << text;
        EXPECT_EQ(record->toString(), printed);
    }
}

TEST(SpfRecord, PointsAtTheTermThatIsWrong) {
    const auto record = Record::parse("v=spf1 mx  ip4:192.0.2.1/33 -all");
    ASSERT_FALSE(record);
    EXPECT_EQ(record.error(), (Problem<RecordError>{RecordError::badPrefixLength, "ip4:192.0.2.1/33", 11}));
}

TEST(SpfRecord, IsToldFromOtherTexts) {
    for (const std::string_view text : {"v=spf1", "v=spf1 ", "V=sPf1 x"}) {
        EXPECT_TRUE(isSpf(text)) << text;
    }
    for (const std::string_view text : {"", "v=spf", "v=spf10", "v=spf1mx", "v=spf2.0/pra", " v=spf1", "v=spf1\tmx"}) {
        EXPECT_FALSE(isSpf(text)) << text;
    }
}

} // namespace
} // namespace sealwright::spf
