#include "dns/rdata.h"

#include "base/ascii.h"
#include "dns/txtstrings.h"
#include "names/ipaddress.h"

#include <utility>

namespace sealwright {

namespace {

constexpr std::size_t longestName = 255; // octets on the wire, RFC 1035 section 3.1
constexpr std::size_t longestLabel = 63;

void appendLabel(std::string& out, std::string_view label) {
    for (const char c : label) {
        appendEscaped(out, lower(c), " \".;\\()@$");
    }
    out += '.';
}

std::string hex(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(octets.size() * 2);
    for (const char c : octets) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

/// Fields of a record one after the other; empty once one could not be read.
class Fields {
public:
    template <class T>
    void add(const std::optional<T>& field) {
        if (!field) {
            broken_ = true;
            return;
        }
        if (!text_.empty()) {
            text_ += ' ';
        }
        if constexpr (std::is_convertible_v<T, std::string_view>) {
            text_ += *field;
        } else {
            text_ += std::to_string(*field);
        }
    }
    [[nodiscard]] std::optional<std::string> take(bool complete) {
        return broken_ || !complete ? std::nullopt : std::optional(std::move(text_));
    }

private:
    std::string text_;
    bool broken_ = false;
};

} // namespace

std::optional<std::string_view> RdataReader::take(std::size_t size) {
    if (failed_ || size > rest_.size()) {
        failed_ = true;
        return std::nullopt;
    }
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}

std::optional<std::uint32_t> RdataReader::number(std::size_t size) {
    const auto octets = take(size);
    if (!octets) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    for (const char c : *octets) {
        value = value << 8 | static_cast<unsigned char>(c);
    }
    return value;
}

std::optional<std::uint8_t> RdataReader::number8() {
    const auto value = number(1);
    return value ? std::optional(static_cast<std::uint8_t>(*value)) : std::nullopt;
}

std::optional<std::uint16_t> RdataReader::number16() {
    const auto value = number(2);
    return value ? std::optional(static_cast<std::uint16_t>(*value)) : std::nullopt;
}

std::optional<std::uint32_t> RdataReader::number32() {
    return number(4);
}

std::optional<std::string_view> RdataReader::characterString() {
    const auto size = number8();
    return size ? take(*size) : std::nullopt;
}

std::optional<std::string> RdataReader::name() {
    std::string text;
    std::size_t onWire = 1;
    while (true) {
        const auto size = number8();
        if (!size) {
            return std::nullopt;
        }
        if (*size == 0) {
            return text.empty() ? "." : text;
        }
        onWire += *size + std::size_t{1};
        if (*size > longestLabel || onWire > longestName) { // Pointers (RFC 1035 section 4.1.4) lead nowhere here.
            failed_ = true;
            return std::nullopt;
        }
        const auto label = take(*size);
        if (!label) {
            return std::nullopt;
        }
        appendLabel(text, *label);
    }
}

std::optional<DomainName> RdataReader::domainName() {
    const auto text = name();
    if (!text) {
        return std::nullopt;
    }
    if (*text == ".") {
        return DomainName::root();
    }
    auto parsed = DomainName::parseExpanded(std::string_view(*text).substr(0, text->size() - 1));
    return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

std::string_view RdataReader::rest() {
    return std::exchange(rest_, {});
}

std::optional<std::string> presentation(RecordType type, std::string_view rdata) {
    RdataReader reader(rdata);
    Fields fields;
    switch (type) {
    case RecordType::a:
    case RecordType::aaaa: {
        const auto address = IpAddress::fromOctets(rdata);
        const bool fits = address && address->isV4() == (type == RecordType::a);
        return fits ? std::optional(address->toString()) : std::nullopt;
    }
    case RecordType::ns:
    case RecordType::cname:
    case RecordType::ptr:
        fields.add(reader.name());
        break;
    case RecordType::mx:
        fields.add(reader.number16());
        fields.add(reader.name());
        break;
    case RecordType::soa:
        fields.add(reader.name());
        fields.add(reader.name());
        for (int i = 0; i < 5; ++i) {
            fields.add(reader.number32());
        }
        break;
    case RecordType::txt:
        do {
            const auto string = reader.characterString();
            fields.add(string ? std::optional(quotedTxt(*string)) : std::nullopt);
            if (!string) {
                break;
            }
        } while (!reader.atEnd());
        break;
    case RecordType::ds:
        fields.add(reader.number16());
        fields.add(reader.number8());
        fields.add(reader.number8());
        fields.add(std::optional(hex(reader.rest())));
        break;
    case RecordType::tlsa:
        for (int i = 0; i < 3; ++i) {
            fields.add(reader.number8());
        }
        fields.add(std::optional(hex(reader.rest())));
        break;
    }
    return fields.take(reader.atEnd());
}

} // namespace sealwright
