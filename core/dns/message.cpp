#include "dns/message.h"

#include "dns/rdata.h"

namespace sealwright {
namespace {

constexpr std::size_t headerSize = 12;
constexpr std::size_t longestName = 255; // octets on the wire, section 3.1
constexpr std::uint16_t classIn = 1;

// Reads the parts of a message one after the other. Once one could not be read, nothing more can.
class MessageReader {
public:
    explicit MessageReader(std::string_view octets) : octets_(octets) {}

    [[nodiscard]] std::optional<std::uint16_t> number16() {
        if (octets_.size() - at_ < 2) {
            return std::nullopt;
        }
        const auto octet = [this](std::size_t i) { return static_cast<unsigned char>(octets_[i]); };
        const auto value = static_cast<std::uint16_t>(octet(at_) << 8 | octet(at_ + 1));
        at_ += 2;
        return value;
    }

    // A name in wire format, without compression (section 4.1.4).
    [[nodiscard]] std::optional<std::string> name() {
        std::string name;
        std::size_t from = at_;
        std::size_t earliest = at_; // A pointer leads to a prior place: so none leads in a circle.
        bool jumped = false;
        while (from < octets_.size()) {
            const auto size = static_cast<unsigned char>(octets_[from]);
            if ((size & 0xc0) == 0xc0) {
                if (from + 1 >= octets_.size()) {
                    return std::nullopt;
                }
                const std::size_t target = (size & 0x3fU) << 8 | static_cast<unsigned char>(octets_[from + 1]);
                if (target >= earliest) {
                    return std::nullopt;
                }
                at_ = jumped ? at_ : from + 2;
                jumped = true;
                from = earliest = target;
                continue;
            }
            if (size > 63 || from + 1 + size > octets_.size() || name.size() + size + 1 > longestName) {
                return std::nullopt;
            }
            name += octets_.substr(from, size + 1U);
            from += size + 1U;
            if (size == 0) {
                at_ = jumped ? at_ : from;
                return name;
            }
        }
        return std::nullopt;
    }

    // The data of a record, `size` octets, with what is compressed in it written out (RFC 3597 section 4: no type
    // defined later has compressed names).
    [[nodiscard]] std::optional<std::string> rdata(std::uint16_t type, std::size_t size) {
        const std::size_t end = at_ + size;
        if (end > octets_.size()) {
            return std::nullopt;
        }
        std::string data;
        if (type == static_cast<std::uint16_t>(RecordType::mx)) {
            data += octets_.substr(at_, 2);
            at_ += 2;
        }
        for (int names = compressedNames(type); names > 0; --names) {
            const auto name = at_ < end ? this->name() : std::nullopt;
            if (!name) {
                return std::nullopt;
            }
            data += *name;
        }
        if (at_ > end) {
            return std::nullopt;
        }
        data += octets_.substr(at_, end - at_);
        at_ = end;
        return data;
    }

private:
    [[nodiscard]] static int compressedNames(std::uint16_t type) {
        switch (type) {
        case static_cast<std::uint16_t>(RecordType::ns):
        case static_cast<std::uint16_t>(RecordType::cname):
        case static_cast<std::uint16_t>(RecordType::ptr):
        case static_cast<std::uint16_t>(RecordType::mx):
            return 1;
        case static_cast<std::uint16_t>(RecordType::soa):
            return 2;
        default:
            return 0;
        }
    }

    std::string_view octets_;
    std::size_t at_ = 0;
};

std::chrono::seconds ttlOf(std::uint16_t high, std::uint16_t low) {
    const std::uint32_t ttl = static_cast<std::uint32_t>(high) << 16 | low;
    return std::chrono::seconds((ttl & 0x80000000U) != 0 ? 0 : ttl); // RFC 2181 section 8
}

bool readRecord(MessageReader& reader, std::vector<DnsMessage::Record>& records) {
    const auto owner = reader.name();
    const auto type = owner ? reader.number16() : std::nullopt;
    const auto recordClass = type ? reader.number16() : std::nullopt;
    const auto ttlHigh = recordClass ? reader.number16() : std::nullopt;
    const auto ttlLow = ttlHigh ? reader.number16() : std::nullopt;
    const auto size = ttlLow ? reader.number16() : std::nullopt;
    auto rdata = size ? reader.rdata(*type, *size) : std::nullopt;
    if (!rdata) {
        return false;
    }
    auto name = RdataReader(*owner).domainName();
    if (name && recordClass == classIn) {
        records.push_back({std::move(*name), *type, ttlOf(*ttlHigh, *ttlLow), std::move(*rdata)});
    }
    return true;
}

} // namespace

std::optional<DnsMessage> parseMessage(std::string_view octets) {
    MessageReader reader(octets);
    std::uint16_t header[headerSize / 2];
    for (std::uint16_t& field : header) {
        const auto number = reader.number16();
        if (!number) {
            return std::nullopt;
        }
        field = *number;
    }
    const auto [id, flags, questions, answers, authorities, additionals] = header;
    if ((flags & 0x8000) == 0) {
        return std::nullopt;
    }
    DnsMessage message;
    message.authoritative = (flags & 0x0400) != 0;
    message.truncated = (flags & 0x0200) != 0;
    message.recursionAvailable = (flags & 0x0080) != 0;
    message.rcode = flags & 0x000f;
    for (int i = 0; i < questions; ++i) {
        if (!reader.name() || !reader.number16() || !reader.number16()) {
            return std::nullopt;
        }
    }
    for (const auto& [count, section] :
         {std::pair(answers, &message.answer), std::pair(authorities, &message.authority),
          std::pair(additionals, &message.additional)}) {
        for (int i = 0; i < count; ++i) {
            if (!readRecord(reader, *section)) {
                return message.truncated ? std::optional(message) : std::nullopt; // It may end in the middle.
            }
        }
    }
    return message;
}

std::string rcodeWord(int rcode) {
    switch (rcode) {
    case 1:
        return "FORMERR";
    case 2:
        return "SERVFAIL";
    case 4:
        return "NOTIMP";
    case 5:
        return "REFUSED";
    default:
        return "RCODE " + std::to_string(rcode);
    }
}

} // namespace sealwright
