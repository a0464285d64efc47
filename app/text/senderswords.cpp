#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::senderConfirmed, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 is called %3, and %3 has that address."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Large receivers refuse mail from addresses whose name does not lead back to them."),
     nullptr},
    {FindingCode::senderWithoutName, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 has no name in the DNS (no PTR record)."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Gmail and many others refuse all mail from such an address (550-5.7.25)."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Ask the provider of the address, or look in its control panel, to set the reverse DNS (PTR) of %2[ to %3].")},
    {FindingCode::senderV6WithoutName, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's IPv6 address %2 has no name in the DNS (no PTR record)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Gmail and many others refuse all mail from such an address "
                                               "(550-5.7.25), even where the IPv4 address has one."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Ask the provider of the address, or look in its control panel, to set the reverse DNS (PTR) of "
                       "%2[ to %3], or let your server send over IPv4 only.")},
    {FindingCode::senderNotConfirmed, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your server's address %2 is called %L3, but that name does not have this address."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Anybody can give an address any name, so receivers look whether the "
                                               "name leads back. Gmail and many others refuse mail where it does not."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish the address %2 for %3, or let the provider of the address set "
                                               "its reverse DNS (PTR) to the name of your mail server.")},
    {FindingCode::senderSeveralNames, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 has several names: %L3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers pick one of them by chance, so what they see of your server differs."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Keep one: the name of your mail server.")},
    {FindingCode::senderGenericName, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 has the name that its provider gave it: %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers distrust such names, since home computers that were taken over have them too."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Ask the provider of the address, or look in its control panel, to set "
                                               "the reverse DNS (PTR) of %2 to the name of your mail server[, %4].")},
    {FindingCode::senderOtherName, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your server's address %2 is called %3, while the server introduces itself as %4."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Few receivers mind, but most count it as a sign of care when the two agree."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Set the reverse DNS (PTR) of %2 to %4, if you can.")},
    {FindingCode::senderPrivate, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The address %2 is one that nobody on the Internet sees."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "It only exists inside a home or office network; receivers see another one, which is not checked here."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Name your server's public address instead, and publish that in its A or AAAA record.")},
    {FindingCode::heloWithoutAddress, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The name %1, which your mail server introduces itself with, has no address in the DNS."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Many receivers refuse mail from a server whose name leads nowhere."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish an A record (and an AAAA record for IPv6) for %1.")},
    {FindingCode::heloElsewhere, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name %1 leads to %L2, and you named other addresses that send."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "If a server introduces itself by that name from another address, some receivers distrust it."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Check that each server that sends has a name of its own that leads to its address.")},
    {FindingCode::sendersUnknown, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "No address is known from which %1 sends mail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So whether large receivers accept its mail can't be checked."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Name your mail server or its addresses.")},
};

} // namespace

std::span<const FindingWords> sendersWords() {
    return words;
}

} // namespace sealwright
