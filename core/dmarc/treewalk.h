#pragma once

#include "dmarc/record.h"
#include "dns/answer.h"

#include <span>

namespace sealwright::dmarc {

/// The names whose `_dmarc` the DNS Tree Walk asks for, longest first: at most 8 (RFC 9989 section 4.10).
[[nodiscard]] std::vector<DomainName> treeWalkNames(const DomainName& start);

/// The valid record of one such answer; nothing where there is none, or more than one (section 4.10, step 2).
[[nodiscard]] std::optional<Record> onlyRecord(const Answer& answer);

/// The Organizational Domain as the walk's answers show it (section 4.10.2), one answer per name of treeWalkNames().
[[nodiscard]] DomainName organizationalDomain(std::span<const DomainName> names, std::span<const Answer> answers);

} // namespace sealwright::dmarc
