#include "plan/profile.h"

namespace sealwright {

std::string_view toString(Stack stack) {
    switch (stack) {
    case Stack::exim4Debian:
        return "exim4-debian";
    case Stack::postfixOpendkim:
        return "postfix-opendkim";
    }
    return {};
}

std::optional<Stack> stackFromString(std::string_view text) {
    for (const Stack stack : allStacks) {
        if (toString(stack) == text) {
            return stack;
        }
    }
    return std::nullopt;
}

SigningKey describe(const KeyPair& key, Selector selector, std::chrono::sys_seconds created) {
    return {std::move(selector), key.type(), key.bits(), key.publicKey(), key.fingerprint(), created};
}

EmailAddress defaultReportAddress(const DomainName& domain) {
    return EmailAddress::parse("dmarc-reports@" + domain.toString()).value();
}

} // namespace sealwright
