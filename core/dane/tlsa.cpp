#include "dane/tlsa.h"

#include "dns/rdata.h"

#include <algorithm>
#include <charconv>

namespace sealwright::dane {
namespace {

enum Usage : std::uint8_t { daneTa = 2, daneEe = 3 };
enum Selector : std::uint8_t { wholeCertificate = 0, publicKey = 1 };
enum MatchingType : std::uint8_t { full = 0, sha256 = 1, sha512 = 2 };

// RFC 6698 section 2.1.3: a digest is as long as its algorithm makes it.
bool hasLengthOf(std::uint8_t matchingType, std::size_t size) {
    switch (matchingType) {
    case sha256:
        return size == 32;
    case sha512:
        return size == 64;
    default: // the data itself, or a type of the future
        return size > 0;
    }
}

tl::expected<Tlsa, Problem<TlsaError>> checked(Tlsa record) {
    if (!hasLengthOf(record.matchingType, record.data.size())) {
        const auto code = record.data.empty() ? TlsaError::tooShort : TlsaError::badData;
        return tl::unexpected(problem(code, record.toString()));
    }
    return record;
}

std::optional<std::string> octetsFromHex(std::string_view hex) {
    std::string octets;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        std::uint8_t value = 0;
        const char* const begin = hex.data() + i;
        if (std::from_chars(begin, begin + 2, value, 16).ptr != begin + 2) {
            return std::nullopt;
        }
        octets += static_cast<char>(value);
    }
    return hex.size() % 2 == 0 ? std::optional(std::move(octets)) : std::nullopt;
}

/// The next word, taken off the front.
std::string_view takeWord(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text.remove_prefix(word.size());
    return word;
}

} // namespace

tl::expected<Tlsa, Problem<TlsaError>> Tlsa::parse(std::string_view rdata) {
    RdataReader reader(rdata);
    const auto usage = reader.number8();
    const auto selector = reader.number8();
    const auto matchingType = reader.number8();
    if (!matchingType) {
        return tl::unexpected(problem(TlsaError::tooShort));
    }
    return checked({*usage, *selector, *matchingType, std::string(reader.rest())});
}

tl::expected<Tlsa, Problem<TlsaError>> Tlsa::fromPresentation(std::string_view text) {
    std::uint8_t numbers[3]{};
    for (std::uint8_t& number : numbers) {
        const std::string_view word = takeWord(text);
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error != std::errc{} || end != word.data() + word.size()) {
            return tl::unexpected(problem(TlsaError::badNumber, word));
        }
    }
    std::string hex;
    for (std::string_view word = takeWord(text); !word.empty(); word = takeWord(text)) {
        hex += word;
    }
    auto octets = octetsFromHex(hex);
    if (!octets) {
        return tl::unexpected(problem(TlsaError::badData, hex));
    }
    return checked({numbers[0], numbers[1], numbers[2], std::move(*octets)});
}

std::string Tlsa::toString() const {
    const std::string wire{static_cast<char>(usage), static_cast<char>(selector), static_cast<char>(matchingType)};
    return presentation(RecordType::tlsa, wire + data).value_or("");
}

bool Tlsa::isUsableForSmtp() const {
    return (usage == daneTa || usage == daneEe) && selector <= publicKey && matchingType <= sha512;
}

tl::expected<Tlsa, Problem<TlsaError>> forPublicKey(std::string_view digest) {
    return Tlsa::fromPresentation("3 1 1 " + std::string(digest));
}

tl::expected<DomainName, Problem<DomainNameError>> tlsaName(const DomainName& host) {
    return host.child("_25._tcp");
}

} // namespace sealwright::dane
