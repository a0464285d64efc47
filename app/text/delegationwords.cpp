#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::delegationSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "%2 name servers at %3 addresses serve %1, and all say the same (serial %4)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers ask any of them, so each must know your records."), nullptr},
    {FindingCode::serialsDiffer, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name servers of %1 have different versions of the zone: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "After a change some servers lag behind, usually for a few minutes."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "If it stays so for an hour, ask your DNS provider why these servers are behind.")},
    {FindingCode::serversDisagree, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Not all name servers say the same about %2. These differ from the others: %L3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers ask any of them, so your mail works for some and fails for others."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "If the change is fresh, wait a few minutes. Otherwise ask your DNS provider why these servers are behind.")},
    {FindingCode::cachesBehind, Severity::info,
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "The name servers have a new answer for %2, and caches still remember the old one, for up to %3 seconds."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers whose resolvers remember it too see the old record until then."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nothing to do but wait.")},
    {FindingCode::resolverBehind, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name servers have a new answer for %2, and the resolver %4 still "
                                               "remembers the old one, for up to %3 seconds."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers that ask it see the old record until then."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nothing to do but wait.")},
    {FindingCode::resolverSilent, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The resolver %2 did not answer[: %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "What the world sees through it is not known."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Try again, or choose another one.")},
    {FindingCode::nameServerSilent, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name server %2 does not answer."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "While resolvers wait for it, mail to and from you is slowed; if the "
                                               "others fail as well, your domain is gone."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "If it is yours, see whether it runs and whether its firewall lets port "
                                               "53 through (UDP and TCP). Otherwise ask your DNS provider.")},
    {FindingCode::nameServerLame, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name server %2 does not serve %1[ (%3)]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Resolvers that ask it find none of your records, and have to ask again elsewhere."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Set up the zone on this server, or take it out of the list of name servers, at your registrar as well.")},
    {FindingCode::nameServerNoTcp, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The name server %2 cuts long answers short and does not answer over TCP."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "DKIM keys are long: resolvers that ask this server can't read them."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Let port 53 through for TCP too, in the firewall of this server.")},
    {FindingCode::nameServerOnlyAtParent, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The zone above sends the world to name servers that %1 itself does not name: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Some resolvers ask them. If they are old ones, they give old answers."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Make the list of name servers at your registrar the same as the NS records in your zone.")},
    {FindingCode::nameServerOnlyInZone, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 names name servers that the zone above does not know: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Some resolvers ask them, others never do."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Make the list of name servers at your registrar the same as the NS records in your zone.")},
    {FindingCode::nameServerAlone, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has only one name server: %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "When it is down, nobody can verify your mail or reach you."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Add a second name server in another network. Many registrars offer one.")},
    {FindingCode::nameServerWithoutAddress, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name server %2 has no address."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody can ask it."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Correct its name in the list of name servers, or publish its address.")},
    {FindingCode::nameServerIsAlias, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name server %2 is only an alias (CNAME) of %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Aliases are not allowed there, and some resolvers don't follow them."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Name %3 itself as the name server.")},
    {FindingCode::glueDiffers, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The zone above gives addresses of the name server %2 that are not its own: %L3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Resolvers go there first, and may find nobody or somebody else."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Correct the address of this name server (its glue record) at your registrar.")},
    {FindingCode::dnssecSecure, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 is signed, and its signatures are right (DNSSEC)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody can forge your records on their way."), nullptr},
    {FindingCode::dnssecInsecure, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 is not signed (no DNSSEC)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Mail works without. Only DANE needs it."), nullptr},
    {FindingCode::dnssecBogus, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DNSSEC signatures of %1 are broken: %3[ (%2)]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers that verify see none of your records, and your mail fails there."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "If the signatures are yours, sign the zone again, and see that the DS record at your registrar "
                       "fits the key. Otherwise ask your DNS provider. Taking the DS record away helps for now.")},
    {FindingCode::delegationUnknown, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name servers of %1 could not be asked directly[: %2][: "
                                               "something in this network answers in the place of %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "What is published was read through a resolver only, which may remember an older answer."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "This says nothing against the domain. To ask its servers themselves, try again from a network "
                       "that lets DNS (port 53) through: some providers, hotels and routers don't.")},
    {FindingCode::zoneNotServed, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "None of the name servers of %1 serves it: %L2."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Nobody finds any of your records, so mail to and from you fails once caches have forgotten them."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Set up the zone on these servers, or name those at your registrar that "
                                               "have it. If they are your DNS provider's, ask there.")},
};

} // namespace

std::span<const FindingWords> delegationWords() {
    return words;
}

} // namespace sealwright
