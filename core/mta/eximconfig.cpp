#include "mta/eximmacros.h"

#include "mta/filltemplate.h"
#include "mta/quoting.h"
#include "mta/signingdomain.h"

namespace sealwright {

namespace {

using namespace kainjow;

/// Where keys and tables are. Deliveries run as exim's user, so its group must be able to read; nobody else may.
struct Place {
    std::string folder;
    std::string reader;
};

Place placeOf(Stack stack) {
    if (stack == Stack::exim4Debian) {
        return {"/etc/exim4/dkim", "root:Debian-exim"};
    }
    // A folder of our own in the one that every system has: /etc/exim4 is Debian's, /etc/exim Fedora's and Alpine's,
    // and /etc/mail may be sendmail's.
    return {"/etc/exim-dkim", "root:" + std::string(eximsGroup)};
}

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
    set.files.push_back(
        {"/etc/exim4/sealwright_data_acl", "root:root", 0644, plainTemplate("exim/data_acl"), Placement::part});
    // Behind the admin's own macros, because his counts.
    const auto macro = plainTemplate("exim4-debian/inbound_macro");
    set.files.push_back({"/etc/exim4/conf.d/main/99_sealwright", "root:root", 0644, macro, Placement::part});
    return macro;
}

void addTablesAndKeys(ConfigSet& set, std::span<const SigningDomain> domains) {
    const auto [folder, reader] = placeOf(set.stack);
    const auto values = tableValues(domains);
    set.folders.push_back({folder, reader, 0750});
    for (const std::string name : {"/domains", "/selectors"}) {
        set.files.push_back({folder + name, reader, 0640, fillTemplate("exim" + name, values, tableWord)});
    }
    for (const auto& [domain, keys] : domains) {
        const auto path = folder + '/' + tableWord(domain.toString());
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
}

} // namespace

std::string eximMacros(Stack stack) {
    return fillTemplate("exim/macros", {{"folder", placeOf(stack).folder}}, plainText);
}

void addEximDebianConfig(ConfigSet& set, std::span<const SigningDomain> domains) {
    addTablesAndKeys(set, domains);
    // Exim reads the first of these two in the split configuration and the second in the other: the same lines in both
    // go on working when the admin switches.
    const auto macros = eximMacros(set.stack);
    set.files.push_back({"/etc/exim4/conf.d/main/00_sealwright", "root:root", 0644, macros});
    const auto inbound = set.inbound == Inbound::results ? addInbound(set) : std::string();
    set.files.push_back({"/etc/exim4/exim4.conf.localmacros", "root:root", 0644, macros + inbound, Placement::part});

    // The same for the transport to a smarthost, which Debian leaves without any DKIM.
    const auto transport = plainTemplate("exim/transport");
    for (const auto* path :
         {"/etc/exim4/conf.d/transport/30_exim4-config_remote_smtp_smarthost", "/etc/exim4/exim4.conf.template"}) {
        set.files.push_back({path, "root:root", 0644, transport, Placement::part});
    }
}

// What its one file is called, exim knows: these are parts of it, wherever it is.
void addEximConfig(ConfigSet& set, std::span<const SigningDomain> domains) {
    addTablesAndKeys(set, domains);
    set.files.push_back({"/exim.conf/main", "root:root", 0644, eximMacros(set.stack), Placement::part});
    set.files.push_back({"/exim.conf/transport", "root:root", 0644, plainTemplate("exim/transport"), Placement::part});
    if (set.inbound == Inbound::results) {
        set.files.push_back({"/exim.conf/acl", "root:root", 0644, plainTemplate("exim/data_acl"), Placement::part});
    }
}

} // namespace sealwright
