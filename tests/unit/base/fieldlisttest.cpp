#include "base/fieldlist.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

constexpr std::string_view version = "v=STSv1";

TEST(FieldList, BeginsWithItsVersion) {
    for (const std::string_view text : {"v=STSv1;", "v=STSv1; id=1", "v=STSv1 ;id=1"}) {
        EXPECT_TRUE(hasVersion(text, version)) << text;
    }
    for (const std::string_view text :
         {"", "v=STSv1", "v=STSv12; id=1", "v = STSv1; id=1", " v=STSv1; id=1", "v=stsv1;"}) {
        EXPECT_FALSE(hasVersion(text, version)) << text;
        EXPECT_FALSE(FieldList::parse(text, version)) << text;
    }
}

TEST(FieldList, ReadsFieldsInOrder) {
    for (const std::string_view text :
         {"v=STSv1; id=20; 1x-y.z_=a=b", "v=STSv1;id=20;1x-y.z_=a=b;", "v=STSv1\t; id=20 ;\t1x-y.z_=a=b ; "}) {
        const auto list = FieldList::parse(text, version);
        ASSERT_TRUE(list) << text;
        EXPECT_EQ(list->fields, (std::vector<Tag>{{"id", "20"}, {"1x-y.z_", "a=b"}})) << text;
        EXPECT_EQ(list->find("id")->value, "20");
        EXPECT_EQ(list->find("x"), nullptr);
    }
}

TEST(FieldList, SaysWhatIsWrongAndWhere) {
    struct {
        std::string_view text;
        TagListError code;
        std::size_t where;
    } const table[] = {
        {"v=STSv1;", TagListError::missingEquals, 8},
        {"v=STSv1; ;id=1", TagListError::missingEquals, 8},
        {"v=STSv1; id", TagListError::missingEquals, 9},
        {"v=STSv1; id =1", TagListError::badName, 9},
        {"v=STSv1; -x=1", TagListError::badName, 9},
        {"v=STSv1; =1", TagListError::badName, 9},
        {"v=STSv1; id=", TagListError::badValue, 12},
        {"v=STSv1; id= 1", TagListError::badValue, 12},
        {"v=STSv1; id=1\n", TagListError::badValue, 12},
        {"v=STSv1; id=\xc3\xa4", TagListError::badValue, 12},
        {"v=STSv1; a=1; b", TagListError::missingEquals, 14},
        {"v=STSv1; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1", TagListError::badName, 9},
    };
    for (const auto& [text, code, where] : table) {
        const auto list = FieldList::parse(text, version);
        ASSERT_FALSE(list) << text;
        EXPECT_EQ(list.error().code, code) << text;
        EXPECT_EQ(list.error().where, where) << text;
    }
}

} // namespace
} // namespace sealwright
