#include "dmarc/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::dmarc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DmarcRecord, PrintsWhatIsRead) {
    for (const std::string_view text : {
             "v=DMARC1",
             "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org",
             "v=DMARC1; p=quarantine; sp=quarantine; np=reject; adkim=s; aspf=r; psd=n; t=y; fo=1:d:s; "
             "rua=mailto:a@example.org,mailto:b@example.net!10m; ruf=mailto:c@example.org",
             "v=DMARC1; p=reject; pct=50; rf=afrf; ri=86400; later=new",
             "v=DMARC1; psd=u",
         }) {
        const auto record = Record::parse(text);
        ASSERT_TRUE(record) << text;
        EXPECT_EQ(record->toString(), text);
        EXPECT_THAT(record->ignored, IsEmpty());
        EXPECT_EQ(Record::parse(record->toString()), *record);
    }
}

TEST(DmarcRecord, ReadsOtherSpellingsOfTheSame) {
    const auto wanted = Record::parse("v=DMARC1; p=reject; rua=mailto:a@example.org,mailto:b@example.org");
    for (const std::string_view text :
         {"v=DMARC1;p=reject;rua=mailto:a@example.org,mailto:b@example.org;",
          "v = DMARC1 ; rua = mailto:a@example.org , mailto:b@example.org ; p = REJECT ; "}) {
        EXPECT_EQ(Record::parse(text), wanted) << text;
    }
}

TEST(DmarcRecord, BeginsWithItsVersion) {
    for (const std::string_view text : {"v=DMARC1", "v=DMARC1;", "v = DMARC1 ; p=none"}) {
        EXPECT_TRUE(isDmarc(text)) << text;
        EXPECT_FALSE(resemblesDmarc(text)) << text;
    }
    for (const std::string_view text : {"v=DMARC1 p=none", "p=none; v=DMARC1", " v=DMARC1; p=none", "v=dmarc1; p=none",
                                        "DMARC1; p=none", "V=DMARC1; p=none", "v=DMARC12", "\"v=DMARC1; p=none\""}) {
        EXPECT_FALSE(isDmarc(text)) << text;
        EXPECT_TRUE(resemblesDmarc(text)) << text;
        EXPECT_EQ(Record::parse(text).error().code, RecordError::notDmarc);
    }
    for (const std::string_view text : {"", "v=spf1 -all", "hello"}) {
        EXPECT_FALSE(isDmarc(text) || resemblesDmarc(text)) << text;
    }
    EXPECT_EQ(Record::parse("v=DMARC1;" + std::string(65'536, ' ')).error().code, RecordError::tooLong);
}

// Section 4.7: a syntax error behind the version costs that tag only.
TEST(DmarcRecord, IgnoresTagsThatMeanNothingAndSaysWhich) {
    const auto record =
        Record::parse("v=DMARC1; p=monitor; sp=; adkim=x; t=maybe; psd=z; fo=7; =; broken; rua=me@x.org;"
                      " aspf=s");
    ASSERT_TRUE(record);
    EXPECT_FALSE(record->p || record->sp || record->adkim || record->t || record->psd || record->fo);
    EXPECT_THAT(record->rua, IsEmpty());
    EXPECT_EQ(record->aspf, Alignment::strict);
    std::vector<std::string> names;
    for (const Tag& tag : record->ignored) {
        names.push_back(tag.name);
    }
    EXPECT_THAT(names, ElementsAre("p", "sp", "adkim", "t", "psd", "fo", "=", "broken", "rua"));
    EXPECT_EQ(record->toString(), "v=DMARC1; aspf=s");
}

TEST(DmarcRecord, TakesTheFirstOfATagThatIsThereTwice) {
    const auto record = Record::parse("v=DMARC1; p=none; p=reject; x=1; x=2");
    EXPECT_EQ(record->p, Policy::none);
    EXPECT_THAT(record->others, ElementsAre(Tag{"x", "1"}));
    EXPECT_THAT(record->ignored, ElementsAre(Tag{"p", "reject"}, Tag{"x", "2"}));
}

TEST(DmarcRecord, KeepsTheGoodAddressesBesideABadOne) {
    const auto record = Record::parse("v=DMARC1; p=none; rua=mailto:a@example.org,b@example.org");
    EXPECT_THAT(record->rua, ElementsAre("mailto:a@example.org"));
    EXPECT_THAT(record->ignored, ElementsAre(Tag{"rua", "mailto:a@example.org,b@example.org"}));
}

TEST(Mailto, EncodesWhatSeparatesAndComesBack) {
    const std::pair<std::string_view, std::string_view> addresses[] = {
        {"dmarc@example.org", "mailto:dmarc@example.org"},
        {"a!b%c@example.org", "mailto:a%21b%25c@example.org"},
        {"x+y/z=?&@example.org", "mailto:x+y%2Fz%3D%3F%26@example.org"},
    };
    for (const auto& [text, uri] : addresses) {
        const auto address = *EmailAddress::parse(text);
        EXPECT_EQ(mailtoUri(address), uri);
        EXPECT_EQ(mailtoAddress(uri), address);
        // Through a whole record too.
        Record record;
        record.rua = {mailtoUri(address), mailtoUri(address)};
        EXPECT_EQ(Record::parse(record.toString()), record);
    }
}

TEST(Mailto, ForgetsTheSizeAndRefusesOtherSchemes) {
    const auto address = EmailAddress::parse("dmarc@example.org");
    EXPECT_EQ(mailtoAddress("MAILTO:dmarc@example.org!10m"), *address);
    EXPECT_EQ(mailtoAddress("mailto:dmarc@example.org?subject=x"), *address);
    for (const std::string_view uri : {"https://example.org/", "dmarc@example.org", "mailto:", "mailto:a%4@example.org",
                                       "mailto:a%00b@example.org", "mailto:a%0Ab@example.org", ""}) {
        EXPECT_EQ(mailtoAddress(uri), std::nullopt) << uri;
    }
}

TEST(ReportAuthorization, IsAskedForAtTheHostThatGetsTheReports) {
    const auto name = reportAuthorizationName(*DomainName::parse("example.org"), *DomainName::parse("rua.example.net"));
    EXPECT_EQ(name->toString(), "example.org._report._dmarc.rua.example.net");
    const auto longName = *DomainName::parse(std::string(63, 'a') + "." + std::string(63, 'b') + ".org");
    EXPECT_EQ(reportAuthorizationName(longName, longName).error().code, DomainNameError::nameTooLong);
}

} // namespace
} // namespace sealwright::dmarc
