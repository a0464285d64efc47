#include "text/takeovertext.h"

#include <gtest/gtest.h>

using namespace sealwright;
using namespace sealwright::takeover;

namespace {

void expectSentence(const QString& text, int code) {
    EXPECT_TRUE(text.endsWith(u'.') || text.endsWith(QStringLiteral("word"))) << code << " " << text.toStdString();
    EXPECT_FALSE(text.contains(u'%')) << code << " " << text.toStdString();
    EXPECT_FALSE(text.contains(u'\x1b')) << code << " " << text.toStdString();
}

} // namespace

TEST(TakeoverText, hasASentenceForEachReasonToLeaveAFile) {
    const DomainName domain = *DomainName::parse("example.org");
    for (int i = 0; i <= static_cast<int>(LeftReason::selectorTaken); ++i) {
        const auto why = static_cast<LeftReason>(i);
        expectSentence(leftText({"a.pem", why, "\x1b[2J word", problem(KeyError::notAKey)}, domain), i);
        EXPECT_FALSE(toString(why).empty()) << i;
    }
}

TEST(TakeoverText, hasASentenceForEachProblemOfAFolderAndEachEvidence) {
    for (int i = 0; i <= static_cast<int>(FolderError::cancelled); ++i) {
        expectSentence(problemText(problem(static_cast<FolderError>(i), "word")), i);
    }
    for (int i = 0; i <= static_cast<int>(Evidence::fileName); ++i) {
        const auto evidence = static_cast<Evidence>(i);
        EXPECT_FALSE(toString(evidence).empty()) << i;
        for (const auto publication : {Publication::published, Publication::missing, Publication::unknown}) {
            expectSentence(evidenceText(evidence, publication), i);
            EXPECT_FALSE(toString(publication).empty()) << i;
        }
    }
}
