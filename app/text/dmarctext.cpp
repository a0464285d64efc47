#include "text/dmarctext.h"

#include "text/dnstext.h"
#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

struct Dmarc {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Dmarc)
};

QString shownName(const DomainName& name) {
    return QString::fromStdString(name.toUnicode());
}

QString sourceText(const dmarc::Discovery& found) {
    return found.policyDomain ? Dmarc::tr("the record of %1").arg(shownName(*found.policyDomain))
                              : Dmarc::tr("no record");
}

QString alignedText(const dmarc::Evaluation& evaluation) {
    const auto& by = evaluation.alignedBy;
    if (by.size() > 1) {
        return Dmarc::tr("DKIM and SPF both pass for the domain in From:.");
    }
    return by.front() == dmarc::AlignedBy::dkim ? Dmarc::tr("DKIM passes for the domain in From:.")
                                                : Dmarc::tr("SPF passes for the domain in From:.");
}

} // namespace

QString dmarcText(const dmarc::Evaluation& evaluation) {
    const dmarc::Discovery& found = evaluation.discovery;
    switch (evaluation.result) {
    case dmarc::Result::none:
        return found.unusable.empty() ? Dmarc::tr("The domain in From: has no DMARC record.")
                                      : unusableText(found.unusable.front());
    case dmarc::Result::pass:
        return alignedText(evaluation);
    case dmarc::Result::temperror:
        return found.unanswered ? unansweredText(*found.unanswered)
                                : Dmarc::tr("It could not be found out now whether DKIM or SPF pass. Try again.");
    case dmarc::Result::permerror:
    case dmarc::Result::fail:
        break;
    }
    switch (found.policy) {
    case dmarc::Policy::none:
        return Dmarc::tr(
            "Neither DKIM nor SPF pass for the domain in From:. Its policy is none: nothing is to be done.");
    case dmarc::Policy::quarantine:
        return Dmarc::tr("Neither DKIM nor SPF pass for the domain in From:. Its policy asks for the spam folder.");
    case dmarc::Policy::reject:
        return Dmarc::tr("Neither DKIM nor SPF pass for the domain in From:. Its policy asks to refuse such mail.");
    }
    return {};
}

QString unusableText(const dmarc::UnusableRecord& record) {
    const QString name = QStringLiteral("_dmarc.") + shownName(record.domain);
    const QString text = shown(record.text);
    return dmarc::isDmarc(record.text)
               ? Dmarc::tr(
                     "The record at %1 counts for nothing, since it has no valid policy: p= must be there, and p=, "
                     "sp= and np= can only be none, quarantine or reject. Correct it: %2")
                     .arg(name, text)
               : Dmarc::tr("The record at %1 counts for nothing, since it does not begin with \"v=DMARC1;\" in just "
                           "these letters. Correct it: %2")
                     .arg(name, text);
}

QString differenceText(dmarc::Difference difference, const dmarc::Standards& standards) {
    const auto& [current, legacy, differences, forBoth] = standards;
    const auto policy = [](const dmarc::Discovery& found) {
        return QString::fromUtf8(toString(found.policy).data(), static_cast<qsizetype>(toString(found.policy).size()));
    };
    switch (difference) {
    case dmarc::Difference::severalRecords:
        return Dmarc::tr(
                   "There are several records at %1. Older receivers (RFC 7489) then apply no DMARC at all, newer ones "
                   "(RFC 9989) go on to %2.")
            .arg(shownName(current.domain), sourceText(current));
    case dmarc::Difference::recordElsewhere:
        return Dmarc::tr("Newer receivers (RFC 9989) follow %1, older ones (RFC 7489) %2.")
            .arg(sourceText(current), sourceText(legacy));
    case dmarc::Difference::organization:
        return Dmarc::tr(
                   "Newer receivers take %1 for the organization, older ones %2: so they differ in which signatures "
                   "count for the domain.")
            .arg(shownName(current.organizationalDomain), shownName(legacy.organizationalDomain));
    case dmarc::Difference::testing:
        return Dmarc::tr("t=y asks newer receivers for one level less than %1. Older ones do not know it and apply %1.")
            .arg(policy(current));
    case dmarc::Difference::percentage:
        return Dmarc::tr(
                   "pct= asks older receivers to apply %1 to a share of the mail only. Newer ones do not know it and "
                   "apply it to all.")
            .arg(policy(current));
    case dmarc::Difference::nonexistent:
        return Dmarc::tr(
                   "%1 does not exist in the DNS. Newer receivers apply np= to it (%2); older ones do not know that "
                   "and apply %3.")
            .arg(shownName(current.domain), policy(current), policy(legacy));
    }
    return {};
}

} // namespace sealwright
