#include "mtasts/record.h"

#include <gtest/gtest.h>

namespace sealwright::mtasts {
namespace {

// The example of RFC 8461 section 3.1, and other spellings of the same.
TEST(MtaStsRecord, ReadsEverySpelling) {
    for (const std::string_view text :
         {"v=STSv1; id=20160831085700Z;", "v=STSv1; id=20160831085700Z", "v=STSv1;id=20160831085700Z ; "}) {
        const auto record = Record::parse(text);
        ASSERT_TRUE(record) << text;
        EXPECT_EQ(record->id, "20160831085700Z");
        EXPECT_EQ(record->toString(), "v=STSv1; id=20160831085700Z;");
        EXPECT_TRUE(isMtaSts(text));
        EXPECT_FALSE(resemblesMtaSts(text));
    }
}

TEST(MtaStsRecord, KeepsExtensions) {
    const auto record = Record::parse("v=STSv1; x-note=a=b; id=1; 2=c");
    ASSERT_TRUE(record);
    EXPECT_EQ(record->toString(), "v=STSv1; id=1; x-note=a=b; 2=c;");
    EXPECT_EQ(Record::parse(record->toString()), *record);
}

TEST(MtaStsRecord, SaysWhyItIsNone) {
    struct {
        std::string text;
        RecordError code;
    } const table[] = {
        {"", RecordError::notMtaSts},
        {"v=STSv1", RecordError::notMtaSts},
        {"v=stsv1; id=1", RecordError::notMtaSts},
        {"v=STSv1 id=1", RecordError::notMtaSts},
        {"id=1; v=STSv1;", RecordError::notMtaSts},
        {"v=STSv1;", RecordError::badField},
        {"v=STSv1; id = 1", RecordError::badField},
        {"v=STSv1; id=", RecordError::badField},
        {"v=STSv1; x=1", RecordError::noId},
        {"v=STSv1; ID=1", RecordError::noId},
        {"v=STSv1; id=2016-08-31", RecordError::badId},
        {"v=STSv1; id=" + std::string(33, '1'), RecordError::badId},
        {"v=STSv1; id=1; id=2", RecordError::doubleId},
    };
    for (const auto& [text, code] : table) {
        const auto record = Record::parse(text);
        ASSERT_FALSE(record) << text;
        EXPECT_EQ(record.error().code, code) << text;
    }
    EXPECT_TRUE(Record::parse("v=STSv1; id=" + std::string(32, '1')));
}

TEST(MtaStsRecord, KnowsWhatWasMeantAsOne) {
    for (const std::string_view text : {"v=STSv1", "v=stsv1; id=1", "\"v=STSv1; id=1\"", "V=STSv1; id=1"}) {
        EXPECT_TRUE(resemblesMtaSts(text)) << text;
    }
    EXPECT_FALSE(resemblesMtaSts("v=spf1 -all"));
}

} // namespace
} // namespace sealwright::mtasts
