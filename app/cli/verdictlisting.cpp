#include "cli/verdictlisting.h"

#include "cli/output.h"
#include "cli/spfjson.h"
#include "text/messagetext.h"
#include "text/problemtext.h"
#include "text/verdicttext.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Message)
};

using verdict::Verdict;

QJsonObject toJson(const dkim::VerifiedSignature& verified) {
    const auto& signature = verified.signature;
    const auto problem = [&verified]() -> QJsonValue {
        if (verified.signatureError) {
            return text(toString(verified.signatureError->code));
        }
        return verified.problem ? QJsonValue(text(toString(*verified.problem))) : QJsonValue();
    };
    return {{QStringLiteral("result"), text(toString(verified.result))},
            {QStringLiteral("domain"), signature ? QJsonValue(text(signature->domain.toString())) : QJsonValue()},
            {QStringLiteral("selector"), signature ? QJsonValue(text(signature->selector.toString())) : QJsonValue()},
            {QStringLiteral("algorithm"),
             signature ? QJsonValue(text(toString(signature->type)) + QStringLiteral("-sha256")) : QJsonValue()},
            {QStringLiteral("problem"), problem()},
            {QStringLiteral("keyBits"), verified.keyBits ? QJsonValue(*verified.keyBits) : QJsonValue()},
            {QStringLiteral("testing"), verified.isTesting},
            {QStringLiteral("unsignedBody"), static_cast<qint64>(verified.unsignedBody)}};
}

QJsonObject toJson(const std::optional<dmarc::Evaluation>& judged) {
    if (!judged) {
        QJsonObject nothing{{QStringLiteral("result"), text(toString(dmarc::Result::permerror))},
                            {QStringLiteral("alignedBy"), QJsonArray()}};
        for (const char* name : {"domain", "policyDomain", "organizationalDomain", "policy"}) {
            nothing[QLatin1String(name)] = QJsonValue();
        }
        return nothing;
    }
    const dmarc::Evaluation& evaluation = *judged;
    const dmarc::Discovery& found = evaluation.discovery;
    QJsonArray alignedBy;
    for (const dmarc::AlignedBy mechanism : evaluation.alignedBy) {
        alignedBy += text(toString(mechanism));
    }
    const bool applies = found.policyDomain.has_value();
    return {{QStringLiteral("result"), text(toString(evaluation.result))},
            {QStringLiteral("domain"), text(found.domain.toString())},
            {QStringLiteral("policyDomain"), applies ? QJsonValue(text(found.policyDomain->toString())) : QJsonValue()},
            {QStringLiteral("organizationalDomain"), text(found.organizationalDomain.toString())},
            {QStringLiteral("policy"), applies ? QJsonValue(text(toString(found.policy))) : QJsonValue()},
            {QStringLiteral("alignedBy"), alignedBy}};
}

QJsonObject toJson(const verdict::Claim& claim) {
    return {{QStringLiteral("server"), shown(claim.server)},
            {QStringLiteral("method"), shown(claim.said.method)},
            {QStringLiteral("result"), shown(claim.said.result)},
            {QStringLiteral("ours"), claim.ours.empty() ? QJsonValue() : QJsonValue(text(claim.ours))},
            {QStringLiteral("comparison"), text(toString(claim.comparison))}};
}

QJsonObject toJson(const verdict::Change& change) {
    return {{QStringLiteral("change"), text(toString(change.kind))},
            {QStringLiteral("field"), change.field.empty() ? QJsonValue() : QJsonValue(shown(change.field))},
            {QStringLiteral("line"), static_cast<qint64>(change.line)},
            {QStringLiteral("before"), QString::fromStdString(change.before)},
            {QStringLiteral("after"), QString::fromStdString(change.after)}};
}

QJsonValue toJson(const Verdict& verdict, const std::optional<verdict::Envelope>& envelope) {
    if (!envelope) {
        return {};
    }
    return QJsonObject{
        {QStringLiteral("client"), text(envelope->client.toString())},
        {QStringLiteral("mailFrom"), shown(envelope->mailFrom)},
        {QStringLiteral("helo"), shown(envelope->helo)},
        {QStringLiteral("notedBy"), verdict.receivedBy.empty() ? QJsonValue() : QJsonValue(shown(verdict.receivedBy))}};
}

template <class List>
QJsonArray arrayOf(const List& list) {
    QJsonArray array;
    for (const auto& each : list) {
        array += toJson(each);
    }
    return array;
}

} // namespace

QJsonObject verdictJson(const Verdict& verdict, const std::optional<std::vector<verdict::Change>>& changes) {
    QJsonArray forms;
    for (const message::SourceForm form : verdict.forms) {
        forms += text(toString(form));
    }
    QJsonObject dmarc = toJson(verdict.dmarc);
    dmarc[QStringLiteral("rfc7489")] = verdict.legacyDmarc ? QJsonValue(toJson(verdict.legacyDmarc)) : QJsonValue();
    QJsonObject object{{QStringLiteral("dkim"), arrayOf(verdict.signatures)},
                       {QStringLiteral("spf"), verdict.spf ? QJsonValue(spfJson(*verdict.spf)) : QJsonValue()},
                       {QStringLiteral("dmarc"), dmarc},
                       {QStringLiteral("envelope"), toJson(verdict, verdict.envelope)},
                       {QStringLiteral("authenticationResults"), arrayOf(verdict.claims)},
                       {QStringLiteral("source"), forms}};
    if (changes) {
        object[QStringLiteral("changes")] = arrayOf(*changes);
    }
    return object;
}

QString verdictListing(const Verdict& verdict, const std::optional<std::vector<verdict::Change>>& changes) {
    QStringList lines;
    const auto add = [&lines](const QString& area, const QString& what) { lines << area.leftJustified(7) + what; };
    for (const VerdictLine& line : verdictLines(verdict)) {
        add(line.area, line.text);
    }
    if (!verdict.spf) {
        add({}, Words::tr("Give --client-ip, --mail-from and --helo to judge it."));
    }
    if (changes && changes->empty()) {
        add(Words::tr("Same"), Words::tr("Nothing that counts differs from the original."));
    }
    for (const verdict::Change& change : changes.value_or(std::vector<verdict::Change>())) {
        add(Words::tr("Change"), changeText(change));
    }
    return lines.join(u'\n');
}

ExitStatus statusOf(const Verdict& verdict) {
    switch (verdict.dmarc ? verdict.dmarc->result : dmarc::Result::permerror) {
    case dmarc::Result::pass:
        return ExitStatus::ok;
    case dmarc::Result::temperror:
        return ExitStatus::unknown;
    case dmarc::Result::none:
    case dmarc::Result::fail:
    case dmarc::Result::permerror:
        break;
    }
    return ExitStatus::wrong;
}

} // namespace sealwright::cli
