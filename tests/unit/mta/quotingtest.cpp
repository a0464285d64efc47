#include "mta/quoting.h"

#include "support/program.h"

#include <gtest/gtest.h>

using namespace sealwright;

namespace {

/// What must never become configuration or shell.
const std::string hostile[] = {
    "",
    " ",
    "'",
    "\"",
    "''\"\"",
    "\\",
    "\\'",
    "a\nDKIM_STRICT = 1",
    "a\r\nb",
    "\t",
    "$HOME",
    "${run{/bin/touch /tmp/x}}",
    "$(touch /tmp/x)",
    "`touch /tmp/x`",
    "*",
    "*@*",
    "a:b",
    "a b",
    "#",
    "; reboot",
    "| reboot",
    "> /etc/passwd",
    "-rf",
    "../../etc/passwd",
    "..",
    ".",
    "/",
    "%s%n",
    "{{domain}}",
    "{{{domain}}}",
    "!",
    "~root",
    "\x1b[2J",
    "\x7f",
    "m\xc3\xbcller.test",
    "\xff\xfe",
    "a\\\nb",
};

} // namespace

TEST(Quoting, NamesPassThroughTablesAsTheyAre) {
    for (const std::string name : {"example.org", "xn--mller-kva.test", "r202611", "a-b.c_d", "A.B", "-a"}) {
        EXPECT_EQ(tableWord(name), name);
    }
}

TEST(Quoting, TableWordsAreOneHarmlessWordWhateverComes) {
    constexpr auto allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    for (const auto& value : hostile) {
        const auto word = tableWord(value);
        EXPECT_FALSE(word.empty());
        EXPECT_EQ(word.find_first_not_of(allowed), std::string::npos) << word;
        EXPECT_NE(word.front(), '.') << word;
        EXPECT_EQ(word.find(".."), std::string::npos) << word;
    }
}

TEST(Quoting, AValueWithANulStaysInItsWord) {
    const std::string value("a\0b", 3);
    EXPECT_EQ(tableWord(value), "a_b");
    EXPECT_EQ(shellWord(value), "'ab'");
    EXPECT_EQ(plainText(value), "a?b");
    EXPECT_EQ(jsonText(value), "a\\u0000b");
}

TEST(Quoting, AShellReadsBackWhatWasQuoted) {
    for (const auto& value : hostile) {
        const auto result = test::run({"sh", "-c", "printf %s. " + shellWord(value)});
        EXPECT_EQ(result.status, 0);
        EXPECT_EQ(result.output, value + ".");
    }
}

TEST(Quoting, JsonTextIsPrintableAsciiWithoutABareQuote) {
    for (const auto& value : hostile) {
        bool escaped = false;
        for (const char c : jsonText(value)) {
            EXPECT_GE(c, ' ');
            EXPECT_LT(c, '\x7f');
            EXPECT_FALSE(c == '"' && !escaped);
            escaped = c == '\\' && !escaped;
        }
        EXPECT_FALSE(escaped);
    }
    EXPECT_EQ(jsonText("a\"b\\c\nd"), "a\\\"b\\\\c\\u000ad");
}

TEST(Quoting, PlainTextHasNoControlCharacters) {
    for (const auto& value : hostile) {
        for (const char c : plainText(value)) {
            EXPECT_FALSE(static_cast<unsigned char>(c) < 0x20 || c == '\x7f');
        }
    }
    EXPECT_EQ(plainText("m\xc3\xbcller"), "m\xc3\xbcller");
}
