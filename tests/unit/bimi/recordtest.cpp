#include "bimi/record.h"

#include <gtest/gtest.h>

namespace sealwright::bimi {
namespace {

TEST(BimiRecord, PrintsWhatIsRead) {
    for (const std::string_view text : {
             "v=BIMI1; l=https://example.com/logo.svg",
             "v=BIMI1; l=https://example.com/logo.svg; a=https://example.com/vmc.pem; avp=brand",
             "v=BIMI1; l=; a=",
         }) {
        const auto record = Record::parse(text);
        ASSERT_TRUE(record) << text;
        EXPECT_EQ(record->toString(), text);
        EXPECT_TRUE(isBimi(text));
    }
}

TEST(BimiRecord, MayDecline) {
    EXPECT_TRUE(Record::parse("v=BIMI1; l=; a=;")->declines());
    EXPECT_TRUE(Record::parse("v=BIMI1; l=")->declines());
    EXPECT_FALSE(Record::parse("v=BIMI1; l=https://example.com/l.svg; a=;")->declines());
    EXPECT_FALSE(Record::parse("v=BIMI1; l=; a=https://example.com/vmc.pem")->declines());
}

TEST(BimiRecord, SaysWhyItIsNone) {
    struct {
        std::string_view text;
        RecordError code;
    } const table[] = {
        {"", RecordError::notBimi},
        {"v=BIMI2; l=", RecordError::notBimi},
        {"v=bimi1; l=", RecordError::notBimi},
        {"l=; v=BIMI1", RecordError::notBimi},
        {"v=BIMI1; l", RecordError::badTags},
        {"v=BIMI1; l=; l=", RecordError::badTags},
        {"v=BIMI1; a=", RecordError::noLocation},
        {"v=BIMI1; l=http://example.com/logo.svg", RecordError::badLocation},
        {"v=BIMI1; l=https://", RecordError::badLocation},
        {"v=BIMI1; l=logo.svg", RecordError::badLocation},
        {"v=BIMI1; l=https://example.com/logo.svg; a=self", RecordError::badEvidence},
    };
    for (const auto& [text, code] : table) {
        const auto record = Record::parse(text);
        ASSERT_FALSE(record) << text;
        EXPECT_EQ(record.error().code, code) << text;
    }
}

} // namespace
} // namespace sealwright::bimi
