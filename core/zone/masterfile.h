#pragma once

#include "dns/recordtype.h"
#include "names/domainname.h"

#include <chrono>
#include <stop_token>

namespace sealwright {

enum class MasterFileError {
    openQuote,       ///< A string that does not end on its line.
    openParenthesis, ///< Never closed.
    strayParenthesis,
    badName,
    noOrigin, ///< A relative name, and nothing says what it is relative to.
    noOwner,  ///< The first record leaves its owner out.
    badTtl,
    noType,
    badValue,    ///< Not what a record of this type holds.
    tooMuch,     ///< More records at one name than an answer of the DNS can hold.
    unsupported, ///< $INCLUDE, $GENERATE: one file must say it all.
    stopped,
};

/// One field of an entry, still escaped, without its quotes.
struct MasterFileField {
    std::string text;
    bool quoted = false;
    std::size_t line = 0;
    std::size_t begin = 0; ///< Where it stands in the file, behind its opening quote.
};

/// A record as it stands in a master file (RFC 1035 section 5.1), with what the lines before it say filled in.
struct MasterFileEntry {
    std::string owner; ///< Wire format.
    std::chrono::seconds ttl;
    std::string type; ///< Upper case.
    std::vector<MasterFileField> fields;
    std::string origin; ///< Wire format, what names in `fields` are relative to; empty when there is none.
    std::size_t line;   ///< Where it begins, from 1.
    std::size_t begin;  ///< Its octets in the file: from the begin of its line to behind its last field or parenthesis.
    std::size_t end;
    bool namesOwner; ///< Or it is the one of the entry before.
    bool namesTtl;   ///< Or it is what $TTL says, or the one of the entry before.
    bool hasDefaultTtl;
};

/// Reads a zone file, or a part of one, entry by entry. `where` of its problems is a line, from 1.
class MasterFileReader {
public:
    /// `origin`: what names are relative to until the file says otherwise.
    explicit MasterFileReader(std::string_view text, const std::optional<DomainName>& origin = {},
                              std::stop_token stop = {});

    /// The next entry; nothing at the end.
    [[nodiscard]] tl::expected<std::optional<MasterFileEntry>, Problem<MasterFileError>> next();

private:
    using Fields = std::vector<MasterFileField>;
    using Status = tl::expected<void, Problem<MasterFileError>>;

    /// The fields up to the end of the line that is not within parentheses.
    [[nodiscard]] tl::expected<Fields, Problem<MasterFileError>> readLine();
    [[nodiscard]] tl::expected<MasterFileField, Problem<MasterFileError>> readField();
    [[nodiscard]] Status readDirective(const Fields& fields);
    [[nodiscard]] tl::expected<MasterFileEntry, Problem<MasterFileError>> readEntry(Fields fields);

    std::string_view text_;
    std::stop_token stop_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t entryLine_ = 1;
    std::size_t entryBegin_ = 0;
    std::size_t entryEnd_ = 0;
    std::size_t skipped_ = 0;   ///< Octets before text_.
    bool ownerLeftOut_ = false; ///< The line began with white space.
    std::string origin_;
    std::string owner_;
    std::optional<std::chrono::seconds> defaultTtl_;
    std::chrono::seconds lastTtl_{3600};
};

/// `3600`, or BIND's `1h30m`.
[[nodiscard]] std::optional<std::chrono::seconds> parseTtl(std::string_view text);

/// The name in wire format; a relative one is completed with `origin` (wire format; empty: there is none).
[[nodiscard]] tl::expected<std::string, MasterFileError> wireName(std::string_view text, std::string_view origin);

/// The data of an entry of this type in wire format.
[[nodiscard]] tl::expected<std::string, Problem<MasterFileError>> wireRdata(RecordType type,
                                                                            const MasterFileEntry& entry);

} // namespace sealwright
