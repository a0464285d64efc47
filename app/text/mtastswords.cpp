#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::mtaStsSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MTA-STS policy of %1 is in place (mode %2, remembered for %3 seconds)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Other servers then deliver to you over verified TLS only."), nullptr},
    {FindingCode::mtaStsNone, Severity::info, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no MTA-STS policy."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "With one, other servers deliver to you over verified TLS only. Mail arrives without it as well."),
     nullptr},
    {FindingCode::mtaStsSeveral, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has %2 MTA-STS records."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Only one is allowed. With more, senders act as if there were none."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete all but one.")},
    {FindingCode::mtaStsBroken, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS record of %1 can't be read: %2"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders act as if there were none."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It has to look like this: v=STSv1; id=20260101; where the id is "
                                               "letters and digits and changes with each change of the policy.")},
    {FindingCode::mtaStsPolicyAlone, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 serves an MTA-STS policy, and no record in the DNS says so."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders only ask for the policy where the record is."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish a TXT record at _mta-sts.%1, such as v=STSv1; id=20260101;")},
    {FindingCode::mtaStsHostMissing, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "%1 has an MTA-STS record, but %2, the web server of its policy, has no address."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Publish an address for %2 and serve the policy there, or delete the record at _mta-sts.%1.")},
    {FindingCode::mtaStsUnreachable, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The web server of the MTA-STS policy, %2, could not be reached[: %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It may be down, or your own network has no way to it."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "See whether a browser opens https://%2/.well-known/mta-sts.txt.")},
    {FindingCode::mtaStsRefused, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The web server of the MTA-STS policy, %2, takes no connections."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Start the web server, and let it listen on port 443.")},
    {FindingCode::mtaStsNoAnswer, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The web server of the MTA-STS policy, %2, gave no answer that could be read[: %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "See in the log of the web server why.")},
    {FindingCode::mtaStsWebTlsFailed, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The web server of the MTA-STS policy, %2, does not speak TLS[: %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Switch HTTPS on for %2.")},
    {FindingCode::mtaStsWebUntrusted, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2, the web server of the MTA-STS policy, comes "
                                               "from nobody that this computer trusts: %3[ (issued by %4)]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Get a certificate for %2 from a public authority, such as Let's "
                                               "Encrypt, and let the web server send the whole chain.")},
    {FindingCode::mtaStsWebExpired, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The certificate of %2, the web server of the MTA-STS policy, expired on %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Renew the certificate and reload the web server. See why the renewal did not happen by itself.")},
    {FindingCode::mtaStsWebExpiresSoon, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The certificate of %2, the web server of the MTA-STS policy, expires on %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Certificates that renew themselves would have done so by now."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Renew the certificate, and see that the web server is reloaded afterwards.")},
    {FindingCode::mtaStsWebNotYetValid, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The certificate of %2, the web server of the MTA-STS policy, is only valid from %3 on."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Until then it counts like an expired one."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Check the clock of the server and of this computer.")},
    {FindingCode::mtaStsWebWrongName, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The certificate of %2, the web server of the MTA-STS policy, is for other names[: %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Get a certificate that names %2.")},
    {FindingCode::mtaStsStatus, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 does not serve the MTA-STS policy (HTTP status %3)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Serve the policy at https://%2/.well-known/mta-sts.txt.")},
    {FindingCode::mtaStsRedirect, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "%2 sends whoever asks for the MTA-STS policy to another place (HTTP status %3)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders may not follow, so that they find no policy."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Serve the policy at https://%2/.well-known/mta-sts.txt itself.")},
    {FindingCode::mtaStsContentType, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 serves the MTA-STS policy as %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It has to be text/plain. Strict senders ignore it otherwise."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Let the web server send mta-sts.txt as text/plain.")},
    {FindingCode::mtaStsTooLong, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS policy at %2 is longer than 64 kB."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders read no more than that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Serve the policy itself there: a few lines of text.")},
    {FindingCode::mtaStsPolicyBroken, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS policy at %2 can't be read (line %3)[: %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Put right what stands there, or export the policy from here once more.")},
    {FindingCode::mtaStsPolicyLacks, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS policy at %2 lacks a line %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that can't read the policy deliver as if there were none. "
                                               "Those that know an earlier one keep to that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Add it, or export the policy from here once more.")},
    {FindingCode::mtaStsMxNotCovered, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS policy of %1 does not name the mail server %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that know the policy don't deliver to it."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Add the line mx: %2 to the policy and give the record a new id, or take %2 out of the MX records.")},
    {FindingCode::mtaStsMxNotListed, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS policy of %1 does not name the mail server %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The mode is testing: mail still arrives. With mode enforce it would not."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Add the line mx: %2 to the policy and give the record a new id, or take %2 out of the MX records.")},
    {FindingCode::mtaStsServerFails, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MTA-STS policy of %1 promises verified TLS, and %2 does not keep that at %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that know the policy don't deliver there."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Put right what is said of %2 under SMTP. Until then let the policy say "
                                               "mode: testing, with a new id in the record.")},
    {FindingCode::mtaStsServerWouldFail, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MTA-STS policy of %1 asks for verified TLS, and %2 has none at %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The mode is testing: mail still arrives. With mode enforce it would not."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Put right what is said of %2 under SMTP before you choose mode enforce.")},
    {FindingCode::mtaStsTesting, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MTA-STS policy of %1 is in place, in mode testing (remembered for %2 seconds)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders report what would go wrong, and deliver all the same. When the "
                                               "reports are clean, choose mode enforce."),
     nullptr},
    {FindingCode::mtaStsWithdrawn, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MTA-STS policy of %1 says mode none: it is being taken back."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "When every sender has forgotten the earlier policy, the record and the file can go."),
     nullptr},
    {FindingCode::mtaStsShortMaxAge, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders remember the MTA-STS policy of %1 for only %2 seconds."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Who can keep them from reading it again for so long can get round it. Some weeks are usual."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Let the policy say max_age: 2592000 (a month), and give the record a new id.")},
    {FindingCode::mtaStsIdStale, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MTA-STS policy of %1 has changed, and the id in the record has not (%2)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders only look at the policy again when the id changes."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
};

} // namespace

std::span<const FindingWords> mtaStsWords() {
    return words;
}

} // namespace sealwright
