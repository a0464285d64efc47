#pragma once

#include "base/clock.h"
#include "mailtest/courier.h"
#include "plan/profile.h"
#include "verdict/verdict.h"

#include <functional>
#include <span>

namespace sealwright {

/// A message of a domain's that goes the way of all its mail to one receiver, to be judged there.
struct MailTest {
    const Profile& profile;
    const EmailAddress& from;
    const EmailAddress& to;
    MailAccount& submission;         ///< The addresses of its server, and of the mailbox's, are looked up.
    std::optional<Mailbox>& mailbox; ///< Nothing: the receiver fetches it by hand.
    std::chrono::seconds patience{120};
};

/// postmaster@<domain>, which every domain has to take mail for (RFC 5321 section 4.5.1).
[[nodiscard]] EmailAddress defaultTestSender(const DomainName& domain);

/// The mailbox of a message that has arrived, and what is to be made of it.
struct Arrival {
    std::string folder;
    bool isJunk;
    std::optional<std::chrono::seconds> took; ///< Until it was seen there; nothing where it was sent long before.
    verdict::Verdict verdict;
    std::vector<SigningKey> keys; ///< See verifiedKeys().
};

struct MailTestOutcome {
    std::string messageId; ///< Empty: nothing was sent.
    std::optional<Arrival> arrival;
    std::optional<CourierProblem> problem; ///< Why no more became of it.
    bool isAtMailbox = false;              ///< The problem: the server there has it, not the submission server.
    bool mailboxOpened = false;            ///< The server there took user name and password.
};

enum class MailTestStage { opening, sending, waiting, judging };

struct MailTestTools {
    MessageCourier& courier;
    Resolver& resolver;
    const Clock& clock;
};

/// Opens the mailbox, sends, waits and judges. Returns when all is known, or early when stop is requested.
[[nodiscard]] MailTestOutcome runMailTest(const MailTest& test, const MailTestTools& tools,
                                          const std::function<void(MailTestStage)>& onStage,
                                          const std::stop_token& stop);

/// A message that was sent before, which had not arrived then.
struct MailTestAgain {
    const Profile& profile;
    std::string_view messageId; ///< See testMessageOf().
    Mailbox& mailbox;           ///< The addresses of its server are looked up.
    std::chrono::seconds patience{10};
};

/// Sends nothing. Looks at what came in the last two weeks.
[[nodiscard]] MailTestOutcome lookAgain(const MailTestAgain& test, const MailTestTools& tools,
                                        const std::function<void(MailTestStage)>& onStage, const std::stop_token& stop);

/// The keys of the profile that a signature of the message was verified with.
[[nodiscard]] std::vector<SigningKey> verifiedKeys(const Profile& profile, const verdict::Verdict& verdict);
/// What the profile keeps of it: one note for each of these keys.
void noteVerified(Profile& profile, std::span<const SigningKey> keys, const DomainName& receiver,
                  std::chrono::sys_seconds now);
/// The same, of a message that says who received it: no other shows that the server signs. False: nothing was noted.
bool noteReceived(Profile& profile, const verdict::Verdict& verdict, std::chrono::sys_seconds now);

} // namespace sealwright
