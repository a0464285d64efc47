#include "text/messagetext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Message)
};

QString faultText(const dkim::VerifiedSignature& verified, dkim::VerifyProblem code) {
    switch (code) {
    case dkim::VerifyProblem::badSignature:
        return verified.signatureError ? problemText(*verified.signatureError) : QString();
    case dkim::VerifyProblem::bodyHash:
        return Sentence::tr(
            "The body is not the one that was signed: something changed it on the way, such as a footer.");
    case dkim::VerifyProblem::headerHash:
        return Sentence::tr(
            "The signed header fields were changed on the way, or the key in the DNS is not the one that "
            "signed.");
    case dkim::VerifyProblem::expired:
        return Sentence::tr("The signature was good, and has expired (x=).");
    case dkim::VerifyProblem::noKey:
        return Sentence::tr("There is no key in the DNS under this selector. Publish it.");
    case dkim::VerifyProblem::badKeyRecord:
        return Sentence::tr("What the DNS has under this selector is no DKIM key that can be read.");
    case dkim::VerifyProblem::revoked:
        return Sentence::tr("The key has been revoked: p= in its record is empty.");
    case dkim::VerifyProblem::keyNotForMail:
        return Sentence::tr("The key's record does not allow it for mail that is signed with sha256 (h= or s=).");
    case dkim::VerifyProblem::keyTypeDiffers:
        return Sentence::tr("The signature and the key in the DNS are of different types.");
    case dkim::VerifyProblem::keyTooShort:
        return Sentence::tr("The key has fewer than 1024 bits, and such keys must not be trusted. Make one of 2048.");
    case dkim::VerifyProblem::strictIdentity:
        return Sentence::tr("The key's record (t=s) forbids signing for subdomains, and i= names one.");
    case dkim::VerifyProblem::dnsFailure:
        return Sentence::tr("The DNS did not tell the key. Try again.");
    case dkim::VerifyProblem::tooManySignatures:
        return Sentence::tr("There are more signatures than are looked at.");
    }
    return {};
}

} // namespace

QString signatureText(const dkim::VerifiedSignature& verified) {
    if (verified.problem) {
        return faultText(verified, *verified.problem);
    }
    if (verified.unsignedBody > 0) {
        return Sentence::tr(
                   "The signature is good, but the last %1 octets of the body are not signed (l=): anybody may "
                   "have added them.")
            .arg(verified.unsignedBody);
    }
    return verified.isTesting ? Sentence::tr("The signature is good, but the key says t=y: receivers treat the mail as "
                                             "unsigned. Remove t=y from the record.")
                              : Sentence::tr("The signature is good.");
}

QString problemText(const Problem<dkim::SignatureError>& problem) {
    const QString what = shown(problem.what);
    switch (problem.code) {
    case dkim::SignatureError::badTagList:
        return Sentence::tr("The DKIM-Signature field is no list of tags: %1").arg(what);
    case dkim::SignatureError::missingTag:
        return Sentence::tr("The DKIM-Signature field lacks the tag %1=.").arg(what);
    case dkim::SignatureError::badVersion:
        return Sentence::tr("The version of the DKIM-Signature field is %1, and only 1 is known.").arg(what);
    case dkim::SignatureError::badAlgorithm:
        return Sentence::tr("The algorithm %1 is not known.").arg(what);
    case dkim::SignatureError::historicAlgorithm:
        return Sentence::tr("It is signed with %1, which must not be trusted any more. Sign with rsa-sha256.")
            .arg(what);
    case dkim::SignatureError::badBase64:
        return Sentence::tr("The signature is damaged: this is not base64: %1").arg(what);
    case dkim::SignatureError::badCanonicalization:
        return Sentence::tr("The canonicalization %1 is not known (c=).").arg(what);
    case dkim::SignatureError::badDomain:
        return Sentence::tr("%1 is no domain or selector (d= or s=).").arg(what);
    case dkim::SignatureError::badIdentity:
        return Sentence::tr("The identity %1 is not of the signing domain (i=).").arg(what);
    case dkim::SignatureError::fromNotSigned:
        return Sentence::tr("From: is not among the signed fields (h=), so the signature says nothing: %1").arg(what);
    case dkim::SignatureError::badNumber:
        return Sentence::tr("%1 is no number that can stand here (l=, t= or x=).").arg(what);
    case dkim::SignatureError::badQueryMethod:
        return Sentence::tr("The key is to be asked for in a way that is not known (q=): %1").arg(what);
    }
    return {};
}

} // namespace sealwright
