#include "text/messagetext.h"

#include "text/dmarctext.h"
#include "text/problemtext.h"

#include <QCoreApplication>

#include <algorithm>

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

QString problemText(const Problem<message::SourceError>& problem) {
    switch (problem.code) {
    case message::SourceError::empty:
        return Sentence::tr(
            "There is nothing in it. Save the mail as a file, or copy its whole source (“show original”).");
    case message::SourceError::noHeader:
        return Sentence::tr(
            "It is no mail: it does not begin with a header such as “From: …”. Save the mail as a file, or "
            "copy its whole source (“show original”).");
    case message::SourceError::headerTooLong:
        return Sentence::tr(
            "It is no mail: its header has no end. Save the mail as a file, or copy its whole source (“show "
            "original”).");
    case message::SourceError::webPage:
        return Sentence::tr(
            "It is a web page, not the mail. In your web mail, choose “show original” or “view source”, and "
            "save or copy what it shows.");
    case message::SourceError::outlookFile:
        return Sentence::tr(
            "It is an Outlook .msg file, which no longer holds the mail as it came over the network. Save it as "
            ".eml (drag it into a folder in the new Outlook), or copy its source.");
    case message::SourceError::archive:
        return Sentence::tr("It is a packed file. Unpack it, and give the mail in it.");
    case message::SourceError::pdf:
        return Sentence::tr(
            "It is a PDF. Only the mail's source (“show original”, or an .eml file) has its signatures.");
    case message::SourceError::wideText:
        return Sentence::tr("It is saved as “Unicode” (UTF-16). Save it as .eml, or as text in UTF-8.");
    }
    return {};
}

QString problemText(const Problem<verdict::AuthorError>& problem) {
    switch (problem.code) {
    case verdict::AuthorError::noFrom:
        return Sentence::tr("The message has no From:, so receivers refuse it.");
    case verdict::AuthorError::severalFrom:
        return Sentence::tr("The message has more than one From:, so receivers refuse it.");
    case verdict::AuthorError::noAddress:
        return Sentence::tr("There is no address in From:.");
    case verdict::AuthorError::badDomain:
        return Sentence::tr("The address in From: has no valid domain: %1").arg(shown(problem.what));
    case verdict::AuthorError::severalDomains:
        return Sentence::tr("From: names several domains, so DMARC can't be judged.");
    }
    return {};
}

QString formText(message::SourceForm form) {
    switch (form) {
    case message::SourceForm::textBefore:
        return Sentence::tr("There was text before the mail's header; it was passed over.");
    case message::SourceForm::mboxEntry:
        return Sentence::tr("This is an mbox, a file of many mails; the first one was read.");
    case message::SourceForm::mboxQuoting:
        return Sentence::tr("Lines that began with “>From ” were read as “From ”, as an mbox quotes them.");
    case message::SourceForm::furtherMessages:
        return Sentence::tr("There are more mails in the file; only the first was read.");
    case message::SourceForm::bareLineFeeds:
        return Sentence::tr("The lines end as in a Unix file (LF); they were read as they were sent (CRLF).");
    case message::SourceForm::mixedLineEndings:
        return Sentence::tr("The lines end in different ways (CRLF and LF); all were read as CRLF.");
    case message::SourceForm::dotStuffed:
        return Sentence::tr("This was recorded from SMTP: dots doubled at the begin of lines were taken away.");
    case message::SourceForm::noBody:
        return Sentence::tr("There is a header and no body. If the mail had one, copy all of it.");
    }
    return {};
}

QString envelopeText(const verdict::Verdict& verdict) {
    if (!verdict.envelope) {
        return {};
    }
    const auto& [client, mailFrom, helo] = *verdict.envelope;
    const QString sender = mailFrom.empty() ? Sentence::tr("a bounce of %1").arg(shown(helo)) : shown(mailFrom);
    return verdict.receivedBy.empty() ? Sentence::tr("(%1, from %2)").arg(sender, shown(client.toString()))
                                      : Sentence::tr("(%1, from %2, as %3 noted it)")
                                            .arg(sender, shown(client.toString()), shown(verdict.receivedBy));
}

QString olderStandardText(const verdict::Verdict& verdict) {
    if (!verdict.dmarc || !verdict.legacyDmarc) {
        return {};
    }
    const dmarc::Evaluation& now = *verdict.dmarc;
    const dmarc::Evaluation& older = *verdict.legacyDmarc;
    const auto word = [](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    const auto standards = compareStandards(now.discovery, older.discovery);
    QStringList sentences;
    if (now.result != older.result) {
        sentences << Sentence::tr("Receivers that still follow RFC 7489 say %1.").arg(word(toString(older.result)));
    } else if (now.result == dmarc::Result::fail && inForce(now.discovery) != older.discovery.policy) {
        sentences << Sentence::tr("Receivers that still follow RFC 7489 apply %1.")
                         .arg(word(toString(older.discovery.policy)));
    } else {
        return {};
    }
    for (const dmarc::Difference difference : standards.differences) {
        sentences << differenceText(difference, standards);
    }
    if (standards.forBoth) {
        sentences << Sentence::tr("This record for %1 makes both agree: %2")
                         .arg(QString::fromStdString(now.discovery.domain.toUnicode()),
                              shown(standards.forBoth->toString()));
    }
    return sentences.join(u' ');
}

QString claimText(const verdict::Claim& claim) {
    QString said =
        claim.server.empty()
            ? Sentence::tr("The receiver: %1=%2.").arg(shown(claim.said.method), shown(claim.said.result))
            : Sentence::tr("%1: %2=%3.").arg(shown(claim.server), shown(claim.said.method), shown(claim.said.result));
    const QString ours = shown(claim.ours);
    const auto with = [&said](const QString& sentence) { return said + u' ' + sentence; };
    switch (claim.comparison) {
    case verdict::Comparison::same:
        return with(Sentence::tr("Here the same."));
    case verdict::Comparison::notJudged:
        return with(ours.isEmpty() ? Sentence::tr("That is not judged here.")
                                   : Sentence::tr("Here it could not be found out (%1).").arg(ours));
    case verdict::Comparison::changedSince:
        return with(
            Sentence::tr("Here %1: the copy at hand is not what was signed, so it was changed after it arrived, or by "
                         "saving or copying it.")
                .arg(ours));
    case verdict::Comparison::keyGone:
        return with(Sentence::tr("Here %1: the key has gone from the DNS since.").arg(ours));
    case verdict::Comparison::keyAppeared:
        return with(Sentence::tr("Here %1: the key was published later, or the receiver's DNS failed then.").arg(ours));
    case verdict::Comparison::otherMessage:
        return with(Sentence::tr("There is no such signature in the copy at hand."));
    case verdict::Comparison::otherSender:
        return with(Sentence::tr("Here %1, for the sender at hand; the receiver judged another name.").arg(ours));
    case verdict::Comparison::consequence:
        return with(Sentence::tr("Here %1, which follows from what differs above.").arg(ours));
    case verdict::Comparison::dnsChanged:
        return with(Sentence::tr("Here %1: the records have changed since, or the DNS answered the receiver otherwise.")
                        .arg(ours));
    case verdict::Comparison::olderStandard:
        return with(Sentence::tr("Here %1: the receiver still follows RFC 7489.").arg(ours));
    case verdict::Comparison::localPolicy:
        return with(Sentence::tr("Here %1: its word is a rule of the receiver's own, not of the standard.").arg(ours));
    case verdict::Comparison::differs:
        return with(Sentence::tr("Here %1.").arg(ours));
    }
    return said;
}

QString changeText(const verdict::Change& change) {
    QString text = [&change] {
        const QString field = shown(change.field);
        switch (change.kind) {
        case verdict::ChangeKind::fieldChanged:
            return Sentence::tr("The signed field %1 was rewritten.").arg(field);
        case verdict::ChangeKind::fieldAdded:
            return Sentence::tr("A field %1 was added.").arg(field);
        case verdict::ChangeKind::fieldRemoved:
            return Sentence::tr("The signed field %1 was taken away.").arg(field);
        case verdict::ChangeKind::fieldSpaces:
            return Sentence::
                tr("White space in the signed field %1 was changed. Sign with c=relaxed/relaxed, which forgives that.")
                    .arg(field);
        case verdict::ChangeKind::reencoded:
            return Sentence::tr("The body was encoded anew, which changes every line of it.");
        case verdict::ChangeKind::bodySpaces:
            return Sentence::tr(
                       "White space in the body was changed, from line %1 on. Sign with c=relaxed/relaxed, which "
                       "forgives that.")
                .arg(change.line);
        case verdict::ChangeKind::bodyAppended:
            return Sentence::tr("Text was added below the body, such as the footer of a mailing list:");
        case verdict::ChangeKind::bodyInserted:
            return Sentence::tr("Text was added within the body, at line %1:").arg(change.line);
        case verdict::ChangeKind::bodyCut:
            return Sentence::tr("A part of the body is missing, from line %1 on:").arg(change.line);
        case verdict::ChangeKind::bodyChanged:
            return Sentence::tr("The body was changed, from line %1 on:").arg(change.line);
        case verdict::ChangeKind::lineEndings:
            return Sentence::tr("The lines end in different ways (CRLF and LF). That breaks no signature.");
        }
        return QString();
    }();
    const auto quote = [&text](const std::string& lines, const QString& mark) {
        if (!lines.empty()) {
            for (std::size_t at = 0; at <= lines.size();) {
                const std::size_t end = std::min(lines.find('\n', at), lines.size());
                text += QStringLiteral("\n    ") + mark + u' ' + shown(std::string_view(lines).substr(at, end - at));
                at = end + 1;
            }
        }
    };
    quote(change.before, QStringLiteral("-"));
    quote(change.after, QStringLiteral("+"));
    return text;
}

} // namespace sealwright
