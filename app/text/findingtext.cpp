#include "text/findingtext.h"

#include "text/problemtext.h"
#include "text/sliptext.h"
#include "zone/zonefile.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

// The record to publish, as the last words of a remedy. Line breaks in it are kept.
QString recordText(const std::vector<ResourceRecord>& records) {
    QString text;
    for (const ResourceRecord& record : records) {
        text += QStringLiteral("\n") +
                QString::fromStdString(zoneText({&record, 1}, record.name, ZoneNames::absolute)).trimmed();
    }
    return text;
}

class Sentences {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Sentences)

public:
    explicit Sentences(const Finding& finding) : finding_(finding) {}

    [[nodiscard]] FindingText text() const;

private:
    [[nodiscard]] QString name() const { return QString::fromStdString(finding_.subject.toUnicode()); }

    [[nodiscard]] QString argument(std::size_t index) const {
        return index < finding_.arguments.size() ? shown(finding_.arguments[index]) : QStringLiteral("?");
    }

    // All arguments from `first` on, as a list.
    [[nodiscard]] QString list(std::size_t first) const {
        QStringList items;
        for (std::size_t i = first; i < finding_.arguments.size(); ++i) {
            items += shown(finding_.arguments[i]);
        }
        return items.join(QStringLiteral(", "));
    }

    [[nodiscard]] QString publish() const { return tr("Publish:%1").arg(recordText(finding_.expected)); }
    [[nodiscard]] QString replace() const { return tr("Replace it by:%1").arg(recordText(finding_.expected)); }
    [[nodiscard]] QString replaceAll() const {
        return tr("Delete all of them and publish this one:%1").arg(recordText(finding_.expected));
    }

    const Finding& finding_;
};

FindingText Sentences::text() const {
    switch (finding_.code) {
    case FindingCode::mxFound:
        return {tr("Mail for %1 goes to %2.").arg(name(), list(0)),
                tr("The MX record names the servers that take a domain's mail."),
                {}};
    case FindingCode::mxMissing:
        return {tr("%1 has no MX record.").arg(name()),
                tr("Replies and bounces may not find your server, and many receivers distrust a sender that takes no "
                   "mail itself."),
                finding_.expected.empty() ? tr("Publish an MX record that names your mail server.") : publish()};
    case FindingCode::mxNull:
        return {tr("%1 says that it takes no mail (a null MX record).").arg(name()),
                tr("Receivers may refuse mail from a domain that can't be answered."),
                tr("If the domain is to send mail, replace the null MX record by one that names your mail server.")};
    case FindingCode::mxHostWithoutAddress:
        return {tr("The mail server %1 has no address in the DNS.").arg(argument(0)),
                tr("Nobody can reach it, so mail to the domain is lost or returned."),
                tr("Publish an A record (and an AAAA record for IPv6) for %1.").arg(argument(0))};
    case FindingCode::mxHostIsAlias:
        return {tr("The MX record names %1, which is only an alias (CNAME) of %2.").arg(argument(0), argument(1)),
                tr("Aliases are not allowed there, and some senders refuse to deliver."),
                tr("Let the MX record name %1 itself.").arg(argument(1))};
    case FindingCode::nullMxPresent:
        return {tr("%1 says that it takes no mail.").arg(name()),
                tr("That is right for a name that never sends: nothing waits for an answer."),
                {}};
    case FindingCode::nullMxMissing:
        return {tr("%1 never sends, and does not say that it takes no mail either.").arg(name()),
                tr("A null MX record makes senders stop at once instead of trying for days."), publish()};
    case FindingCode::domainNotFound:
        return {tr("The DNS does not know %1.").arg(name()), tr("Without the domain itself nothing else can work."),
                tr("Check the spelling. If the domain is new, wait until it is delegated to its name servers.")};

    case FindingCode::spfPresent:
        return {tr("The SPF record of %1 lets your senders pass; it costs receivers %2 of at most 10 look-ups.")
                    .arg(name(), argument(0)),
                tr("SPF tells receivers which servers may send for a domain."),
                {}};
    case FindingCode::spfMissing:
        return {tr("%1 has no SPF record.").arg(name()),
                tr("SPF tells receivers which servers may send for a domain. Without it anybody could."), publish()};
    case FindingCode::spfDiffers:
        return {tr("The SPF record of %1 leaves out some of your senders.").arg(name()),
                tr("Their mail may be treated as forged."), replace()};
    case FindingCode::spfSeveral:
        return {tr("%1 has %2 SPF records.").arg(name(), argument(0)),
                tr("Only one is allowed. With more, receivers treat SPF as broken."), replaceAll()};
    case FindingCode::spfBroken:
        return {tr("The SPF record of %1 has a term that can't be read: %2 (at character %3).")
                    .arg(name(), argument(0), argument(1)),
                tr("One wrong term makes the whole record fail."), replace()};
    case FindingCode::spfTooManyLookups:
        return {tr("The SPF record of %1 makes receivers do up to %2 DNS look-ups; at most 10 are allowed.")
                    .arg(name(), argument(0)),
                tr("Beyond ten, receivers give up and SPF fails for all your mail."),
                tr("Remove services that no longer send for you, or name their addresses (ip4:, ip6:) instead of "
                   "include:.")};
    case FindingCode::spfIncludeUnusable:
        return {tr("The SPF record of %1 refers to %2, which has no single valid SPF record.").arg(name(), argument(0)),
                tr("Receivers treat the whole record as broken when they get there."),
                tr("Ask the service for the name it uses now, or remove %1 from the record.").arg(argument(0))};
    case FindingCode::spfPassAll:
        return {tr("The SPF record of %1 lets everybody send (%2).").arg(name(), argument(0)),
                tr("It protects nobody, and receivers take it as a sign of spam."), replace()};
    case FindingCode::spfSendersPass:
        return {
            tr("SPF passes for your senders: %1.").arg(list(0)), tr("Judged as receivers do, include by include."), {}};
    case FindingCode::spfSenderFails:
        return {tr("SPF does not pass for your sender %1 (%2).").arg(argument(0), argument(1)),
                tr("Receivers take its mail for forged, unless a DKIM signature saves it."), replace()};
    case FindingCode::spfNeutralAll:
        return {tr("The SPF record of %1 says nothing about strangers (%2).").arg(name(), argument(0)),
                tr("Forged mail is not told from yours. ~all marks it, and your own mail stays safe."),
                tr("Let the record end in ~all instead of %1.").arg(argument(0))};
    case FindingCode::spfHostPresent:
        return {tr("The mail server's own name %1 has its SPF record.").arg(name()),
                tr("Bounces have no other sender than the server's name."),
                {}};
    case FindingCode::spfHostMissing:
        return {tr("The mail server's own name %1 has no SPF record.").arg(name()),
                tr("Bounces have no other sender than the server's name, so receivers check that."), publish()};
    case FindingCode::spfHostDiffers:
        return {tr("The SPF record of the mail server's name %1 does not let the server itself pass.").arg(name()),
                tr("Its bounces may be treated as forged."), replace()};

    case FindingCode::dkimPresent:
        return {
            finding_.arguments.size() > 1 && finding_.arguments[1] != "0"
                ? tr("Your key %1 is published, and %2 name server addresses have it.").arg(argument(0), argument(1))
                : tr("Your key %1 is published.").arg(argument(0)),
            tr("Receivers can verify your DKIM signatures."),
            {}};
    case FindingCode::dkimMissing:
        return {tr("Your key %1 is not published.").arg(argument(0)),
                tr("Receivers can't verify a signature without it. Publish it before your server begins to sign."),
                publish()};
    case FindingCode::dkimDiffers:
        return {tr("Your key %1 is published with a limit (h= or s=) that keeps it from mail.").arg(argument(0)),
                tr("Receivers ignore the key for your signatures."), replace()};
    case FindingCode::dkimOtherKey:
        return {tr("Another key than yours is published as %1.").arg(argument(0)),
                tr("Your signatures fail against it. It may be an older key, or another server's."),
                tr("If nothing else signs with this selector, replace it by:%1\nOtherwise make a key with a new "
                   "selector.")
                    .arg(recordText(finding_.expected))};
    case FindingCode::dkimSeveral:
        return {tr("There are %2 records for the key %1.").arg(argument(0), argument(1)),
                tr("Which one receivers use is left to chance."), replaceAll()};
    case FindingCode::dkimBroken:
        return {tr("The record for the key %1 can't be read near: %2").arg(argument(0), argument(1)),
                tr("Receivers find no key in it, so signatures fail. Forms that cut long texts do this."), replace()};
    case FindingCode::dkimRevoked:
        return {tr("The key %1 is published as revoked (an empty p=).").arg(argument(0)),
                tr("All signatures made with it fail."), replace()};
    case FindingCode::dkimTesting:
        return {tr("Your key %1 is published with t=y, which says that you are only testing.").arg(argument(0)),
                tr("Receivers treat mail signed with it as unsigned."), replace()};
    case FindingCode::dkimNotYetSeen:
        return {tr("Your key %1 is at every name server, and some resolvers still remember the time before.")
                    .arg(argument(0)),
                tr("Resolvers keep an old answer until its time is over."),
                tr("Nothing to do but wait, up to an hour as a rule.")};
    case FindingCode::dkimNotEverywhere:
        return {tr("Your key %1 is not at these name servers: %2.").arg(argument(0), list(1)),
                tr("Receivers that happen to ask them can't verify your mail."),
                tr("If the change is fresh, wait a few minutes. Otherwise ask your DNS provider why these servers "
                   "are behind.")};
    case FindingCode::dkimServerSilent:
        return {tr("These name servers did not answer about the key %1: %2.").arg(argument(0), list(1)),
                tr("The others did. A server that is down for everybody slows your mail."),
                {}};
    case FindingCode::dkimNoKey:
        return {
            tr("Sealwright has no DKIM key for %1 yet.").arg(name()),
            tr("DKIM signs each message, which is the surest proof that it is yours."),
            tr("Make a key (in the wizard, or with: sealwright-cli setup)."),
        };
    case FindingCode::dkimShortKey:
        return {tr("The key %1 has %2 bits.").arg(argument(0), argument(1)),
                tr("Receivers must accept 1024 bits, and advise 2048: shorter keys can be broken with money."),
                tr("Make a new key of 2048 bits, and keep the old record for a week after the change.")};

    case FindingCode::dkimOnlyEd25519:
        return {tr("Your only key %1 is of the kind Ed25519.").arg(argument(0)),
                tr("Many large receivers can't verify such signatures yet, and treat your mail as unsigned."),
                tr("Make an RSA key beside it (on the Keys page, or with: sealwright-cli key generate %1 --algorithm "
                   "rsa2048).")
                    .arg(name())};

    case FindingCode::dmarcPresent:
        return {tr("The DMARC record of %1 is right; its policy is %2.").arg(name(), argument(0)),
                tr("DMARC tells receivers what to do with mail that fails both SPF and DKIM, and whom to report to."),
                {}};
    case FindingCode::dmarcMissing:
        return {tr("There is no DMARC record (%1).").arg(name()),
                tr("Large providers ask for one, and only with it you get reports about mail in your name."),
                publish()};
    case FindingCode::dmarcDiffers:
        return {tr("The DMARC record (%1) is not the one you asked for; its policy is %2.").arg(name(), argument(0)),
                tr("Reports may not reach you, or receivers follow another policy than yours."), replace()};
    case FindingCode::dmarcSeveral:
        return {tr("There are %2 DMARC records at %1.").arg(name(), argument(0)),
                tr("Receivers then ignore all of them."), replaceAll()};
    case FindingCode::dmarcBroken:
        return {tr("The DMARC record at %1 can't be read near: %2").arg(name(), argument(0)),
                tr("Receivers ignore it."), replace()};
    case FindingCode::dmarcNoPolicy:
        return {tr("The DMARC record at %1 has no valid policy (p=).").arg(name()),
                tr("Older receivers ignore such a record, newer ones only send reports."), replace()};
    case FindingCode::dmarcIgnoredTags:
        return {tr("Some tags of the DMARC record at %1 mean nothing as they stand: %2.").arg(name(), list(0)),
                tr("Receivers ignore them and use the defaults."), replace()};
    case FindingCode::dmarcNoReports:
        return {tr("The DMARC record at %1 asks nobody for reports (no rua=).").arg(name()),
                tr("Reports show who sends in your name, and whether your own mail passes."), replace()};
    case FindingCode::dmarcObsoleteTags:
        return {tr("The DMARC record at %1 has tags that today's standard no longer knows: %2.").arg(name(), list(0)),
                tr("Newer receivers ignore them (RFC 9989), so pct= makes old and new ones do different things."),
                {}};
    case FindingCode::dmarcInherited:
        return {tr("%1 has no DMARC record of its own; that of %2 applies.").arg(name(), argument(0)),
                tr("It works, though older receivers may look for it elsewhere. A record of its own that says the same "
                   "is safer."),
                publish()};

    case FindingCode::dmarcStandardsDiffer:
        return {
            tr("Older and newer receivers treat the mail of %1 differently (%2).")
                .arg(QString::fromStdString(finding_.subject.parent().value_or(finding_.subject).toUnicode()),
                     argument(0)),
            tr("Receivers follow RFC 9989 or still RFC 7489, and will for years: each does otherwise with your mail."),
            tr("This record makes them agree: %1").arg(argument(1))};

    case FindingCode::reportsInside:
        return {tr("DMARC reports go to a mailbox of the same organization."), tr("That needs nobody's consent."), {}};
    case FindingCode::reportsAuthorized:
        return {tr("%1 agrees to get reports about your domain.").arg(argument(0)),
                tr("A mailbox of another organization gets reports only with its consent."),
                {}};
    case FindingCode::reportsNotAuthorized:
        return {tr("%1 has not agreed to get reports about your domain.").arg(argument(0)),
                tr("Receivers then silently drop the reports."),
                tr("In the DNS of %1, publish:%2").arg(argument(0), recordText(finding_.expected))};
    case FindingCode::reportsNotAsked:
        return {tr("Nobody is asked to report on mail in the name of %1.").arg(name()),
                tr("For a name that never sends, reports only show forgeries."),
                {}};

    case FindingCode::slipDoubledDomain:
    case FindingCode::slipNoUnderscore:
    case FindingCode::slipNoDomainkey:
    case FindingCode::slipNamesSwapped:
    case FindingCode::slipNoSelector:
    case FindingCode::slipAtDomain:
    case FindingCode::slipAtMailHost:
    case FindingCode::slipOtherSelector:
    case FindingCode::slipAlias:
    case FindingCode::slipCutShort:
    case FindingCode::slipInPieces:
    case FindingCode::slipHtml:
    case FindingCode::slipSmartQuotes:
    case FindingCode::slipInvisible:
    case FindingCode::slipBackslashes:
    case FindingCode::slipQuotes:
    case FindingCode::slipPem:
    case FindingCode::slipWholeLine:
    case FindingCode::slipSpaces:
    case FindingCode::slipCase:
    case FindingCode::slipSeparators:
    case FindingCode::slipKeyAlone:
    case FindingCode::slipNoVersion:
        return slipText(finding_);
    case FindingCode::outsideZone:
        return {tr("Nobody was asked for %1: no zone file holds it, and this is off line.").arg(argument(0)),
                tr("So this check can't speak of it."),
                {}};
    case FindingCode::unknown:
        return {finding_.arguments.size() > 1 && finding_.arguments[1].empty()
                    ? tr("The DNS did not tell: %1").arg(argument(0))
                    : tr("The DNS did not tell: %1 (%2)").arg(argument(0), argument(1)),
                tr("This does not mean that the record is missing."),
                tr("Check the network and try again in a few minutes.")};
    case FindingCode::bogus:
        return {tr("The answer to %1 fails DNSSEC: %2").arg(argument(0), argument(1)),
                tr("The zone's signatures are broken, or the answer is forged. Receivers that verify see nothing."),
                tr("Ask your DNS provider to repair the zone's DNSSEC signatures.")};
    }
    return {};
}

} // namespace

FindingText findingText(const Finding& finding) {
    return Sentences(finding).text();
}

QString toString(Severity severity) {
    switch (severity) {
    case Severity::ok:
        return QStringLiteral("ok");
    case Severity::info:
        return QStringLiteral("info");
    case Severity::warning:
        return QStringLiteral("warning");
    case Severity::error:
        return QStringLiteral("error");
    case Severity::unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

} // namespace sealwright
