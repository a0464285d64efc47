#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::blocklistsClean, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your server and domain are not on the block lists that were asked: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers refuse mail from what is on these lists."), nullptr},
    {FindingCode::blocklistListed, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 is on the block list %3.[ It says: %5]"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Many receivers look there and refuse its mail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Find out why (often a stolen password, or a web site that sends spam), "
                                               "put an end to it, and then ask for removal at %4")},
    {FindingCode::blocklistSmallListed, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 is on the block list %3.[ It says: %5]"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Some receivers look there and treat its mail as spam."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Find out why and put an end to it; then it leaves the list by itself or at %4")},
    {FindingCode::blocklistPolicy, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The address %2 is on the policy list of %3.[ It says: %5]"),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "It is not accused of anything: its provider, or the list, says that such addresses, mostly of "
                       "home connections, don't send mail themselves. Many receivers believe that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "If the address is fixed and yours, ask for an exception at %4 or else "
                                               "send through your provider's mail server.")},
    {FindingCode::blocklistDomainListed, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The domain %2 is on the block list %3.[ It says: %5]"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Many receivers refuse mail that names it."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Find out why (often a web site that was broken into), put an end to it, and then ask for removal at %4")},
    {FindingCode::blocklistsRefuse, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "These block lists do not answer your DNS resolver: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "They answer nobody who asks through a large public resolver, or too "
                                               "often. It says nothing about your server."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Use a resolver of your own, or look on their web sites.")},
    {FindingCode::blocklistsBroken, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "These block lists don't work at the moment, and were left out: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "They list everything, or not even their own test entry."), nullptr},
    {FindingCode::blocklistsUnknown, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "These block lists did not answer: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Whether they list your server is not known."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Try again later, or look on their web sites.")},
};

} // namespace

std::span<const FindingWords> blocklistWords() {
    return words;
}

} // namespace sealwright
