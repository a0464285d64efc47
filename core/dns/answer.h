#pragma once

#include "dns/recordtype.h"
#include "names/domainname.h"
#include "names/ipaddress.h"

#include <chrono>
#include <string>
#include <vector>

namespace sealwright {

struct Question {
    DomainName name;
    RecordType type;

    auto operator<=>(const Question&) const = default;
};

enum class AnswerStatus {
    found,
    noData,        ///< The name exists, without records of this type.
    nxDomain,      ///< The name does not exist.
    bogus,         ///< DNSSEC says the answer is forged or the zone is broken; see `why`.
    serverFailure, ///< SERVFAIL, REFUSED, or no server could be reached.
    timedOut,      ///< Our deadline passed.
    cancelled,
    notAsked, ///< Off line, and no zone file holds the name.
};

enum class DnsSecurity { insecure, secure };

/// What the DNS said to one question.
struct Answer {
    Question question;
    AnswerStatus status = AnswerStatus::notAsked;
    DnsSecurity security = DnsSecurity::insecure;
    DomainName canonicalName; ///< Behind CNAMEs; the question's name where there are none.
    std::chrono::seconds ttl{0};
    std::vector<std::string> rdata; ///< Wire format (RFC 1035 section 3.3), one per record; empty unless found.
    std::string why;                ///< libunbound's words for bogus and failures.

    explicit Answer(Question asked) : question(std::move(asked)), canonicalName(question.name) {}

    /// The DNS has spoken: there is something, or there certainly is not.
    [[nodiscard]] bool isConclusive() const {
        return status == AnswerStatus::found || status == AnswerStatus::noData || status == AnswerStatus::nxDomain;
    }
};

struct MxHost {
    std::uint16_t preference;
    DomainName exchange; ///< The root for the null MX (RFC 7505).

    auto operator<=>(const MxHost&) const = default;
};

/// The records of an answer, decoded. Broken records are left out.
[[nodiscard]] std::vector<std::string> texts(const Answer& answer);        ///< TXT, strings joined without a separator.
[[nodiscard]] std::vector<IpAddress> addresses(const Answer& answer);      ///< A and AAAA.
[[nodiscard]] std::vector<DomainName> names(const Answer& answer);         ///< NS, CNAME, PTR.
[[nodiscard]] std::vector<MxHost> mxHosts(const Answer& answer);           ///< By preference, then name.
[[nodiscard]] std::vector<std::string> presentation(const Answer& answer); ///< Each record's value as a zone file shows
                                                                           ///< it; TXT unquoted and joined.

} // namespace sealwright
