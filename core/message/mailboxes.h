#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealwright::message {

/// The domains of the mailboxes in a From: field (RFC 5322 section 3.4), one for each mailbox, as written; empty where
/// a mailbox has none that can be read. Display names, comments, quoted strings and groups are told from addresses.
[[nodiscard]] std::vector<std::string> mailboxDomains(std::string_view value);

} // namespace sealwright::message
