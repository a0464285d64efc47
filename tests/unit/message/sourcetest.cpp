#include "message/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::message {
namespace {

using enum SourceForm;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Read {
    std::optional<Header> header;
    std::string body;
    tl::expected<std::vector<SourceForm>, Problem<SourceError>> forms;
    bool endsWithDot = false;
};

Read read(std::string_view text, std::size_t piece, Source::Reading reading = Source::Reading::usual) {
    Read result;
    Source source({[&](Header header) { result.header = std::move(header); },
                   [&](std::string_view octets) { result.body += octets; }},
                  reading);
    for (std::size_t at = 0; at < text.size(); at += piece) {
        source.add(text.substr(at, piece));
    }
    result.forms = source.finish();
    result.endsWithDot = source.endsWithDot();
    return result;
}

struct Case {
    std::string_view why, text, firstField, body;
    std::vector<SourceForm> forms;
    Source::Reading reading = Source::Reading::usual;
};

const Case cases[] = {
    {"a mail", "From: a\r\nTo: b\r\n\r\nbody\r\n", "From: a", "body\r\n", {}},
    {"saved with LF", "From: a\n\nbody\n", "From: a", "body\n", {bareLineFeeds}},
    {"both endings", "From: a\r\nTo: b\n\nbody\n", "From: a", "body\n", {mixedLineEndings}},
    {"no body", "From: a\r\nTo: b\r\n", "From: a", "", {noBody}},
    {"byte order mark and empty lines", "\xEF\xBB\xBF\r\n\r\nFrom: a\r\n\r\nbody", "From: a", "body", {}},
    {"an mbox of one",
     "From joe@example.org Fri Nov 27 17:00:00 2026\nFrom: a\n\n>From here\n>>From there\n> From\nend\n",
     "From: a",
     "From here\n>From there\n> From\nend\n",
     {mboxEntry, bareLineFeeds, mboxQuoting}},
    {"an mbox of two",
     "From joe Fri\nFrom: a\n\none\n\nFrom one line to the next, at 17:00\n\nFrom joe  Sat Nov 28 07:15:00 +0000 2026\n"
     "From: b\n\ntwo\n",
     "From: a",
     "one\n\nFrom one line to the next, at 17:00\n\n",
     {mboxEntry, bareLineFeeds, furtherMessages}},
    {"an mbox whose writer quotes nothing",
     "From joe Fri\nFrom: a\n\n>From here\n",
     "From: a",
     ">From here\n",
     {mboxEntry, bareLineFeeds},
     Source::Reading::quotesKept},
    {"no mbox: such lines are of the mail",
     "From: a\n\n>From here\n\nFrom there\n",
     "From: a",
     ">From here\n\nFrom there\n",
     {bareLineFeeds}},
    {"as SMTP sends it",
     "From: a\r\n\r\n..\r\n...two\r\nx.\r\n.\r\n",
     "From: a",
     ".\r\n..two\r\nx.\r\n",
     {dotStuffed},
     Source::Reading::dotsStuffed},
    {"not read as SMTP sends it", "From: a\r\n\r\n..\r\n.\r\n", "From: a", "..\r\n.\r\n", {}},
    {"a web mail's page",
     "Original Message\nMessage ID\t<x@y>\nFrom:\tJoe <joe@example.org>\nDKIM:\t'PASS'\n\n\nDelivered-To: me\n"
     "Received: from a\nFrom: a\n\nbody\n",
     "Delivered-To: me",
     "body\n",
     {textBefore, bareLineFeeds}},
    {"a title, and what exim puts on top",
     "Source of the message\n\nReturn-path: <a@b>\nEnvelope-to: me\nReceived: from a\nFrom: a\n\nbody\n",
     "Return-path: <a@b>",
     "body\n",
     {textBefore, bareLineFeeds}},
    {"fields above the first trace field",
     "Source of the message\n\nX-Mozilla-Status: 0001\nX-Long: a\n\tb\nReturn-Path: <a@b>\nFrom: a\n\nbody\n",
     "X-Mozilla-Status: 0001",
     "body\n",
     {textBefore, bareLineFeeds}},
    {"a title, and no trace field",
     "Source of the message\n\nSubject: x\nFrom: a\n\nbody\n",
     "Subject: x",
     "body\n",
     {textBefore, bareLineFeeds}},
    {"a header inside the body is none",
     "Subject: x\n\nSee:\nReceived: from a\n\nbody\n",
     "Subject: x",
     "See:\nReceived: from a\n\nbody\n",
     {bareLineFeeds}},
};

TEST(Source, FindsTheMessageInWhatWasSavedOrPasted) {
    for (const Case& each : cases) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{4096}}) {
            SCOPED_TRACE(std::string(each.why) + ", in pieces of " + std::to_string(piece));
            const Read result = read(each.text, piece, each.reading);
            ASSERT_TRUE(result.forms);
            ASSERT_TRUE(result.header);
            EXPECT_EQ(result.header->fields.front().raw, each.firstField);
            EXPECT_EQ(result.body, each.body);
            EXPECT_THAT(*result.forms, ::testing::UnorderedElementsAreArray(each.forms));
        }
    }
}

TEST(Source, SaysWhatIsNoMessage) {
    const std::string huge(5'000'000, 'x');
    const std::pair<std::string, SourceError> refused[] = {{"", SourceError::empty},
                                                           {" \r\n\r\n", SourceError::empty},
                                                           {"hello\nworld\n", SourceError::noHeader},
                                                           {std::string("\0\1\2", 3), SourceError::noHeader},
                                                           {huge, SourceError::headerTooLong},
                                                           {"a: " + huge, SourceError::headerTooLong},
                                                           {"<!DOCTYPE html><html>", SourceError::webPage},
                                                           {"\n <Html><body>", SourceError::webPage},
                                                           {"\xEF\xBB\xBF<?xml version", SourceError::webPage},
                                                           {"\xD0\xCF\x11\xE0\xA1\xB1", SourceError::outlookFile},
                                                           {"PK\x03\x04zip", SourceError::archive},
                                                           {"\x1F\x8B\x08", SourceError::archive},
                                                           {"%PDF-1.7", SourceError::pdf},
                                                           {std::string("\xFF\xFE"
                                                                        "F\0r\0",
                                                                        6),
                                                            SourceError::wideText}};
    for (const auto& [text, error] : refused) {
        const Read result = read(text, 65'536);
        ASSERT_FALSE(result.forms) << text.substr(0, 20);
        EXPECT_EQ(result.forms.error().code, error) << text.substr(0, 20);
        EXPECT_FALSE(result.header);
    }
}

TEST(Source, GivesABodyWithoutEmptyLinesAsItComes) {
    std::size_t octets = 0;
    std::size_t most = 0;
    Source source({[](const Header&) {},
                   [&](std::string_view piece) {
                       octets += piece.size();
                       most = std::max(most, piece.size());
                   }});
    source.add("From: a\r\n\r\n");
    const std::string piece(100'000, 'x');
    for (int i = 0; i < 100; ++i) {
        source.add(piece);
    }
    EXPECT_TRUE(source.finish());
    EXPECT_EQ(octets, 10'000'000U);
    EXPECT_LT(most, 300'000U);
}

TEST(Source, KeepsALongLineOfAnMboxWhole) {
    const std::string line = std::string(200'000, 'x') + ".From \n";
    const Read result = read("From joe Fri\nFrom: a\n\n" + line, 7919, Source::Reading::dotsStuffed);
    EXPECT_EQ(result.body, line);
}

TEST(Source, TellsTheDotAtTheEnd) {
    EXPECT_TRUE(read("From: a\r\n\r\nx\r\n.\r\n", 1).endsWithDot);
    EXPECT_TRUE(read("From: a\n\nx\n.\n", 5).endsWithDot);
    EXPECT_FALSE(read("From: a\r\n\r\nx.\r\n", 5).endsWithDot);
    EXPECT_FALSE(read(".\r\n", 5).endsWithDot);
}

} // namespace
} // namespace sealwright::message
