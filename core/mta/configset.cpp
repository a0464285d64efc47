#include "mta/configset.h"

#include "mta/signingdomain.h"

#include <algorithm>

namespace sealwright {

static bool canSign(Stack stack, KeyType type) {
    switch (stack) {
    case Stack::exim4Debian:
    case Stack::exim:
    case Stack::postfixRspamd:
        return true;
    case Stack::postfixOpendkim:
        // OpenDKIM 2.11 knows one algorithm for all its keys; a key of the other one stops the domain's mail with 451.
        return type == KeyType::rsa;
    }
    return false;
}

// OpenDKIM signs a message with one key, that of the first line of its table which fits.
static bool signsWithAllKeys(Stack stack) {
    return stack != Stack::postfixOpendkim;
}

std::vector<SigningDomain> signingDomains(Stack stack, std::span<const Profile> profiles) {
    std::vector<SigningDomain> domains;
    for (const auto& profile : profiles) {
        SigningDomain signing{profile.domain, {}};
        std::ranges::copy_if(profile.keys, std::back_inserter(signing.keys),
                             [stack](const SigningKey& key) { return canSign(stack, key.type); });
        std::ranges::stable_sort(signing.keys, {}, [](const SigningKey& key) { return key.type != KeyType::rsa; });
        if (profile.role == DomainRole::sends && !signing.keys.empty()) {
            if (!signsWithAllKeys(stack)) {
                signing.keys.resize(1, signing.keys.front());
            }
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

ConfigSet makeConfigSet(const ServerSetup& setup, std::span<const Profile> domains) {
    ConfigSet set{setup.stack, {}, {}, {}, {}, setup.inbound};
    const auto signing = signingDomains(setup.stack, domains);
    switch (setup.stack) {
    case Stack::exim4Debian:
        addEximDebianConfig(set, signing);
        break;
    case Stack::exim:
        addEximConfig(set, signing);
        break;
    case Stack::postfixOpendkim:
        addOpendkim(set, signing);
        addPostfixConfig(set);
        break;
    case Stack::postfixRspamd:
        addRspamd(set, signing);
        addPostfixConfig(set);
        break;
    }
    for (const auto& profile : domains) {
        for (const auto& key : profile.keys) {
            const KeyId id{profile.domain, key.selector};
            if (profile.role == DomainRole::sends && std::ranges::find(set.keys, id, &KeyFile::key) == set.keys.end()) {
                set.leftOut.push_back(id);
            }
        }
    }
    return set;
}

} // namespace sealwright
