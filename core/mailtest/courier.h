#pragma once

#include "base/problem.h"
#include "base/secretbytes.h"
#include "mailtest/mailserver.h"
#include "names/emailaddress.h"
#include "names/ipaddress.h"

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace sealwright {

/// A user's account at a mail server, for sending or for reading.
struct MailAccount {
    MailServer server;
    std::string user;
    SecretBytes password;
    std::vector<IpAddress> addresses{}; ///< Of the server.
    bool isKept = false;                ///< The password is the vault's: see keptpasswords.h.
};

/// Where a message is waited for.
struct Mailbox {
    MailAccount account;
    std::string folder = "INBOX"; ///< In UTF-8. Those for junk are looked into as well.
};

/// Why a message was not sent, or not fetched. `what` is in the words of the system, of OpenSSL or of the server.
enum class CourierError {
    offline,
    unknownHost,    ///< what: the host, which has no address.
    dnsFailure,     ///< what: the host
    unreachable,    ///< what: why
    noTls,          ///< It offers no STARTTLS, or does not mean it.
    tlsFailed,      ///< what: why
    badCertificate, ///< what: why it is not the server's, or not to be trusted.
    noLogin,        ///< It takes passwords in no way that we know; it was told none. what: its words, or nothing.
    loginRefused,   ///< what: its words. From here on the server said no.
    tryLater,       ///< It can't tell now whether the password is right, or can't serve us now.
    senderRefused,
    recipientRefused,
    messageRefused,
    perhapsSent, ///< It has the whole message, and did not say whether it takes it. what: what came instead.
    folderMissing,
    serverRefused, ///< To do anything at all.
    closed,        ///< It hung up where an answer was due. what: why, where it said so.
    garbled,       ///< what: what it said, which is not in the protocol.
    timedOut,      ///< It said nothing in time.
    notArrived,    ///< The message was in no folder until the end of the wait.
    tooLong,       ///< What the mailbox's server sends: more than any answer of its has.
    cancelled,
};

using CourierProblem = Problem<CourierError>;

[[nodiscard]] std::string_view toString(CourierError error); ///< A word for scripts.

struct FetchedMessage {
    std::string source; ///< The whole message, as it lies in the mailbox.
    std::string folder; ///< In UTF-8.
    bool isJunk = false;
};

/// A message that was sent, or may have been, as it is known in a mailbox.
struct SentMessage {
    std::string id;    ///< Message-ID, with its angle brackets.
    std::string token; ///< A word of its subject, for some servers give a message that they send an ID of their own.
    bool isNew;        ///< The mailbox was open before it was sent.
    std::chrono::sys_seconds since; ///< It came there no earlier.
};

/// A mailbox whose owner is logged in. Used by one thread; calls end as those of the MessageCourier that opened it.
class OpenMailbox {
public:
    virtual ~OpenMailbox() = default;

    /// Looks every few seconds, for so long. Connects again where the server ends the connection meanwhile. In the
    /// mailbox nothing is changed.
    [[nodiscard]] virtual tl::expected<FetchedMessage, CourierProblem> waitFor(const SentMessage& message,
                                                                               std::chrono::seconds patience) = 0;
};

/// Sends messages, and fetches what has arrived. Calls block until it is done, a deadline has passed, or stop is
/// requested; they never throw. Safe to call from several threads.
class MessageCourier {
public:
    virtual ~MessageCourier() = default;

    /// To a submission server (RFC 6409). `message` has lines of at most 998 octets that end with CRLF.
    [[nodiscard]] virtual tl::expected<void, CourierProblem> send(const MailAccount& account, const EmailAddress& from,
                                                                  const EmailAddress& to, std::string_view message,
                                                                  const std::stop_token& stop) = 0;

    /// Logs in and sees that the folder is there, so that nothing is sent in vain. `mailbox` outlives what is opened,
    /// and `stop` ends that too.
    [[nodiscard]] virtual tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem>
    open(const Mailbox& mailbox, const std::stop_token& stop) = 0;
};

/// Off line: goes nowhere.
class NoCourier final : public MessageCourier {
public:
    [[nodiscard]] tl::expected<void, CourierProblem> send(const MailAccount& /*account*/, const EmailAddress& /*from*/,
                                                          const EmailAddress& /*to*/, std::string_view /*message*/,
                                                          const std::stop_token& /*stop*/) override {
        return tl::unexpected(problem(CourierError::offline));
    }
    [[nodiscard]] tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem>
    open(const Mailbox& /*mailbox*/, const std::stop_token& /*stop*/) override {
        return tl::unexpected(problem(CourierError::offline));
    }
};

} // namespace sealwright
