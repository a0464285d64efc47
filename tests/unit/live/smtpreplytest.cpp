#include "live/smtpreply.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using testing::ElementsAre;

TEST(SmtpReply, IsBuiltUpLineByLine) {
    SmtpReply reply;
    EXPECT_TRUE(reply.add("250-mail.example.org at your service"));
    EXPECT_FALSE(reply.isComplete());
    EXPECT_TRUE(reply.add("250-SIZE 1000"));
    EXPECT_TRUE(reply.add("250 StartTLS"));
    EXPECT_TRUE(reply.isComplete());
    EXPECT_EQ(reply.code(), 250);
    EXPECT_EQ(ehloName(reply), "mail.example.org");
    EXPECT_TRUE(offers(reply, "STARTTLS"));
    EXPECT_TRUE(offers(reply, "SIZE"));
    EXPECT_FALSE(offers(reply, "START"));
    EXPECT_FALSE(reply.add("250 more"));
}

TEST(SmtpReply, NeedsNoText) {
    for (const char* line : {"220", "220 "}) {
        SmtpReply reply;
        EXPECT_TRUE(reply.add(line));
        EXPECT_TRUE(reply.isComplete());
        EXPECT_THAT(reply.texts(), ElementsAre(""));
    }
}

TEST(SmtpReply, OffersNothingByItsName) {
    SmtpReply reply;
    EXPECT_TRUE(reply.add("250 STARTTLS"));
    EXPECT_FALSE(offers(reply, "STARTTLS"));
}

TEST(SmtpReply, IsNothingElse) {
    for (const char* line :
         {"", "22", "2x0 hello", "220_hello", "120 hello", "620 hello", "SSH-2.0", "\xff\xff\xff "}) {
        EXPECT_FALSE(SmtpReply().add(line)) << line;
    }
    SmtpReply mixed;
    EXPECT_TRUE(mixed.add("250-one"));
    EXPECT_FALSE(mixed.add("251 other"));
}

TEST(SmtpReply, HasAnEnd) {
    SmtpReply reply;
    int lines = 0;
    while (reply.add("250-and so on")) {
        ++lines;
    }
    EXPECT_EQ(lines, 100);
}

} // namespace
} // namespace sealwright
