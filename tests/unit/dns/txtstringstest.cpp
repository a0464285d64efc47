#include "dns/txtstrings.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(TxtStrings, SplitsAt255OctetsAndNeverHasNone) {
    EXPECT_THAT(txtStrings(""), ElementsAre(""));
    EXPECT_THAT(txtStrings(std::string(255, 'a')), ElementsAre(SizeIs(255)));
    EXPECT_THAT(txtStrings(std::string(256, 'a')), ElementsAre(SizeIs(255), "a"));
    EXPECT_THAT(txtStrings(std::string(510, 'a')), ElementsAre(SizeIs(255), SizeIs(255)));
}

TEST(TxtStrings, EscapesWhatAZoneFileWouldMisread) {
    EXPECT_EQ(quotedTxt("v=spf1 -all"), R"("v=spf1 -all")");
    EXPECT_EQ(quotedTxt(R"(a"b\c;d(e)f)"), R"("a\"b\\c;d(e)f")");
    EXPECT_EQ(quotedTxt("\n\t\x7f\xc3\xa4"), R"("\010\009\127\195\164")");
    EXPECT_EQ(quotedTxt(std::string(256, 'a')), '"' + std::string(255, 'a') + R"(" "a")");
    EXPECT_EQ(quotedTxt(""), R"("")");
}

} // namespace
} // namespace sealwright
