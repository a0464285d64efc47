#pragma once

#include "names/emailaddress.h"

#include <chrono>
#include <optional>

namespace sealwright {

/// A harmless message that is sent to be received (RFC 5322): plain text in ASCII that tells what it is.
struct TestMessage {
    std::string id;     ///< Message-ID, with its angle brackets.
    std::string token;  ///< A word of the subject that no other message has.
    std::string source; ///< Lines end with CRLF. Empty where it is known by its ID only.
};

/// `token`: of letters and digits.
[[nodiscard]] TestMessage composeTestMessage(const EmailAddress& from, const EmailAddress& to,
                                             std::chrono::sys_seconds now, const std::string& token);

[[nodiscard]] std::string randomToken();
/// Of the Message-ID of such a message, with its angle brackets or without; nothing where it is another's.
[[nodiscard]] std::optional<TestMessage> testMessageOf(std::string_view messageId);
/// Whether a message, of which the header is enough, is the one with this Message-ID, or has this token in its subject.
[[nodiscard]] bool isTestMessage(std::string_view source, std::string_view messageId, std::string_view token);

} // namespace sealwright
