#pragma once

#include "base/problem.h"
#include "base/secretbytes.h"
#include "mailtest/mailserver.h"
#include "names/emailaddress.h"
#include "names/ipaddress.h"

#include <chrono>
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
    std::string folder = "INBOX"; ///< As IMAP names it. Those for junk are looked into as well.
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
    noLogin,        ///< It takes passwords in no way that we know.
    loginRefused,   ///< what: its words. From here on the server said no.
    senderRefused,
    recipientRefused,
    messageRefused,
    folderMissing,
    serverRefused, ///< To do anything at all.
    closed,        ///< It hung up where an answer was due.
    garbled,       ///< what: what it said, which is not in the protocol.
    timedOut,      ///< It said nothing in time.
    notArrived,    ///< The message was in no folder until the end of the wait.
    tooLong,       ///< The message: more than 25 MB.
    cancelled,
};

using CourierProblem = Problem<CourierError>;

[[nodiscard]] std::string_view toString(CourierError error); ///< A word for scripts.

struct FetchedMessage {
    std::string source; ///< The whole message, as it lies in the mailbox.
    std::string folder; ///< As IMAP names it.
    bool isJunk = false;
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

    /// Looks every few seconds, for so long, for the message that has this Message-ID or this word in its subject. In
    /// the mailbox nothing is changed.
    [[nodiscard]] virtual tl::expected<FetchedMessage, CourierProblem>
    fetch(const Mailbox& mailbox, std::string_view messageId, std::string_view subjectWord,
          std::chrono::seconds patience, const std::stop_token& stop) = 0;
};

/// Off line: goes nowhere.
class NoCourier final : public MessageCourier {
public:
    [[nodiscard]] tl::expected<void, CourierProblem> send(const MailAccount& /*account*/, const EmailAddress& /*from*/,
                                                          const EmailAddress& /*to*/, std::string_view /*message*/,
                                                          const std::stop_token& /*stop*/) override {
        return tl::unexpected(problem(CourierError::offline));
    }
    [[nodiscard]] tl::expected<FetchedMessage, CourierProblem>
    fetch(const Mailbox& /*mailbox*/, std::string_view /*messageId*/, std::string_view /*subjectWord*/,
          std::chrono::seconds /*patience*/, const std::stop_token& /*stop*/) override {
        return tl::unexpected(problem(CourierError::offline));
    }
};

} // namespace sealwright
