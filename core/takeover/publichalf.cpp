#include "takeover/publichalf.h"

#include "base/base64.h"
#include "dkim/keyrecord.h"

#include <algorithm>

namespace sealwright::takeover {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string withoutBlanks(std::string_view text) {
    std::string kept(text);
    std::erase_if(kept, [](char c) { return blanks.find(c) != std::string_view::npos; });
    return kept;
}

// All that stands in quotes, joined: the strings of a TXT record.
std::string quoted(std::string_view text) {
    std::string strings;
    for (std::size_t begin = text.find('"'); begin != std::string_view::npos; begin = text.find('"', begin)) {
        const std::size_t end = text.find('"', begin + 1);
        if (end == std::string_view::npos) {
            return {};
        }
        strings += text.substr(begin + 1, end - begin - 1);
        begin = end + 1;
    }
    return strings;
}

std::string_view firstWord(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
    return text.substr(begin, text.find_first_of(blanks, begin) - begin);
}

std::optional<DomainName> domainIn(std::string_view name, std::string_view text) {
    const std::size_t dot = name.empty() ? std::string_view::npos : 1;
    if (dot < name.size()) {
        if (const auto domain = DomainName::parse(name.substr(dot))) {
            return *domain;
        }
    }
    constexpr std::string_view announced = " for ";
    const std::size_t comment = text.rfind(';');
    const std::size_t at = comment == std::string_view::npos ? comment : text.find(announced, comment);
    if (at != std::string_view::npos) {
        if (const auto domain = DomainName::parse(firstWord(text.substr(at + announced.size())))) {
            return *domain;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<PublicHalf> readRecordFile(std::string_view text) {
    constexpr std::string_view mark = "._domainkey";
    const std::string_view name = firstWord(text);
    const std::size_t at = name.find(mark);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const auto selector = Selector::parse(name.substr(0, at));
    const auto record = dkim::KeyRecord::parse(quoted(text));
    if (!selector || !record || record->isRevoked()) {
        return std::nullopt;
    }
    return PublicHalf{record->publicKey, *selector, domainIn(name.substr(at + mark.size()), text)};
}

std::optional<PublicHalf> readPublicPem(std::string_view text) {
    constexpr std::string_view begin = "-----BEGIN PUBLIC KEY-----";
    const std::size_t at = text.find(begin);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view rest = text.substr(at + begin.size());
    const std::size_t end = rest.find("-----END PUBLIC KEY-----");
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    return PublicHalf{withoutBlanks(rest.substr(0, end)), {}, {}};
}

bool isHalfOf(const PublicHalf& half, const std::string& publicKey) {
    if (half.publicKey == publicKey) {
        return true;
    }
    // RFC 8410 section 4 has the 32 octets of an Ed25519 key at the end; p= has nothing else (RFC 8463 section 4).
    const auto whole = base64Decode(half.publicKey);
    const auto part = base64Decode(publicKey);
    return whole && part && part->size() == 32 && whole->size() == 44 && whole->ends_with(*part);
}

} // namespace sealwright::takeover
