#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealwright::message {

/// Reads a structured field (RFC 5322 section 3.2) from left to right.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool atEnd() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : text_[at_]; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    /// Whether `c` came next; it is taken then.
    bool take(char c);
    /// Folding white space and comments (CFWS, section 3.2.2). The texts of the comments are added to `comments`.
    void skip(std::vector<std::string>* comments = nullptr);
    /// The octets up to white space, a comment, or one of `ends`; a quoted string without its quotes.
    std::string word(std::string_view ends);
    /// The octets up to the first of `ends` that is not in quotes or in a comment.
    std::string_view until(std::string_view ends);

private:
    std::string comment();
    std::string quoted();

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace sealwright::message
