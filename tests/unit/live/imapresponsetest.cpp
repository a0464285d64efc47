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
                             R"(* LIST () "/" "Junk E-mail")", R"(* LIST () "/" "[Gmail]/Spam")",
                             R"(* LIST () "/" Junk-E-Mail)", R"(* LIST () "/" Spamverdacht)",
                             R"(* LIST () "/" "Courrier ind&AOk-sirable")", R"(* LIST () "." "INBOX.&j,dg0TDhMPww6w-")",
                             R"(* LIST () "/" "Correo no deseado")", R"(* LIST () "/" "Posta indesiderata")"}) {
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

std::optional<std::string> fetchedBody(const ImapResponse& response) {
    return fetchedSection(response, "BODY[]");
}

TEST(ImapResponse, ReadsAMessage) {
    const std::string message = "From: a@example.org\r\n\r\n) {9}\r\n* BYE\r\n";
    EXPECT_EQ(fetchedBody(responseOf(
                  {"* 1 FETCH (UID 5 BODY[] {" + std::to_string(message.size()) + "}", message, " FLAGS (\\Seen))"})),
              message);
    EXPECT_EQ(fetchedBody(responseOf({"* 1 FETCH (BODY[] \"x\")"})), "x");
    EXPECT_EQ(fetchedSection(responseOf({"* 1 FETCH (BODY[HEADER] \"x\")"}), "BODY[HEADER]"), "x");
    for (const char* line : {"* 1 FETCH (BODY[HEADER] \"x\")", "* 1 FETCH (X \"BODY[]\" \"x\")", "* 1 FETCH (FLAGS ())",
                             "* 1 FETCH (BODY[] NIL)", "* 1 FETCH (BODY[]", "* LIST BODY[] \"x\""}) {
        EXPECT_FALSE(fetchedBody(responseOf({line}))) << line;
    }
}

TEST(ImapResponse, ReadsCodesAndCapabilities) {
    EXPECT_EQ(responseCode(responseOf({"* OK [UIDNEXT 5] next"}), "uidnext"), "5");
    EXPECT_EQ(responseCode(responseOf({"a1 NO [INUSE] later"}), "INUSE"), "");
    for (const char* line :
         {"a1 NO INUSE", "a1 NO [INUSE", "a1 NO [LIMIT] INUSE", "a1 NO", "* LIST () \"/\" [INUSE]"}) {
        EXPECT_FALSE(responseCode(responseOf({line}), "INUSE")) << line;
    }
    EXPECT_THAT(capabilitiesIn(responseOf({"* CAPABILITY IMAP4rev1 AUTH=PLAIN"})),
                ElementsAre("CAPABILITY", "IMAP4rev1", "AUTH=PLAIN"));
    EXPECT_THAT(capabilitiesIn(responseOf({"* OK CAPABILITY"})), IsEmpty());
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
