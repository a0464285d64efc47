#include "mta/filltemplate.h"
#include "mta/quoting.h"
#include "mta/signingdomain.h"

namespace sealwright {

namespace {

using namespace kainjow;

// Delivery runs as Debian-exim, so that is who must be able to read; nobody else may.
constexpr auto reader = "root:Debian-exim";
constexpr auto folder = "/etc/exim4/dkim";

mustache::object tableValues(std::span<const SigningDomain> domains) {
    mustache::list list;
    for (const auto& [domain, keys] : domains) {
        mustache::list selectors;
        for (const auto& key : keys) {
            mustache::object selector{{"selector", key.selector.toString()}};
            selector.emplace("first", mustache::data(selectors.empty()));
            selectors.emplace_back(selector);
        }
        mustache::object values{{"domain", domain.toString()}};
        values.emplace("selectors", mustache::data(selectors));
        list.emplace_back(values);
    }
    return {{"domains", mustache::data(list)}};
}

/// What looks at incoming mail; returns the macro that leads to it.
std::string addInbound(ConfigSet& set) {
    const std::string acl = "/etc/exim4/sealwright_data_acl";
    set.files.push_back({acl, "root:root", 0644, plainTemplate("exim4-debian" + acl), Placement::part});
    // Behind the admin's own macros, because his counts.
    const std::string macro = "/etc/exim4/conf.d/main/99_sealwright";
    set.files.push_back({macro, "root:root", 0644, plainTemplate("exim4-debian" + macro), Placement::part});
    return set.files.back().content;
}

} // namespace

void addEximConfig(ConfigSet& set, std::span<const SigningDomain> domains) {
    const auto values = tableValues(domains);
    set.folders.push_back({folder, reader, 0750});
    for (const std::string path : {"/etc/exim4/dkim/domains", "/etc/exim4/dkim/selectors"}) {
        set.files.push_back({path, reader, 0640, fillTemplate("exim4-debian" + path, values, tableWord)});
    }
    for (const auto& [domain, keys] : domains) {
        const auto path = std::string(folder) + '/' + tableWord(domain.toString());
        set.folders.push_back({path, reader, 0750});
        for (const auto& key : keys) {
            set.keys.push_back({path + '/' + tableWord(key.selector.toString()) + ".pem",
                                reader,
                                0640,
                                {domain, key.selector},
                                key.publicKey,
                                key.type,
                                key.fingerprint});
        }
    }

    // Exim reads the first of these two in the split configuration and the second in the other: the same lines in both
    // go on working when the admin switches.
    const std::string macros = "/etc/exim4/conf.d/main/00_sealwright";
    const auto macroText = plainTemplate("exim4-debian" + macros);
    set.files.push_back({macros, "root:root", 0644, macroText});
    const auto inboundText = set.inbound == Inbound::results ? addInbound(set) : std::string();
    set.files.push_back(
        {"/etc/exim4/exim4.conf.localmacros", "root:root", 0644, macroText + inboundText, Placement::part});

    // The same for the transport to a smarthost, which Debian leaves without any DKIM.
    const std::string smarthost = "/etc/exim4/conf.d/transport/30_exim4-config_remote_smtp_smarthost";
    const auto smarthostText = plainTemplate("exim4-debian" + smarthost);
    set.files.push_back({smarthost, "root:root", 0644, smarthostText, Placement::part});
    set.files.push_back({"/etc/exim4/exim4.conf.template", "root:root", 0644, smarthostText, Placement::part});
}

} // namespace sealwright
