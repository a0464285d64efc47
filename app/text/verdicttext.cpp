#include "text/verdicttext.h"

#include "text/dmarctext.h"
#include "text/messagetext.h"
#include "text/problemtext.h"
#include "text/spftext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sealwright {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Verdict)
};

using verdict::Verdict;

QString word(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Severity severityOf(const dkim::VerifiedSignature& verified, bool anotherPasses) {
    switch (verified.result) {
    case dkim::Result::pass:
        return verified.isTesting || verified.unsignedBody > 0 ? Severity::warning : Severity::ok;
    case dkim::Result::temperror:
        return Severity::unknown;
    case dkim::Result::none:
    case dkim::Result::fail:
    case dkim::Result::neutral:
    case dkim::Result::permerror:
        break;
    }
    return anotherPasses ? Severity::warning : Severity::error;
}

Severity severityOf(spf::Result result, bool dkimPasses) {
    switch (result) {
    case spf::Result::pass:
        return Severity::ok;
    case spf::Result::temperror:
        return Severity::unknown;
    case spf::Result::none:
    case spf::Result::neutral:
        return Severity::warning;
    case spf::Result::fail:
    case spf::Result::softfail:
    case spf::Result::permerror:
        break;
    }
    return dkimPasses ? Severity::warning : Severity::error;
}

Severity severityOf(dmarc::Result result) {
    switch (result) {
    case dmarc::Result::pass:
        return Severity::ok;
    case dmarc::Result::none:
        return Severity::warning;
    case dmarc::Result::temperror:
        return Severity::unknown;
    case dmarc::Result::fail:
    case dmarc::Result::permerror:
        break;
    }
    return Severity::error;
}

Severity severityOf(verdict::Comparison comparison) {
    const bool calm = comparison == verdict::Comparison::same || comparison == verdict::Comparison::notJudged;
    return calm ? Severity::info : Severity::warning;
}

bool dkimPasses(const Verdict& verdict) {
    return std::ranges::any_of(verdict.signatures,
                               [](const auto& verified) { return verified.result == dkim::Result::pass; });
}

void addSignatures(const Verdict& verdict, std::vector<VerdictLine>& lines) {
    const QString area = QStringLiteral("DKIM");
    for (const dkim::VerifiedSignature& verified : verdict.signatures) {
        const auto& signature = verified.signature;
        const QString of = signature ? Words::tr("%1, selector %2")
                                           .arg(QString::fromStdString(signature->domain.toUnicode()),
                                                QString::fromStdString(signature->selector.toString()))
                                     : Words::tr("a signature that can't be read");
        lines.push_back({severityOf(verified, dkimPasses(verdict)), area,
                         Words::tr("%1: %2. %3").arg(word(toString(verified.result)), of, signatureText(verified))});
    }
    if (verdict.signatures.empty()) {
        lines.push_back({Severity::error, area, Words::tr("none: the message is not signed.")});
    }
}

void addSpf(const Verdict& verdict, std::vector<VerdictLine>& lines) {
    const QString area = QStringLiteral("SPF");
    if (!verdict.spf) {
        lines.push_back(
            {Severity::info, area,
             Words::tr("not judged: the message does not tell where it came from, since it was not received by a "
                       "mail server, or was saved without that.")});
        return;
    }
    const spf::Evaluation& spf = *verdict.spf;
    lines.push_back({severityOf(spf.result, dkimPasses(verdict)), area,
                     Words::tr("%1: %2 %3")
                         .arg(word(toString(spf.result)), spf.fault ? faultText(*spf.fault) : resultText(spf.result),
                              envelopeText(verdict))});
}

// SPF alone could still make it pass, and was not judged.
bool dependsOnSpf(const Verdict& verdict) {
    return verdict.dmarc && verdict.dmarc->result == dmarc::Result::fail && !verdict.spf;
}

bool hasBrokenSignature(const Verdict& verdict) {
    return std::ranges::any_of(verdict.signatures, [](const auto& verified) {
        return verified.result == dkim::Result::fail || verified.result == dkim::Result::permerror;
    });
}

void addDmarc(const Verdict& verdict, std::vector<VerdictLine>& lines) {
    const QString area = QStringLiteral("DMARC");
    if (!verdict.dmarc) {
        lines.push_back({Severity::error, area, Words::tr("permerror: %1").arg(problemText(verdict.author.error()))});
        return;
    }
    const dmarc::Result result = verdict.dmarc->result;
    const QString author = QString::fromStdString(verdict.author->toUnicode());
    if (dependsOnSpf(verdict)) {
        lines.push_back(
            {Severity::unknown, area,
             Words::tr("%1 by DKIM alone: %2. No signature passes for the domain in From:, and SPF could not "
                       "be judged. Where SPF passes for it, DMARC does too.")
                 .arg(word(toString(result)), author)});
    } else {
        lines.push_back({severityOf(result), area,
                         Words::tr("%1: %2. %3").arg(word(toString(result)), author, dmarcText(*verdict.dmarc))});
    }
    if (const QString older = olderStandardText(verdict); !older.isEmpty()) {
        lines.push_back({Severity::warning, area, older});
    }
}

} // namespace

std::vector<VerdictLine> verdictLines(const Verdict& verdict) {
    std::vector<VerdictLine> lines;
    addSignatures(verdict, lines);
    addSpf(verdict, lines);
    addDmarc(verdict, lines);
    for (const verdict::Claim& claim : verdict.claims) {
        lines.push_back({severityOf(claim.comparison), Words::tr("Said"), claimText(claim)});
    }
    for (const message::SourceForm form : verdict.forms) {
        const bool matters = form == message::SourceForm::noBody;
        lines.push_back({matters ? Severity::warning : Severity::info, Words::tr("Note"), formText(form)});
    }
    return lines;
}

VerdictLine verdictSummary(const Verdict& verdict) {
    const auto line = [&verdict](Severity severity, const QString& text) {
        return VerdictLine{
            severity, {}, text.arg(verdict.author ? QString::fromStdString(verdict.author->toUnicode()) : QString())};
    };
    switch (verdict.dmarc ? verdict.dmarc->result : dmarc::Result::permerror) {
    case dmarc::Result::pass:
        return line(Severity::ok, Words::tr("Receivers can tell that this mail is from %1."));
    case dmarc::Result::none:
        if (!verdict.dmarc->discovery.unusable.empty()) {
            return line(Severity::error, Words::tr("%1 has a DMARC record that counts for nothing: correct it."));
        }
        return line(dkimPasses(verdict) ? Severity::warning : Severity::error,
                    Words::tr("%1 has no DMARC record, so receivers go by SPF and DKIM alone."));
    case dmarc::Result::fail:
        if (dependsOnSpf(verdict)) {
            return hasBrokenSignature(verdict)
                       ? line(Severity::error, Words::tr("A signature is broken: only SPF, which could not be judged "
                                                         "here, can still tell that this mail is from %1."))
                       : line(Severity::unknown, Words::tr("Only SPF, which could not be judged here, can tell that "
                                                           "this mail is from %1."));
        }
        return line(Severity::error, Words::tr("Receivers can't tell that this mail is from %1: it may land in spam."));
    case dmarc::Result::temperror:
        return line(Severity::unknown, Words::tr("The DNS did not tell enough. Try again."));
    case dmarc::Result::permerror:
        break;
    }
    return line(Severity::error, Words::tr("Receivers can't tell whom this mail is from."));
}

} // namespace sealwright
