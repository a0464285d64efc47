#include "text/problemtext.h"

#include <gtest/gtest.h>

#include <QRegularExpression>

using namespace sealwright;

namespace {

void expectSentence(const QString& text, int code) {
    static const QRegularExpression placeholder(QStringLiteral("%[0-9Ln]"));
    EXPECT_FALSE(text.isEmpty()) << code;
    EXPECT_FALSE(text.contains(placeholder)) << code << " " << text.toStdString();
    static const QRegularExpression ending(QStringLiteral("[.)a-z0-9]$"));
    EXPECT_TRUE(text.contains(ending)) << code << " " << text.toStdString();
}

template <class Code>
void expectSentences(Code last) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        expectSentence(problemText(problem(static_cast<Code>(i), "word", 7)), i);
    }
}

} // namespace

TEST(ProblemText, hasASentenceForEveryProblemOfANameOrAddress) {
    expectSentences(DomainNameError::singleLabel);
    expectSentences(SelectorError::hyphenAtEdge);
    expectSentences(EmailAddressError::badDomain);
    expectSentences(IpAddressError::tooWide);
}

TEST(ProblemText, hasASentenceForEveryProblemOfAKeyItsVaultAndItsRecord) {
    expectSentences(KeyError::library);
    expectSentences(VaultError::cancelled);
    expectSentences(dkim::KeyRecordError::tooLong);
}

TEST(ProblemText, hasASentenceForEveryOtherProblem) {
    expectSentences(ProfileError::absent);
    expectSentences(ResolverError::library);
    expectSentences(spf::RecordError::tooLong);
}

TEST(ProblemText, saysWhyTheVaultDidNotGiveAKeyOfTheBundle) {
    const KeyId key{*DomainName::parse("example.org"), *Selector::parse("s202611")};
    for (int i = 0; i <= static_cast<int>(BundleError::keyMismatch); ++i) {
        const BundleProblem bundle{problem(static_cast<BundleError>(i), "/srv/out"), problem(VaultError::locked), key};
        expectSentence(problemText(bundle), i);
    }
    const BundleProblem locked{problem(BundleError::keyNotLoaded), problem(VaultError::locked), key};
    EXPECT_TRUE(problemText(locked).contains(problemText(problem(VaultError::locked))));
    EXPECT_TRUE(problemText(locked).contains(QStringLiteral("s202611")));
}

TEST(Shown, leavesWordsOfAnyLanguageAlone) {
    EXPECT_EQ(shown("müller 例え 😀"), QStringLiteral("müller 例え 😀"));
}

TEST(Shown, makesWhatWouldActOnATerminalVisible) {
    EXPECT_EQ(shown("a\nb\r\t\x1b[2J\x7f"), QStringLiteral("a\\u000ab\\u000d\\u0009\\u001b[2J\\u007f"));
    EXPECT_EQ(shown("\xc2\x9b"), QStringLiteral("\\u009b"));             // C1: begins an escape sequence
    EXPECT_EQ(shown("\xe2\x80\xae"), QStringLiteral("\\u202e"));         // right-to-left override
    EXPECT_EQ(shown("\xe2\x80\xa8"), QStringLiteral("\\u2028"));         // line separator
    EXPECT_EQ(shown("\xf3\xa0\x80\x81"), QStringLiteral("\\U000e0001")); // language tag
    EXPECT_EQ(shown(std::string_view("\0", 1)), QStringLiteral("\\u0000"));
}

TEST(Shown, replacesOctetsThatAreNoText) {
    EXPECT_EQ(shown("a\xff"
                    "b"),
              QStringLiteral("a\ufffdb"));
    EXPECT_EQ(shown("caf\xc3"), QStringLiteral("caf\ufffd"));
}

TEST(Shown, cutsWhatIsTooLongForAnyScreen) {
    const std::string huge(10'000'000, 'x');
    EXPECT_LT(shown(huge).size(), 1010);
    EXPECT_TRUE(shown(huge).endsWith(QStringLiteral("…")));
    EXPECT_EQ(shown(std::string(1000, 'x')).size(), 1000);
}
