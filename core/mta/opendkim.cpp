#include "mta/filltemplate.h"
#include "mta/quoting.h"
#include "mta/signingdomain.h"

namespace sealwright {

namespace {

using namespace kainjow;

// Its daemon insists that nobody but its own user can write on the way to a key, and reads keys as that user.
constexpr auto reader = "opendkim:opendkim";
constexpr auto folder = "/etc/dkimkeys/";

std::string keyPath(const DomainName& domain, const Selector& selector) {
    return folder + tableWord(domain.toString()) + '/' + tableWord(selector.toString()) + ".private";
}

mustache::object tableValues(std::span<const SigningDomain> domains) {
    mustache::list list;
    for (const auto& [domain, keys] : domains) {
        mustache::list selectors;
        for (const auto& key : keys) {
            selectors.emplace_back(
                mustache::object{{"domain", domain.toString()}, {"selector", key.selector.toString()}});
        }
        mustache::object values{{"domain", domain.toString()}};
        values.emplace("selectors", mustache::data(selectors));
        list.emplace_back(values);
    }
    return {{"domains", mustache::data(list)}};
}

} // namespace

void addOpendkim(ConfigSet& set, std::span<const SigningDomain> domains) {
    const auto values = tableValues(domains);
    set.folders.push_back({"/etc/opendkim", "root:root", 0755});
    for (const std::string path : {"/etc/opendkim/KeyTable", "/etc/opendkim/SigningTable"}) {
        set.files.push_back({path, "root:root", 0644, fillTemplate("postfix-opendkim" + path, values, tableWord)});
    }
    // The admin may add the networks of his clients to this one.
    const std::string trusted = "/etc/opendkim/TrustedHosts";
    set.files.push_back({trusted, "root:root", 0644, plainTemplate("postfix-opendkim" + trusted), Placement::part});
    const std::string config = "/etc/opendkim.conf";
    const bool checks = set.inbound == Inbound::results;
    mustache::object settings;
    settings.emplace("inbound", mustache::data(checks));
    set.files.push_back({config, "root:root", 0644, fillTemplate("postfix-opendkim" + config, settings, tableWord)});
    if (checks) {
        const std::string dmarc = "/etc/opendmarc.conf";
        set.files.push_back({dmarc, "root:root", 0644, plainTemplate("postfix-opendkim" + dmarc), Placement::part});
    }
    for (const auto& [domain, keys] : domains) {
        set.folders.push_back({folder + tableWord(domain.toString()), reader, 0700});
        for (const auto& key : keys) {
            set.keys.push_back({keyPath(domain, key.selector),
                                reader,
                                0600,
                                {domain, key.selector},
                                key.publicKey,
                                key.type,
                                key.fingerprint});
        }
    }
}

} // namespace sealwright
