#include "text/messagetext.h"

#include <gtest/gtest.h>

using namespace sealwright;

namespace {

void expectSentence(const QString& text, int code) {
    EXPECT_GT(text.size(), 15) << code;
    EXPECT_FALSE(text.contains(QStringLiteral("%1"))) << code << " " << text.toStdString();
}

} // namespace

TEST(MessageText, hasASentenceForWhateverBecameOfASignature) {
    dkim::VerifiedSignature verified;
    expectSentence(signatureText(verified), -1);
    verified.unsignedBody = 7;
    EXPECT_TRUE(signatureText(verified).contains(u'7'));
    for (int i = 0; i <= static_cast<int>(dkim::SignatureError::badQueryMethod); ++i) {
        expectSentence(problemText(problem(static_cast<dkim::SignatureError>(i), "x\x1b[2J")), i);
    }
    verified.signatureError = problem(dkim::SignatureError::badVersion, "2");
    for (int i = 0; i <= static_cast<int>(dkim::VerifyProblem::tooManySignatures); ++i) {
        verified.problem = static_cast<dkim::VerifyProblem>(i);
        expectSentence(signatureText(verified), i);
    }
}

TEST(MessageText, hasASentenceForWhatIsNoMessageAndForHowItWasFound) {
    for (int i = 0; i <= static_cast<int>(message::SourceError::wideText); ++i) {
        expectSentence(problemText(problem(static_cast<message::SourceError>(i))), i);
    }
    for (int i = 0; i <= static_cast<int>(message::SourceForm::noBody); ++i) {
        expectSentence(formText(static_cast<message::SourceForm>(i)), i);
    }
    for (int i = 0; i <= static_cast<int>(verdict::AuthorError::severalDomains); ++i) {
        expectSentence(problemText(problem(static_cast<verdict::AuthorError>(i), "x")), i);
    }
}

TEST(MessageText, hasASentenceForEveryWordOfTheReceiverAndEveryChange) {
    for (int i = 0; i <= static_cast<int>(verdict::Comparison::differs); ++i) {
        expectSentence(claimText({"mx\x1b[2J", {"dkim", "pass", {}, {}}, "fail", static_cast<verdict::Comparison>(i)}),
                       i);
    }
    for (int i = 0; i <= static_cast<int>(verdict::ChangeKind::lineEndings); ++i) {
        const QString text = changeText({static_cast<verdict::ChangeKind>(i), "subject", 7, "a\nb", "c\x1b[2J"});
        expectSentence(text, i);
        EXPECT_TRUE(text.endsWith(QStringLiteral("\n    - a\n    - b\n    + c\\u001b[2J"))) << text.toStdString();
    }
}
