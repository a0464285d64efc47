#pragma once

#include "checks/network.h"

#include <map>

namespace sealwright::test {

/// A Network that says what was put into it; whom it does not know, it does not reach.
class FakeNetwork final : public Network {
public:
    std::map<SmtpTarget, SmtpSeen> smtp;
    std::map<std::string, HttpsSeen> files; ///< By URL.
    std::vector<IpAddress> fetchedAt;       ///< The addresses of the last file that was asked for.

    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& /*helo*/,
                                                  const std::stop_token& /*stop*/) override {
        std::vector<SmtpSeen> seen;
        for (const SmtpTarget& target : targets) {
            const auto known = smtp.find(target);
            seen.push_back(known == smtp.end() ? SmtpSeen{.reached = Reached::nothing} : known->second);
        }
        return seen;
    }

    [[nodiscard]] HttpsSeen fetch(const HttpsTarget& target, const std::stop_token& /*stop*/) override {
        fetchedAt = target.addresses;
        if (target.addresses.empty()) {
            return {};
        }
        const auto known = files.find("https://" + target.host.toString() + target.path);
        return known == files.end() ? HttpsSeen{.reached = Reached::nothing} : known->second;
    }
};

} // namespace sealwright::test
