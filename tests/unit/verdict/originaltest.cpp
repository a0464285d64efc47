#include "verdict/original.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace sealwright::verdict {
namespace {

using enum ChangeKind;
using ::testing::ElementsAre;

WholeMessage whole(const std::string& text) {
    std::istringstream input(text);
    auto read = readWhole(input, {});
    EXPECT_TRUE(read && *read);
    return read && *read ? std::move(**read) : WholeMessage{};
}

dkim::Signature signatureWith(dkim::Canonicalization canonicalization) {
    dkim::Signature signature(test::dnsName("example.org"), test::dnsName("s1"));
    signature.header = canonicalization;
    signature.body = canonicalization;
    signature.headers = {"From", "From", "Subject", "Content-Type"};
    return signature;
}

const std::string original =
    "From: Joe <joe@example.org>\r\nSubject: Hello  you\r\nX-Other: a\r\n\r\none\r\ntwo\r\nthree\r\n";

struct Case {
    std::string_view why;
    std::string received;
    dkim::Canonicalization canonicalization;
    std::vector<Change> changes;
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

TEST(CompareWithOriginal, NamesWhatWasChanged) {
    constexpr auto simple = dkim::Canonicalization::simple;
    constexpr auto relaxed = dkim::Canonicalization::relaxed;
    std::string unixLines = original;
    std::erase(unixLines, '\r');
    const Case cases[] = {
        {"nothing", original, simple, {}},
        {"a field that is not signed", replaced(original, "X-Other: a", "X-Other: b"), simple, {}},
        {"empty lines at the end", original + "\r\n\r\n", simple, {}},
        {"line endings", unixLines, simple, {{lineEndings, {}, 0, {}, {}}}},
        {"a subject with a list's mark",
         replaced(original, "Hello", "[list] Hello"),
         relaxed,
         {{fieldChanged, "subject", 0, "Hello you", "[list] Hello you"}}},
        {"a field removed",
         replaced(original, "Subject: Hello  you\r\n", ""),
         relaxed,
         {{fieldRemoved, "subject", 0, "Hello you", {}}}},
        {"a second From:",
         "From: b@example.net\r\n" + original,
         relaxed,
         {{fieldAdded, "from", 0, {}, "b@example.net"}}},
        {"a signed absence",
         "Content-Type: text/plain\r\n" + original,
         relaxed,
         {{fieldAdded, "content-type", 0, {}, "text/plain"}}},
        {"spaces in a field, simple",
         replaced(original, "Hello  you", "Hello you"),
         simple,
         {{fieldSpaces, "subject", 0, {}, {}}}},
        {"spaces in a field, relaxed", replaced(original, "Hello  you", "Hello you"), relaxed, {}},
        {"spaces in the body, simple", replaced(original, "two", "two "), simple, {{bodySpaces, {}, 2, {}, {}}}},
        {"spaces in the body, relaxed", replaced(original, "two", "two "), relaxed, {}},
        {"a footer", original + "-- \r\nlist footer\r\n", relaxed, {{bodyAppended, {}, 4, {}, "--\nlist footer"}}},
        {"a line within", replaced(original, "two\r\n", "two\r\nnew\r\n"), relaxed, {{bodyInserted, {}, 3, {}, "new"}}},
        {"a line less", replaced(original, "two\r\n", ""), relaxed, {{bodyCut, {}, 2, "two", {}}}},
        {"cut short", replaced(original, "three\r\n", ""), relaxed, {{bodyCut, {}, 3, "three", {}}}},
        {"another word", replaced(original, "two", "2"), relaxed, {{bodyChanged, {}, 2, "two", "2"}}},
        {"encoded anew",
         "Content-Transfer-Encoding: base64\r\n" + replaced(original, "one\r\ntwo\r\nthree", "b25lDQo="),
         relaxed,
         {{reencoded, {}, 0, "7bit", "base64"}, {bodyChanged, {}, 1, "one\ntwo\nthree", "b25lDQo="}}},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.why);
        EXPECT_EQ(compareWithOriginal(whole(original), whole(each.received), signatureWith(each.canonicalization)),
                  each.changes);
    }
}

TEST(CompareWithOriginal, ComparesEveryFieldWithoutASignature) {
    const auto changes =
        compareWithOriginal(whole(original), whole(replaced(original, "X-Other: a", "X-Other: b")), {});
    EXPECT_THAT(changes, ElementsAre(Change{fieldChanged, "x-other", 0, "a", "b"}));
}

TEST(CompareWithOriginal, KeepsExcerptsShort) {
    const auto changes = compareWithOriginal(whole(original), whole(original + std::string(5'000'000, 'x')), {});
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes.front().after.size(), longestExcerpt);
}

TEST(ReadWhole, RefusesWhatIsTooLongAndWhatIsNoMail) {
    std::istringstream none("hello\n");
    EXPECT_FALSE(readWhole(none, {}));
    std::istringstream huge("From: a\r\n\r\n" + std::string(longestWhole + 1, 'x'));
    const auto read = readWhole(huge, {});
    ASSERT_TRUE(read);
    EXPECT_FALSE(*read);
}

TEST(SignatureToCompareBy, IsTheFirstThatFails) {
    const auto with = [](dkim::Result result, std::string_view selector) {
        dkim::VerifiedSignature verified;
        verified.result = result;
        verified.signature = dkim::Signature(test::dnsName("example.org"), test::dnsName(selector));
        return verified;
    };
    const std::vector all{dkim::VerifiedSignature{}, with(dkim::Result::pass, "a"), with(dkim::Result::fail, "b")};
    EXPECT_EQ(signatureToCompareBy(all)->selector, test::dnsName("b"));
    EXPECT_EQ(signatureToCompareBy(std::span(all).first(2))->selector, test::dnsName("a"));
    EXPECT_FALSE(signatureToCompareBy(std::span(all).first(1)));
}

} // namespace
} // namespace sealwright::verdict
