#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealwright {

/// An answer of an SMTP server (RFC 5321 section 4.2), built up line by line from octets anybody may have sent.
class SmtpReply {
public:
    /// Without its line end. False where it is no line of a reply, or not of the same one, or of too many.
    [[nodiscard]] bool add(std::string_view line);
    [[nodiscard]] bool isComplete() const { return complete_; }

    [[nodiscard]] int code() const { return code_; }                               ///< 200..599
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; } ///< Of each line, behind the code.

private:
    int code_ = 0;
    bool complete_ = false;
    std::vector<std::string> texts_;
};

/// Of an answer to EHLO (RFC 5321 section 4.1.1.1): the server's name, and whether it offers this extension.
[[nodiscard]] std::string ehloName(const SmtpReply& reply);
[[nodiscard]] bool offers(const SmtpReply& reply, std::string_view keyword);

} // namespace sealwright
