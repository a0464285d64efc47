#include "text/findingtext.h"
#include "text/problemtext.h"

#include "support/fakeresolver.h"

#include <gtest/gtest.h>

#include <QRegularExpression>

using namespace sealwright;
using test::dnsName;

namespace {

constexpr FindingCode lastCode = FindingCode::bogus;
constexpr PlanNoteCode lastNote = PlanNoteCode::tlsaNotSigned;

Finding findingOf(FindingCode code) {
    Finding finding{code, Area::spf, dnsName("example.org"), {}, {}, {}};
    finding.arguments = {"argument0", "argument1", "argument2", "argument3"};
    finding.expected.push_back({dnsName("_dmarc.example.org"), RecordType::txt, std::chrono::seconds(300), "v=DMARC1"});
    return finding;
}

bool isUnfilled(const QString& text) {
    static const QRegularExpression placeholder(QStringLiteral("%[0-9Ln]|\\?"));
    return text.contains(placeholder);
}

bool isSentence(const QString& text) {
    return !text.isEmpty() &&
           (text.front().isUpper() || text.front().isDigit() || text.startsWith(QStringLiteral("argument")) ||
            text.startsWith(QStringLiteral("example.org")));
}

} // namespace

TEST(FindingText, saysWhatWasFoundAndWhyItMattersForEveryCode) {
    for (int i = 0; i <= static_cast<int>(lastCode); ++i) {
        const FindingText text = findingText(findingOf(static_cast<FindingCode>(i)));
        EXPECT_TRUE(isSentence(text.found)) << i << " " << text.found.toStdString();
        EXPECT_TRUE(isSentence(text.why)) << i << " " << text.why.toStdString();
    }
}

TEST(FindingText, fillsInEveryArgumentOfEveryCode) {
    for (int i = 0; i <= static_cast<int>(lastCode); ++i) {
        const FindingText text = findingText(findingOf(static_cast<FindingCode>(i)));
        for (const QString& sentence : {text.found, text.why, text.remedy}) {
            EXPECT_FALSE(isUnfilled(sentence)) << i << " " << sentence.toStdString();
        }
    }
}

TEST(FindingText, namesWhatToDoForEveryErrorAndWarningThatOnesOwnRecordsCause) {
    for (int i = 0; i <= static_cast<int>(lastCode); ++i) {
        const auto code = static_cast<FindingCode>(i);
        const Severity severity = severityOf(code);
        if (severity == Severity::error || severity == Severity::warning || severity == Severity::unknown) {
            EXPECT_FALSE(findingText(findingOf(code)).remedy.isEmpty()) << i;
        } else if (severity == Severity::ok) {
            EXPECT_TRUE(findingText(findingOf(code)).remedy.isEmpty()) << i;
        }
    }
}

TEST(FindingText, givesTheExactRecordInTheRemedyOfAMissingOne) {
    for (const FindingCode code : {FindingCode::spfMissing, FindingCode::dkimMissing, FindingCode::dmarcMissing,
                                   FindingCode::dmarcSeveral, FindingCode::reportsNotAuthorized}) {
        const FindingText text = findingText(findingOf(code));
        EXPECT_TRUE(text.remedy.contains(QStringLiteral("_dmarc.example.org.\t300\tIN\tTXT\t\"v=DMARC1\"")))
            << text.remedy.toStdString();
    }
}

TEST(FindingText, showsHostileArgumentsWithoutLettingThemAct) {
    Finding finding = findingOf(FindingCode::spfBroken);
    finding.arguments = {"%1%2\x1b[31m\xe2\x80\xae\n", "7"};
    const FindingText text = findingText(finding);
    EXPECT_TRUE(text.found.contains(QStringLiteral("%1%2\\u001b[31m\\u202e\\u000a"))) << text.found.toStdString();
}

TEST(FindingText, keepsQuietAboutAReasonThatNobodyGave) {
    Finding finding = findingOf(FindingCode::unknown);
    finding.arguments = {"example.org TXT", ""};
    EXPECT_EQ(findingText(finding).found, QStringLiteral("The DNS did not tell: example.org TXT"));
}

TEST(FindingText, speaksOfNoRecordWhereNoneIsPlanned) {
    for (const FindingCode code :
         {FindingCode::spfMissing, FindingCode::spfBroken, FindingCode::spfSeveral, FindingCode::spfPassAll}) {
        Finding finding = findingOf(code);
        EXPECT_TRUE(findingText(finding).remedy.contains(u':'));
        finding.expected.clear();
        const QString remedy = findingText(finding).remedy;
        EXPECT_FALSE(remedy.isEmpty() || remedy.contains(u':') || remedy.contains(u'[')) << remedy.toStdString();
    }
}

TEST(FindingText, saysWhatKeptTheServersFromBeingAsked) {
    Finding finding = findingOf(FindingCode::delegationUnknown);
    finding.arguments = {"timeout"};
    EXPECT_EQ(findingText(finding).found,
              QStringLiteral("The name servers of example.org could not be asked directly: timeout."));
    finding.arguments = {"", "ns1.example.org (192.0.2.1)"};
    EXPECT_EQ(findingText(finding).found, QStringLiteral("The name servers of example.org could not be asked directly: "
                                                         "something in this network answers in the place of "
                                                         "ns1.example.org (192.0.2.1)."));
}

TEST(PlanText, hasASentenceForEveryNote) {
    for (int i = 0; i <= static_cast<int>(lastNote); ++i) {
        const QString text = noteText({static_cast<PlanNoteCode>(i), dnsName("example.org"), "argument0"});
        EXPECT_TRUE(isSentence(text)) << i << " " << text.toStdString();
        EXPECT_FALSE(isUnfilled(text)) << i << " " << text.toStdString();
    }
}

TEST(PlanText, hasATitleForEveryPurposeStateAndArea) {
    for (int i = 0; i <= static_cast<int>(Purpose::tlsa); ++i) {
        EXPECT_FALSE(purposeTitle(static_cast<Purpose>(i)).isEmpty()) << i;
        EXPECT_TRUE(isSentence(purposeText(static_cast<Purpose>(i)))) << i;
    }
    for (int i = 0; i <= static_cast<int>(RecordState::unknown); ++i) {
        EXPECT_FALSE(stateTitle(static_cast<RecordState>(i)).isEmpty()) << i;
    }
    for (const Area area : allAreas) {
        EXPECT_FALSE(areaTitle(area).isEmpty());
    }
}
