#include "live/imapresponse.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Lines, with the literals that they announce between them.
ImapResponse responseOf(const std::vector<std::string>& parts) {
    ImapResponse response;
    for (const std::string& part : parts) {
        if (response.dueLiteral()) {
            EXPECT_EQ(*response.dueLiteral(), part.size());
            response.addLiteral(part);
        } else {
            EXPECT_TRUE(response.add(part));
        }
    }
    EXPECT_FALSE(response.dueLiteral());
    return response;
}

TEST(ImapResponse, TellsHowACommandEnded) {
    const ImapResponse ok = responseOf({"a1 OK [READ-ONLY] \"done\" (really) {5}"});
    EXPECT_EQ(ok.tag(), "a1");
    EXPECT_TRUE(ok.isA("OK"));
    EXPECT_EQ(ok.words(), "[READ-ONLY] \"done\" (really) {5}");
    EXPECT_TRUE(responseOf({"a2 no [AUTHENTICATIONFAILED] Sorry"}).isA("NO"));
    EXPECT_EQ(responseOf({"+ "}).tag(), "+");
    EXPECT_EQ(responseOf({"+"}).tag(), "+");
    EXPECT_TRUE(responseOf({"* 12 EXISTS"}).isA("EXISTS"));
    EXPECT_FALSE(responseOf({""}).isA("OK"));
}

TEST(ImapResponse, ReadsFolders) {
    const auto junk = listedFolder(responseOf({R"(* LIST (\HasNoChildren \Junk) "/" "[Gmail]/Sp\"am")"}));
    ASSERT_TRUE(junk);
    EXPECT_EQ(junk->name, "[Gmail]/Sp\"am");
    EXPECT_EQ(junk->delimiter, "/");
    EXPECT_THAT(junk->attributes, ElementsAre("\\HasNoChildren", "\\Junk"));
    EXPECT_EQ(listedFolder(responseOf({"* LIST () NIL {5}", "a (b\"", ""}))->name, "a (b\"");
    for (const char* line : {"* LIST", "* LIST (", "* LIST ()", "* LIST () \"/\"", "* LIST ((", "* LIST () \"/\" \"\"",
                             "* LSUB () \"/\" x", "* LIST x y z", "* SEARCH 1"}) {
        EXPECT_FALSE(listedFolder(responseOf({line}))) << line;
    }
}

TEST(ImapResponse, KnowsFoldersForJunk) {
    for (const char* line : {R"(* LIST (\Junk) "/" Unwanted)", R"(* LIST () "." INBOX.Spam)", R"(* LIST () "/" junk)",
                             R"(* LIST () "/" "Junk E-mail")", R"(* LIST () "/" "[Gmail]/Spam")"}) {
        EXPECT_TRUE(isForJunk(*listedFolder(responseOf({line})))) << line;
    }
    for (const char* line : {R"(* LIST () "/" INBOX)", R"(* LIST () "/" Spam/Reports)",
                             R"(* LIST (\Noselect) "/" Spam)", R"(* LIST () NIL INBOX.Spam)"}) {
        EXPECT_FALSE(isForJunk(*listedFolder(responseOf({line})))) << line;
    }
}

TEST(ImapResponse, ReadsWhatIsFound) {
    EXPECT_THAT(foundMessages(responseOf({"* SEARCH 5 7 4294967295"})), ElementsAre(5, 7, 4294967295));
    EXPECT_THAT(foundMessages(responseOf({"* SEARCH"})), IsEmpty());
    EXPECT_THAT(foundMessages(responseOf({"* SEARCH 4294967296 x -1"})), IsEmpty());
    EXPECT_THAT(foundMessages(responseOf({"* 5 EXISTS"})), IsEmpty());
}

TEST(ImapResponse, ReadsAMessage) {
    const std::string message = "From: a@example.org\r\n\r\n) {9}\r\n* BYE\r\n";
    EXPECT_EQ(fetchedMessage(responseOf(
                  {"* 1 FETCH (UID 5 BODY[] {" + std::to_string(message.size()) + "}", message, " FLAGS (\\Seen))"})),
              message);
    EXPECT_EQ(fetchedMessage(responseOf({"* 1 FETCH (BODY[] \"x\")"})), "x");
    for (const char* line :
         {"* 1 FETCH (FLAGS ())", "* 1 FETCH (BODY[] NIL)", "* 1 FETCH (BODY[]", "* LIST BODY[] \"x\""}) {
        EXPECT_FALSE(fetchedMessage(responseOf({line}))) << line;
    }
}

TEST(ImapResponse, IsBounded) {
    ImapResponse response;
    std::string line = "* LIST ";
    line.append(20'000, '(');
    EXPECT_FALSE(response.add(line));
    EXPECT_EQ(quotedForImap("a\"b\\c\r\nx"), R"("a\"b\\c??x")");
}

} // namespace
} // namespace sealwright
