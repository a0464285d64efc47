#include "text/findingtext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

struct Plan {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Plan)
};

} // namespace

QString areaTitle(Area area) {
    switch (area) {
    case Area::delegation:
        return Plan::tr("Name servers");
    case Area::mx:
        return Plan::tr("Mail server (MX)");
    case Area::senders:
        return Plan::tr("Sending addresses");
    case Area::spf:
        return Plan::tr("SPF");
    case Area::dkim:
        return Plan::tr("DKIM");
    case Area::dmarc:
        return Plan::tr("DMARC");
    case Area::reports:
        return Plan::tr("DMARC reports");
    case Area::mtaSts:
        return Plan::tr("MTA-STS");
    case Area::tlsRpt:
        return Plan::tr("TLS reports");
    case Area::dane:
        return Plan::tr("DANE");
    case Area::smtp:
        return Plan::tr("Mail server (SMTP)");
    case Area::blocklists:
        return Plan::tr("Block lists");
    case Area::bimi:
        return Plan::tr("Logo (BIMI)");
    }
    return {};
}

QString purposeTitle(Purpose purpose) {
    switch (purpose) {
    case Purpose::mx:
        return Plan::tr("Mail server (MX)");
    case Purpose::spf:
        return Plan::tr("SPF of the domain");
    case Purpose::hostSpf:
        return Plan::tr("SPF of the mail server");
    case Purpose::dkim:
        return Plan::tr("DKIM key");
    case Purpose::dmarc:
        return Plan::tr("DMARC policy");
    case Purpose::reportAuthorization:
        return Plan::tr("Consent to reports");
    case Purpose::nullMx:
        return Plan::tr("No mail here (null MX)");
    case Purpose::mtaSts:
        return Plan::tr("MTA-STS policy");
    case Purpose::mtaStsHost:
        return Plan::tr("MTA-STS web server");
    case Purpose::tlsRpt:
        return Plan::tr("TLS reports");
    case Purpose::tlsa:
        return Plan::tr("DANE key");
    }
    return {};
}

QString purposeText(Purpose purpose) {
    switch (purpose) {
    case Purpose::mx:
        return Plan::tr("Names the server that takes the domain's mail, replies and bounces too.");
    case Purpose::spf:
        return Plan::tr("Tells receivers which servers may send mail for the domain.");
    case Purpose::hostSpf:
        return Plan::tr("Bounces have no other sender than the server's own name, so it needs an SPF record too.");
    case Purpose::dkim:
        return Plan::tr("The public half of your key. Receivers verify your server's signatures with it.");
    case Purpose::dmarc:
        return Plan::tr(
            "Tells receivers what to do with mail that fails both SPF and DKIM, and where to send reports.");
    case Purpose::reportAuthorization:
        return Plan::tr("Your reports go to another organization's mailbox, which must agree to that in its own DNS.");
    case Purpose::nullMx:
        return Plan::tr("Says that the name takes no mail, so that senders stop at once.");
    case Purpose::mtaSts:
        return Plan::tr(
            "Tells senders that the domain has an MTA-STS policy, and changes when the policy does: mail is "
            "to come over verified TLS only.");
    case Purpose::mtaStsHost:
        return Plan::tr("The name under which senders fetch the MTA-STS policy over HTTPS. It leads to your mail "
                        "server; where the policy is to be on another web server, publish that one's name.");
    case Purpose::tlsRpt:
        return Plan::tr("Where senders report, once a day, on mail that they could not bring over TLS.");
    case Purpose::tlsa:
        return Plan::tr("Names the key of your mail server's certificate, so that senders who trust DNSSEC notice a "
                        "false server.");
    }
    return {};
}

QString stateTitle(RecordState state) {
    switch (state) {
    case RecordState::wanted:
        return Plan::tr("not asked");
    case RecordState::present:
        return Plan::tr("present");
    case RecordState::differs:
        return Plan::tr("differs");
    case RecordState::missing:
        return Plan::tr("missing");
    case RecordState::unknown:
        return Plan::tr("unknown");
    }
    return {};
}

QString noteText(const PlanNote& note) {
    const QString name = QString::fromStdString(note.subject.toUnicode());
    const QString argument = shown(note.argument);
    switch (note.code) {
    case PlanNoteCode::spfMerged:
        return Plan::tr("%1 has an SPF record already. It is kept, with this added: %2").arg(name, argument);
    case PlanNoteCode::spfRecordsJoined:
        return Plan::tr("%1 has %2 SPF records, and only one is allowed. They became one: delete the others.")
            .arg(name, argument);
    case PlanNoteCode::spfTermDropped:
        return Plan::tr("The term %2 in the SPF record of %1 can't be read by anybody, so it was left out.")
            .arg(name, argument);
    case PlanNoteCode::spfPassAllReplaced:
        return Plan::tr("The SPF record of %1 lets everybody send (%2). That was taken out.").arg(name, argument);
    case PlanNoteCode::spfNotRead:
        return Plan::tr("The DNS did not tell whether %1 has an SPF record. Look again before you publish this one: "
                        "there must be only one.")
            .arg(name);
    case PlanNoteCode::spfTooManyLookups:
        return Plan::tr("The SPF record of %1 makes receivers do more than 10 look-ups (%2). Remove services that no "
                        "longer send for you.")
            .arg(name, argument);
    case PlanNoteCode::dmarcNotRead:
        return Plan::tr("The DNS did not tell whether %1 has a DMARC record. Look again before you publish this one: "
                        "it must not weaken the one that is there.")
            .arg(name);
    case PlanNoteCode::dmarcInherited:
        return Plan::tr("The DMARC record of %2 applies to %1 today. What it says was taken over.").arg(name, argument);
    case PlanNoteCode::dmarcKept:
        return Plan::tr("The published DMARC policy of %1 (%2) is kept.").arg(name, argument);
    case PlanNoteCode::dmarcNotInForce:
        return Plan::tr(
                   "%1 asks receivers to %2 mail that fails, and no receiver follows that: there are several DMARC "
                   "records, or their beginning is misspelt. So that no good mail is lost now, the new record only "
                   "asks for reports. Choose the policy again once the reports show that all your mail passes.")
            .arg(name, argument);
    case PlanNoteCode::dmarcTagsObsolete:
        return Plan::tr("The DMARC record of %1 has tags that today's standard no longer knows (%2). Old and "
                        "new receivers may treat mail differently because of them.")
            .arg(name, argument);
    case PlanNoteCode::noKey:
        return Plan::tr("%1 has no DKIM key yet, so no DKIM record is shown.").arg(name);
    case PlanNoteCode::noRsaKey:
        return Plan::tr("%1 has only an Ed25519 key. Many large receivers can't verify that yet, and treat its mail as "
                        "unsigned: make an RSA key beside it.")
            .arg(name);
    case PlanNoteCode::nameTooLong:
        return Plan::tr("A record of %1 would have a name that is too long for the DNS: %2").arg(name, argument);
    case PlanNoteCode::mailHostUnknown:
        return Plan::tr(
                   "It is not known what your mail server is called. Until you name it, it has no SPF record of its "
                   "own, and that of %1 lets it send only if it is one of the domain's MX hosts or its address is "
                   "given.")
            .arg(name);
    case PlanNoteCode::mtaStsNeedsWebServer:
        return Plan::tr("MTA-STS of %1 needs a web server at %2 that has a certificate for that name and serves the "
                        "policy. The bundle has the file, and configuration for nginx, Apache and Caddy. Set it up "
                        "first, and then publish the record.")
            .arg(name, argument);
    case PlanNoteCode::mtaStsUntested:
        return Plan::tr("MTA-STS of %1 begins with mode enforce: if anything is wrong with the policy, its web server "
                        "or a certificate, mail to you is held back. Begin with mode testing, in which mail arrives "
                        "all the same, and choose enforce when the TLS reports of two weeks are clean.")
            .arg(name);
    case PlanNoteCode::mtaStsMxNotRead:
        return Plan::tr("The DNS did not tell the MX hosts of %1, so the MTA-STS policy names only your mail server. "
                        "Look again before you use it: it must name every MX host.")
            .arg(name);
    case PlanNoteCode::tlsRptNotRead:
        return Plan::tr("The DNS did not tell whether %1 asks for TLS reports already. Look again before you publish "
                        "this record: there must be only one.")
            .arg(name);
    case PlanNoteCode::tlsaKeepKey:
        return Plan::tr("The DANE record names the key of the certificate of %1, so a renewed certificate must keep "
                        "that key: certbot and lego need --reuse-key for it, acme.sh keeps it by itself. Before you "
                        "change the key, publish the record of the next one beside it.")
            .arg(name);
    case PlanNoteCode::tlsaNotSigned:
        return Plan::tr("The zone %1 is not signed with DNSSEC, and without it nobody looks at DANE records. Sign it "
                        "first, and then publish them; MTA-STS works without.")
            .arg(name);
    }
    return {};
}

} // namespace sealwright
