#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealwright {

/// One response of an IMAP server (RFC 9051 section 7), built up from octets anybody may have sent: a line, and as
/// often as it ends with the size of a literal, that many octets and one more line.
class ImapResponse {
public:
    struct Token {
        enum class Kind { atom, string, open, close } kind;
        std::string text; ///< Without quotes; of a literal its octets.
    };

    /// Without its end. False where it has more in it than any response that we ask for.
    [[nodiscard]] bool add(std::string_view line);
    /// The size of the literal that comes next; nothing where the response is complete.
    [[nodiscard]] std::optional<std::uint32_t> dueLiteral() const { return dueLiteral_; }
    void addLiteral(std::string octets);

    [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
    [[nodiscard]] const std::string& tag() const { return tag_; } ///< Of the command it ends; "*", "+".
    /// OK, NO, BAD, LIST, SEARCH, …; of "* 12 FETCH (…" FETCH.
    [[nodiscard]] bool isA(std::string_view word) const;
    [[nodiscard]] const std::string& words() const { return words_; } ///< Of a status response: behind OK, NO, …

private:
    void addTokens(std::string_view text);

    std::string tag_;
    std::string words_;
    std::vector<Token> tokens_; ///< Behind the tag.
    std::optional<std::uint32_t> dueLiteral_;
};

/// One line of an answer to LIST (section 7.3.1).
struct ImapFolder {
    std::string name;      ///< As it goes over the line: see mailboxname.h.
    std::string delimiter; ///< Empty: there is no hierarchy.
    std::vector<std::string> attributes;
};

[[nodiscard]] std::optional<ImapFolder> listedFolder(const ImapResponse& response);
/// By its attribute (RFC 6154), or where there are none by the names that mail servers give it.
[[nodiscard]] bool isForJunk(const ImapFolder& folder);
/// The UIDs of an answer to UID SEARCH (section 7.3.4).
[[nodiscard]] std::vector<std::uint32_t> foundMessages(const ImapResponse& response);
/// A section of a message in an answer to FETCH (section 7.5.2), as "BODY[]" or "BODY[HEADER]"; or nothing.
[[nodiscard]] std::optional<std::string> fetchedSection(const ImapResponse& response, std::string_view section);
/// What stands behind this response code (section 7.1), as 5 in "OK [UIDNEXT 5] …"; nothing where it has another.
[[nodiscard]] std::optional<std::string> responseCode(const ImapResponse& response, std::string_view name);
/// The words of an answer to CAPABILITY (section 7.2.2).
[[nodiscard]] std::vector<std::string> capabilitiesIn(const ImapResponse& response);

/// As a quoted string (section 4.3).
[[nodiscard]] std::string quotedForImap(std::string_view text);

} // namespace sealwright
