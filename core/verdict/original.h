#pragma once

#include "dkim/verify.h"
#include "message/source.h"

#include <iosfwd>
#include <span>

namespace sealwright::verdict {

/// What happened to a message between its sender and here, as DKIM sees it: after canonicalization.
enum class ChangeKind {
    fieldChanged, ///< field, before, after
    fieldAdded,   ///< field, after: one more of it than the original has.
    fieldRemoved, ///< field, before
    fieldSpaces,  ///< field: only white space, which relaxed canonicalization forgives and simple does not.
    reencoded,    ///< before, after: the Content-Transfer-Encoding. All of the body then looks changed.
    bodySpaces,   ///< line: only white space, as above.
    bodyAppended, ///< line, after: a footer, for example.
    bodyInserted, ///< line, after: within the body, such as a footer in a part of a multipart.
    bodyCut,      ///< line, before: the rest, or a part, is missing.
    bodyChanged,  ///< line, before, after
    lineEndings,  ///< CRLF here and LF there, which no canonicalization minds.
};

struct Change {
    ChangeKind kind;
    std::string field;         ///< A field's name.
    std::size_t line = 0;      ///< Of the canonical body of the original, from 1.
    std::string before, after; ///< At most `longestExcerpt` octets.

    bool operator==(const Change&) const = default;
};

inline constexpr std::size_t longestExcerpt = 1000;

/// A message in memory, for comparing: at most `longestWhole` octets.
struct WholeMessage {
    message::Header header;
    std::string body;
};

inline constexpr std::size_t longestWhole = 64'000'000;

/// Nothing where it is longer, or the stream can't be read; see judge().
[[nodiscard]] tl::expected<std::optional<WholeMessage>, Problem<message::SourceError>>
readWhole(std::istream& input, const std::stop_token& stop);

/// The signature whose failing the changes are to explain: the first that fails, else the first that can be read.
[[nodiscard]] std::optional<dkim::Signature> signatureToCompareBy(std::span<const dkim::VerifiedSignature> signatures);

/// By the canonicalizations and signed fields of `signature`; without one, relaxed and every field of the original.
[[nodiscard]] std::vector<Change> compareWithOriginal(const WholeMessage& original, const WholeMessage& received,
                                                      const std::optional<dkim::Signature>& signature);

[[nodiscard]] std::string_view toString(ChangeKind kind); ///< A word for scripts.

} // namespace sealwright::verdict
