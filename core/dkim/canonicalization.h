#pragma once

#include "message/header.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace sealwright::dkim {

enum class Canonicalization { simple, relaxed }; ///< RFC 6376 section 3.4

/// A header field as it is hashed, without a line end behind it (sections 3.4.1 and 3.4.2).
[[nodiscard]] std::string canonicalField(const message::HeaderField& field, Canonicalization canonicalization);

/// The body as it is hashed, piece by piece: memory does not grow with the message (sections 3.4.3 and 3.4.4). Lines
/// may end with LF alone, as files are saved; they count as ended by CRLF.
class BodyCanonicalizer {
public:
    using Sink = std::function<void(std::string_view)>;

    /// `limit`: l=, the octets that count (section 3.5).
    BodyCanonicalizer(Canonicalization canonicalization, std::optional<std::uint64_t> limit, Sink sink);

    void add(std::string_view octets);
    void finish();
    /// Octets of the canonical body, those behind the limit as well.
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    void addOctet(char octet);
    void emitReturn();
    void emitPending();
    void emit(std::string_view octets);
    void flush();

    Canonicalization canonicalization_;
    std::optional<std::uint64_t> limit_;
    Sink sink_;
    std::string buffer_;
    std::uint64_t size_ = 0;
    std::uint64_t lineEnds_ = 0; ///< Seen, and not yet known to stand before something.
    bool carriageReturn_ = false;
    bool space_ = false; ///< relaxed: white space seen, and not yet known to stand before something in the line.
};

} // namespace sealwright::dkim
