#include "names/ipaddress.h"
#include "zone/masterfile.h"

#include <algorithm>
#include <charconv>

namespace sealwright {

namespace {

constexpr std::size_t longestName = 255; // octets on the wire, RFC 1035 section 3.1
constexpr std::size_t longestLabel = 63;
constexpr std::size_t longestString = 255;
constexpr std::size_t longestRdata = 65535;

/// An octet of escaped text (RFC 1035 section 5.1), and whether it was escaped: a dot then does not end a label.
struct Octet {
    char value;
    bool escaped;
};

/// Takes one octet off the front; nothing where an escape is broken.
std::optional<Octet> takeOctet(std::string_view& text) {
    const char first = text.front();
    text.remove_prefix(1);
    if (first != '\\') {
        return Octet{first, false};
    }
    if (text.empty()) {
        return std::nullopt;
    }
    if (text.front() < '0' || text.front() > '9') {
        const Octet octet{text.front(), true};
        text.remove_prefix(1);
        return octet;
    }
    std::uint8_t value = 0;
    const char* const end = text.data() + std::min<std::size_t>(text.size(), 3);
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != text.data() + 3) {
        return std::nullopt;
    }
    text.remove_prefix(3);
    return Octet{static_cast<char>(value), true};
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto octet = takeOctet(text);
        if (!octet) {
            return std::nullopt;
        }
        out += octet->value;
    }
    return out;
}

bool appendString(std::string& out, std::string_view string, std::size_t longest) {
    if (string.size() > longest) {
        return false;
    }
    out += static_cast<char>(string.size());
    out += string;
    return true;
}

/// Writes the fields of one entry behind each other; `broken` remembers the first that does not fit.
class RdataWriter {
public:
    explicit RdataWriter(const MasterFileEntry& entry) : entry_(entry) {}

    void number(std::size_t octets);
    void time();
    void name();
    void string();
    void hexToEnd();
    void address(bool v4);
    [[nodiscard]] bool atEnd() const { return used_ == entry_.fields.size(); }
    [[nodiscard]] tl::expected<std::string, Problem<MasterFileError>> finish();

private:
    [[nodiscard]] const MasterFileField* next();
    void append(std::uint32_t value, std::size_t octets);
    void check(bool good, MasterFileError code = MasterFileError::badValue);

    const MasterFileEntry& entry_;
    std::size_t used_ = 0;
    std::string out_;
    std::optional<Problem<MasterFileError>> broken_;
};

const MasterFileField* RdataWriter::next() {
    if (atEnd()) {
        check(false);
        return nullptr;
    }
    return &entry_.fields[used_++];
}

void RdataWriter::check(bool good, MasterFileError code) {
    if (!good && !broken_) {
        const bool any = used_ > 0;
        broken_ = problem(code, any ? entry_.fields[used_ - 1].text : entry_.type,
                          any ? entry_.fields[used_ - 1].line : entry_.line);
    }
}

void RdataWriter::number(std::size_t octets) {
    if (const auto* field = next()) {
        std::uint32_t value = 0;
        const char* const end = field->text.data() + field->text.size();
        const auto [stop, error] = std::from_chars(field->text.data(), end, value);
        check(error == std::errc{} && stop == end && (octets == 4 || value >> (8 * octets) == 0));
        append(value, octets);
    }
}

void RdataWriter::time() {
    if (const auto* field = next()) {
        const auto value = parseTtl(field->text);
        check(value.has_value());
        append(static_cast<std::uint32_t>(value.value_or(std::chrono::seconds{}).count()), 4);
    }
}

void RdataWriter::append(std::uint32_t value, std::size_t octets) {
    for (std::size_t i = octets; i-- > 0;) {
        out_ += static_cast<char>(value >> (8 * i) & 255U);
    }
}

void RdataWriter::name() {
    if (const auto* field = next()) {
        const auto wire = wireName(field->text, entry_.origin);
        check(wire.has_value(), wire ? MasterFileError::badValue : wire.error());
        out_ += wire.value_or(std::string{});
    }
}

void RdataWriter::string() {
    if (const auto* field = next()) {
        const auto octets = unescaped(field->text);
        check(octets && appendString(out_, *octets, longestString));
    }
}

void RdataWriter::hexToEnd() {
    std::string digits;
    while (!atEnd()) {
        digits += entry_.fields[used_++].text;
    }
    check(digits.size() % 2 == 0);
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        std::uint8_t value = 0;
        const char* const begin = digits.data() + i;
        check(std::from_chars(begin, begin + 2, value, 16).ptr == begin + 2);
        out_ += static_cast<char>(value);
    }
}

void RdataWriter::address(bool v4) {
    if (const auto* field = next()) {
        const auto parsed = IpAddress::parse(field->text);
        check(parsed && parsed->isV4() == v4);
        if (parsed) {
            out_ += parsed->octets();
        }
    }
}

tl::expected<std::string, Problem<MasterFileError>> RdataWriter::finish() {
    check(atEnd() && out_.size() <= longestRdata);
    if (broken_) {
        return tl::unexpected(*broken_);
    }
    return std::move(out_);
}

} // namespace

tl::expected<std::string, MasterFileError> wireName(std::string_view text, std::string_view origin) {
    if (text == "@" || text == ".") {
        if (text == "@" && origin.empty()) {
            return tl::unexpected(MasterFileError::noOrigin);
        }
        return text == "@" ? std::string(origin) : std::string(1, '\0');
    }
    if (text.empty()) {
        return tl::unexpected(MasterFileError::badName);
    }
    std::string wire;
    std::string label;
    bool absolute = false;
    while (!text.empty()) {
        const auto octet = takeOctet(text);
        if (!octet) {
            return tl::unexpected(MasterFileError::badName);
        }
        const bool dot = octet->value == '.' && !octet->escaped;
        if (!dot) {
            label += octet->value;
        }
        if (dot || text.empty()) {
            if (label.empty() || !appendString(wire, label, longestLabel)) {
                return tl::unexpected(MasterFileError::badName);
            }
            label.clear();
            absolute = dot;
        }
    }
    if (!absolute && origin.empty()) {
        return tl::unexpected(MasterFileError::noOrigin);
    }
    wire += absolute ? std::string_view("\0", 1) : origin;
    if (wire.size() > longestName) {
        return tl::unexpected(MasterFileError::badName);
    }
    return wire;
}

tl::expected<std::string, Problem<MasterFileError>> wireRdata(RecordType type, const MasterFileEntry& entry) {
    RdataWriter writer(entry);
    switch (type) {
    case RecordType::a:
    case RecordType::aaaa:
        writer.address(type == RecordType::a);
        break;
    case RecordType::ns:
    case RecordType::cname:
    case RecordType::ptr:
        writer.name();
        break;
    case RecordType::mx:
        writer.number(2);
        writer.name();
        break;
    case RecordType::soa:
        writer.name();
        writer.name();
        writer.number(4);
        for (int i = 0; i < 4; ++i) {
            writer.time();
        }
        break;
    case RecordType::txt:
        do {
            writer.string();
        } while (!writer.atEnd());
        break;
    case RecordType::ds:
        writer.number(2);
        writer.number(1);
        writer.number(1);
        writer.hexToEnd();
        break;
    case RecordType::tlsa:
        for (int i = 0; i < 3; ++i) {
            writer.number(1);
        }
        writer.hexToEnd();
        break;
    }
    return writer.finish();
}

} // namespace sealwright
