#pragma once

#include "live/connection.h"
#include "live/smtpreply.h"

namespace sealwright {

/// Commands and their replies on a connection to a mail server.
class SmtpDialog {
public:
    explicit SmtpDialog(Connection& connection) : connection_(connection) {}

    // Nothing where no reply came: see end().
    [[nodiscard]] std::optional<SmtpReply> receive();
    [[nodiscard]] std::optional<SmtpReply> ask(const std::string& command) { return askOctets(command + "\r\n"); }
    [[nodiscard]] std::optional<SmtpReply> askOctets(std::string_view octets); ///< The CRLF at their end included.

    [[nodiscard]] Reached end() const { return garbled_.empty() ? connection_.end() : Reached::garbled; }
    [[nodiscard]] const std::string& why() const { return garbled_.empty() ? connection_.why() : garbled_; }

private:
    Connection& connection_;
    std::string garbled_; ///< What it said that is no reply.
};

} // namespace sealwright
