#include "tlsrpt/record.h"

#include <gtest/gtest.h>

namespace sealwright::tlsrpt {
namespace {

// The examples of RFC 8460 section 3.1, and what else the grammar lets stand.
TEST(TlsRptRecord, PrintsWhatIsRead) {
    for (const std::string_view text : {
             "v=TLSRPTv1; rua=mailto:reports@example.com",
             "v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt",
             "v=TLSRPTv1; rua=mailto:a@example.com,https://example.net/x?y=z; x-later=1",
         }) {
        const auto record = Record::parse(text);
        ASSERT_TRUE(record) << text;
        EXPECT_EQ(record->toString(), text);
    }
}

TEST(TlsRptRecord, ReadsEverySpelling) {
    const Record wanted{{"mailto:a@example.com", "MAILTO:b@example.com"}, {}};
    for (const std::string_view text : {"v=TLSRPTv1;rua=mailto:a@example.com,MAILTO:b@example.com",
                                        "v=TLSRPTv1 ; rua=mailto:a@example.com , MAILTO:b@example.com ; "}) {
        EXPECT_EQ(Record::parse(text), wanted) << text;
    }
}

TEST(TlsRptRecord, SaysWhyItIsNone) {
    struct {
        std::string_view text;
        RecordError code;
    } const table[] = {
        {"", RecordError::notTlsRpt},
        {"v=TLSRPTv1", RecordError::notTlsRpt},
        {"v=TLSRPT1; rua=mailto:a@example.com", RecordError::notTlsRpt},
        {"v=TLSRPTv1;", RecordError::badField},
        {"v=TLSRPTv1; rua mailto:a@example.com", RecordError::badField},
        {"v=TLSRPTv1; ruf=mailto:a@example.com", RecordError::noRua},
        {"v=TLSRPTv1; rua=a@example.com", RecordError::badUri},
        {"v=TLSRPTv1; rua=mailto:", RecordError::badUri},
        {"v=TLSRPTv1; rua=http://example.com/", RecordError::badUri},
        {"v=TLSRPTv1; rua=mailto:a@example.com!10m", RecordError::badUri},
        {"v=TLSRPTv1; rua=mailto:a@example.com,", RecordError::badUri},
        {"v=TLSRPTv1; rua=mailto:a@example.com mailto:b@example.com", RecordError::badUri},
    };
    for (const auto& [text, code] : table) {
        const auto record = Record::parse(text);
        ASSERT_FALSE(record) << text;
        EXPECT_EQ(record.error().code, code) << text;
    }
}

TEST(TlsRptRecord, KnowsWhatWasMeantAsOne) {
    for (const std::string_view text :
         {"v=TLSRPTv1", "v=TLSRPT1; rua=mailto:a@b.org", "v=tlsrptv1; rua=mailto:a@b.org"}) {
        EXPECT_TRUE(resemblesTlsRpt(text)) << text;
    }
    EXPECT_FALSE(resemblesTlsRpt("v=TLSRPTv1; rua=mailto:a@b.org"));
    EXPECT_FALSE(resemblesTlsRpt("v=spf1 -all"));
}

} // namespace
} // namespace sealwright::tlsrpt
