#include "message/date.h"

#include <gtest/gtest.h>

namespace sealwright::message {
namespace {

using namespace std::chrono;

TEST(ParseDate, ReadsWhatMailServersWrite) {
    const sys_seconds expected = sys_days(2026y / November / 27) + 16h + 0min + 54s;
    for (const char* text : {"Fri, 27 Nov 2026 17:00:54 +0100", " Fri, 27 Nov 2026 17:00:54 +0100 (CET)",
                             "27 nov 2026 16:00:54 GMT", "Fri, 27 Nov 26 16:00:54 -0000",
                             "Fri, 27 Nov 2026\r\n 11:00:54 EST", "Fri (a, comment), 27 Nov 2026 08:00:54 PST",
                             "Fri,27 Nov 2026 21:30:54 +0530", "27 Nov 126 16:00:54 UT", "27 Nov 2026 16:00:54"}) {
        EXPECT_EQ(parseDate(text), expected) << text;
    }
    EXPECT_EQ(parseDate("1 Jan 1970 00:00 +0000"), sys_seconds{});
    EXPECT_EQ(parseDate("29 Feb 2024 00:00:60 +0000"), sys_days(2024y / February / 29) + 60s);
}

TEST(ParseDate, RefusesWhatIsNoDate) {
    for (const char* text : {"", "Fri", "Fri, 27", "27 Nov 2026", "32 Nov 2026 00:00:00 +0000", "29 Feb 2025 00:00:00",
                             "27 Nov 2026 24:00:00", "27 Nov 2026 12:60:00", "27 Foo 2026 12:00:00", "x Nov 2026 12:00",
                             "27 Nov 2026 :", "27 Nov 2026 12:", "99999999999 Nov 2026 12:00", "27 Nov 99999 12:00",
                             "2026-11-27T17:00:54Z", "((((("}) {
        EXPECT_FALSE(parseDate(text)) << text;
    }
}

TEST(FormatDate, IsReadTheSame) {
    const sys_seconds time = sys_days(2026y / November / 7) + 16h + 0min + 54s;
    EXPECT_EQ(formatDate(time), "Sat, 07 Nov 2026 16:00:54 +0000");
    EXPECT_EQ(parseDate(formatDate(time)), time);
}

} // namespace
} // namespace sealwright::message
