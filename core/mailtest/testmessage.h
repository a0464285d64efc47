#pragma once

#include "names/emailaddress.h"

#include <chrono>

namespace sealwright {

/// A harmless message that is sent to be received (RFC 5322): plain text in ASCII that tells what it is.
struct TestMessage {
    std::string id;     ///< Message-ID, with its angle brackets.
    std::string token;  ///< A word of the subject that no other message has.
    std::string source; ///< Lines end with CRLF.
};

/// `token`: of letters and digits.
[[nodiscard]] TestMessage composeTestMessage(const EmailAddress& from, const EmailAddress& to,
                                             std::chrono::sys_seconds now, const std::string& token);

[[nodiscard]] std::string randomToken();

} // namespace sealwright
