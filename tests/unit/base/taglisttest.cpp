#include "base/taglist.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace std::string_view_literals;

struct Accepted {
    std::string_view text;
    std::string_view printed;
};

TEST(TagList, IsReadAndPrintedBack) {
    for (const auto& [text, printed] : {
             Accepted{"a=b", "a=b"},
             Accepted{"v=DKIM1;k=rsa;p=MIIB", "v=DKIM1; k=rsa; p=MIIB"},
             Accepted{" v = DMARC1 ;\r\n\tp=none; ", "v=DMARC1; p=none"},
             Accepted{"p=", "p="},
             Accepted{"p= ;", "p="},
             Accepted{"rua=mailto:a@b.example!10m,mailto:c@d.example", "rua=mailto:a@b.example!10m,mailto:c@d.example"},
             Accepted{"n=two  words; x_1=a=b=", "n=two  words; x_1=a=b="},
             Accepted{"A=1; a=2", "A=1; a=2"},
         }) {
        const auto list = TagList::parse(text);
        ASSERT_TRUE(list) << text;
        EXPECT_EQ(list->toString(), printed);
        EXPECT_EQ(TagList::parse(printed)->tags, list->tags);
    }
}

struct Refused {
    std::string_view text;
    TagListError code;
    std::string_view what;
    std::size_t where;
};

TEST(TagList, IsRefusedWithWhatAndWhere) {
    for (const auto& [text, code, what, where] : {
             Refused{"", TagListError::missingEquals, "", 0},
             Refused{";", TagListError::missingEquals, "", 0},
             Refused{"a=1;;b=2", TagListError::missingEquals, "", 4},
             Refused{"a=1; b ; c=3", TagListError::missingEquals, "b", 5},
             Refused{"=1", TagListError::badName, "", 0},
             Refused{"a=1; 2=b", TagListError::badName, "2", 5},
             Refused{"a-b=1", TagListError::badName, "a-b", 0},
             Refused{"a=1; a=2", TagListError::duplicateTag, "a", 5},
             Refused{"p=ab\0c"sv, TagListError::badValue, "ab\0c"sv, 4},
             Refused{"p=\xc3\xa4", TagListError::badValue, "\xc3\xa4", 2},
             Refused{"p=\x7f", TagListError::badValue, "\x7f", 2},
         }) {
        const auto list = TagList::parse(text);
        ASSERT_FALSE(list) << text;
        EXPECT_EQ(list.error(), (Problem<TagListError>{code, std::string(what), where})) << text;
    }
}

TEST(TagList, FindsATagByItsExactName) {
    const auto list = TagList::parse("v=1; k=rsa").value();
    ASSERT_NE(list.find("k"), nullptr);
    EXPECT_EQ(list.find("k")->value, "rsa");
    EXPECT_EQ(list.find("k")->where, 5U);
    EXPECT_EQ(list.find("K"), nullptr);
}

TEST(TagList, OfTenMegabytesIsReadInTimeThatGrowsWithItsLength) {
    std::string tags;
    for (int i = 0; tags.size() < 10'000'000; ++i) {
        tags += "t" + std::to_string(i) + "=;";
    }
    EXPECT_TRUE(TagList::parse(tags));
    std::string text = "p=";
    text.append(10'000'000, 'A');
    EXPECT_EQ(TagList::parse(text)->tags.front().value.size(), 10'000'000U);
    EXPECT_FALSE(TagList::parse(std::string(10'000'000, ';')));
}

} // namespace
} // namespace sealwright
