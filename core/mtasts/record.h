#pragma once

#include "base/taglist.h"

/// MTA-STS, RFC 8461: senders that read a domain's policy deliver to it over verified TLS only.
namespace sealwright::mtasts {

enum class RecordError {
    notMtaSts, ///< Does not begin with "v=STSv1;": another kind of TXT record.
    badField,  ///< Against the grammar of section 3.1; what and where: the field.
    noId,
    badId, ///< Not 1 to 32 letters and digits.
    doubleId,
};

/// The TXT record at _mta-sts.<domain> (section 3.1). Only where exactly one is published does it count.
struct Record {
    std::string id;          ///< Changes whenever the policy does; what senders compare with the one they know.
    std::vector<Tag> others; ///< Extensions, kept.

    bool operator==(const Record&) const = default;

    [[nodiscard]] std::string toString() const; ///< `v=STSv1; id=…;`
    [[nodiscard]] static tl::expected<Record, Problem<RecordError>> parse(std::string_view text);
};

[[nodiscard]] bool isMtaSts(std::string_view text);
/// No MTA-STS record by the letter, and surely meant as one: `v=STSv1`, `v=stsv1; id=1`.
[[nodiscard]] bool resemblesMtaSts(std::string_view text);

} // namespace sealwright::mtasts
