#include "mta/filltemplate.h"
#include "mta/quoting.h"
#include "mta/signingdomain.h"

namespace sealwright {

namespace {

using namespace kainjow;

// Its workers run as _rspamd and read keys; they never have to write one.
constexpr auto reader = "root:_rspamd";
constexpr auto folder = "/etc/rspamd/dkim";

// RSA it reads as PEM, Ed25519 only as the bare seed.
KeyFormat formatOf(const SigningKey& key) {
    return key.type == KeyType::ed25519 ? KeyFormat::seed : KeyFormat::pem;
}

std::string ending(const SigningKey& key) {
    return formatOf(key) == KeyFormat::seed ? "key" : "pem";
}

mustache::object tableValues(std::span<const SigningDomain> domains) {
    mustache::list list;
    for (const auto& [domain, keys] : domains) {
        mustache::list selectors;
        for (const auto& key : keys) {
            selectors.emplace_back(mustache::object{{"selector", key.selector.toString()}, {"ending", ending(key)}});
        }
        mustache::object values{{"domain", domain.toString()}};
        values.emplace("selectors", mustache::data(selectors));
        list.emplace_back(values);
    }
    return {{"domains", mustache::data(list)}};
}

} // namespace

void addRspamd(ConfigSet& set, std::span<const SigningDomain> domains) {
    set.folders.push_back({folder, reader, 0750});
    for (const auto& [domain, keys] : domains) {
        const auto path = std::string(folder) + '/' + tableWord(domain.toString());
        set.folders.push_back({path, reader, 0750});
        for (const auto& key : keys) {
            set.keys.push_back({path + '/' + tableWord(key.selector.toString()) + '.' + ending(key),
                                reader,
                                0640,
                                {domain, key.selector},
                                key.publicKey,
                                key.type,
                                key.fingerprint,
                                formatOf(key)});
        }
    }
    // The admin may add the networks of his clients to this one.
    const std::string networks = "/etc/rspamd/local.d/sign_networks.map";
    set.files.push_back({networks, "root:root", 0644, plainTemplate("postfix-rspamd" + networks), Placement::part});
    const std::string config = "/etc/rspamd/local.d/dkim_signing.conf";
    auto content = fillTemplate("postfix-rspamd" + config, tableValues(domains), tableWord);
    set.files.push_back({config, "root:root", 0644, std::move(content)});
    const auto addPart = [&set](const std::string& path) {
        set.files.push_back({path, "root:root", 0644, plainTemplate("postfix-rspamd" + path), Placement::part});
    };
    addPart("/etc/rspamd/local.d/actions.conf");
    if (set.inbound == Inbound::results) {
        addPart("/etc/rspamd/local.d/milter_headers.conf");
    }
}

} // namespace sealwright
