#pragma once

#include "dns/answer.h"

namespace sealwright {

/// A response as a server sent it (RFC 1035 section 4.1). Records of other classes than IN are left out, and those
/// whose owner no mail record can have.
struct DnsMessage {
    struct Record {
        DomainName owner;
        std::uint16_t type;
        std::chrono::seconds ttl;
        std::string rdata; ///< Wire format, names in it uncompressed.
    };

    bool authoritative = false;
    bool recursionAvailable = false;
    bool truncated = false;
    int rcode = 0;
    std::vector<Record> answer;
    std::vector<Record> authority;
    std::vector<Record> additional;
};

/// Nothing where the octets are no response, or a broken one.
[[nodiscard]] std::optional<DnsMessage> parseMessage(std::string_view octets);

/// "SERVFAIL", "REFUSED", … (RFC 1035 section 4.1.1), else "RCODE 9".
[[nodiscard]] std::string rcodeWord(int rcode);

} // namespace sealwright
