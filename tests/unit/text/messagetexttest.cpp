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
