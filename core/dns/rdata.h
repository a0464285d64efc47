#pragma once

#include "dns/recordtype.h"
#include "names/domainname.h"

#include <cstdint>
#include <string>

namespace sealwright {

/// Reads the data of one record in wire format (RFC 1035 section 3.3), octets that anybody may have sent. Once a read
/// has failed, so does every later one.
class RdataReader {
public:
    explicit RdataReader(std::string_view rdata) : rest_(rdata) {}

    [[nodiscard]] std::optional<std::uint8_t> number8();
    [[nodiscard]] std::optional<std::uint16_t> number16();
    [[nodiscard]] std::optional<std::uint32_t> number32();
    [[nodiscard]] std::optional<std::string_view> characterString();
    /// An uncompressed name as a zone file shows it: absolute, escaped, lower case.
    [[nodiscard]] std::optional<std::string> name();
    [[nodiscard]] std::optional<DomainName> domainName();
    [[nodiscard]] std::string_view rest();
    [[nodiscard]] bool atEnd() const { return !failed_ && rest_.empty(); }

private:
    [[nodiscard]] std::optional<std::string_view> take(std::size_t size);
    [[nodiscard]] std::optional<std::uint32_t> number(std::size_t size);

    std::string_view rest_;
    bool failed_ = false;
};

/// One record's data as a zone file shows it (TXT quoted); nothing where it is broken.
[[nodiscard]] std::optional<std::string> presentation(RecordType type, std::string_view rdata);

} // namespace sealwright
