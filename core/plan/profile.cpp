#include "plan/profile.h"

#include <algorithm>

namespace sealwright {

std::string_view toString(Stack stack) {
    switch (stack) {
    case Stack::exim4Debian:
        return "exim4-debian";
    case Stack::exim:
        return "exim";
    case Stack::postfixOpendkim:
        return "postfix-opendkim";
    case Stack::postfixRspamd:
        return "postfix-rspamd";
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

std::string_view toString(Inbound inbound) {
    switch (inbound) {
    case Inbound::unchanged:
        return "unchanged";
    case Inbound::results:
        return "results";
    }
    return {};
}

std::optional<Inbound> inboundFromString(std::string_view text) {
    for (const Inbound inbound : allInbounds) {
        if (toString(inbound) == text) {
            return inbound;
        }
    }
    return std::nullopt;
}

MtaSts mtaStsOf(mtasts::Mode mode) {
    constexpr std::chrono::days oneDay{1};
    constexpr std::chrono::days oneWeek{7};
    return {mode, mode == mtasts::Mode::enforce ? oneWeek : oneDay};
}

bool isSha256Hex(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

SigningKey describe(const KeyPair& key, Selector selector, std::chrono::sys_seconds created) {
    return {std::move(selector), key.type(), key.bits(), key.publicKey(), key.fingerprint(), created};
}

tl::expected<IpNetwork, Problem<IpAddressError>> parseSender(std::string_view text) {
    return IpNetwork::parse(text).and_then(
        [](const IpNetwork& network) -> tl::expected<IpNetwork, Problem<IpAddressError>> {
            if (network.prefixLength < (network.address.isV4() ? 16U : 32U)) {
                return tl::unexpected(problem(IpAddressError::tooWide, network.toString()));
            }
            return network;
        });
}

tl::expected<DomainName, Problem<DomainNameError>> parseInclude(std::string_view text) {
    constexpr std::string_view mechanism = "include:";
    text.remove_prefix(text.starts_with(mechanism) ? mechanism.size() : 0);
    auto name = DomainName::parseDns(text);
    if (!name || text.find('_') == std::string_view::npos) {
        return DomainName::parse(text);
    }
    DomainName end = *name;
    while (end.labels().size() > 2) {
        end = *end.parent();
    }
    auto asTyped = DomainName::parse(end.toString());
    return asTyped ? std::move(name) : std::move(asTyped);
}

EmailAddress defaultReportAddress(const DomainName& domain) {
    return EmailAddress::parse("dmarc-reports@" + domain.toString()).value();
}

std::vector<EmailAddress> tlsReportsBesideMtaSts(const Profile& profile) {
    return profile.reportsTo.empty() ? std::vector{defaultReportAddress(profile.domain)} : profile.reportsTo;
}

Selector proposeSelector(const Profile& profile, KeyType type, std::chrono::sys_seconds now) {
    const auto isTaken = [&profile](const Selector& selector) {
        return std::ranges::find(profile.keys, selector, &SigningKey::selector) != profile.keys.end();
    };
    const char first = type == KeyType::rsa ? 's' : 'e';
    for (char letter = first; letter <= 'z'; ++letter) {
        if (Selector selector = Selector::forMonth(letter, now); !isTaken(selector)) {
            return selector;
        }
    }
    const std::string month = Selector::forMonth(first, now).toString();
    for (int number = 2;; ++number) {
        if (const auto selector = Selector::parse(month + "-" + std::to_string(number)); !isTaken(*selector)) {
            return *selector;
        }
    }
}

} // namespace sealwright
