#include "mta/configset.h"

#include "mta/signingdomain.h"

#include <algorithm>

namespace sealwright {

bool canSign(Stack stack, KeyType type) {
    switch (stack) {
    case Stack::exim4Debian:
        return true;
    case Stack::postfixOpendkim:
        // OpenDKIM 2.11 knows one algorithm for all its keys; a key of the other one stops the domain's mail with 451.
        return type == KeyType::rsa;
    }
    return false;
}

std::vector<SigningDomain> signingDomains(Stack stack, std::span<const Profile> profiles) {
    std::vector<SigningDomain> domains;
    for (const auto& profile : profiles) {
        SigningDomain signing{profile.domain, {}};
        std::ranges::copy_if(profile.keys, std::back_inserter(signing.keys),
                             [stack](const SigningKey& key) { return canSign(stack, key.type); });
        std::ranges::stable_sort(signing.keys, {}, [](const SigningKey& key) { return key.type != KeyType::rsa; });
        if (profile.role == DomainRole::sends && !signing.keys.empty()) {
            domains.push_back(std::move(signing));
        }
    }
    const auto depthThenName = [](const SigningDomain& a, const SigningDomain& b) {
        const auto depthA = a.domain.labels().size();
        const auto depthB = b.domain.labels().size();
        return depthA != depthB ? depthA > depthB : a.domain < b.domain;
    };
    std::ranges::sort(domains, depthThenName);
    const auto same = [](const SigningDomain& a, const SigningDomain& b) { return a.domain == b.domain; };
    domains.erase(std::unique(domains.begin(), domains.end(), same), domains.end());
    return domains;
}

ConfigSet makeConfigSet(Stack stack, std::span<const Profile> domains) {
    ConfigSet set{stack, {}, {}, {}, {}};
    const auto signing = signingDomains(stack, domains);
    switch (stack) {
    case Stack::exim4Debian:
        addEximConfig(set, signing);
        break;
    case Stack::postfixOpendkim:
        addOpendkim(set, signing);
        addPostfixConfig(set);
        break;
    }
    for (const auto& profile : domains) {
        for (const auto& key : profile.keys) {
            if (profile.role == DomainRole::sends && !canSign(stack, key.type)) {
                set.leftOut.push_back({profile.domain, key.selector});
            }
        }
    }
    return set;
}

} // namespace sealwright
