#pragma once

#include <string>

namespace sealwright::cli {

/// MAIL FROM as people copy it from logs and headers, `<joe@example.org>`, without what stands around the address.
[[nodiscard]] inline std::string withoutBrackets(const std::string& mailFrom) {
    const bool has = mailFrom.size() >= 2 && mailFrom.front() == '<' && mailFrom.back() == '>';
    return has ? mailFrom.substr(1, mailFrom.size() - 2) : mailFrom;
}

} // namespace sealwright::cli
