#include "mta/bundlecontent.h"

#include "mta/filltemplate.h"
#include "mta/quoting.h"
#include "zone/zonefile.h"

#include <algorithm>
#include <map>
#include <openssl/evp.h>
#include <set>

namespace sealwright {

namespace {

using namespace kainjow;

constexpr unsigned publicMode = 0644;
constexpr unsigned scriptMode = 0755;

std::string sha256(std::string_view octets) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(octets.data(), octets.size(), digest, &size, EVP_sha256(), nullptr) != 1) {
        return {};
    }
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        constexpr auto digits = "0123456789abcdef";
        hex += digits[digest[i] >> 4U];
        hex += digits[digest[i] & 0xfU];
    }
    return hex;
}

std::string octal(unsigned mode) {
    char text[8];
    std::snprintf(text, sizeof text, "%04o", mode);
    return text;
}

std::string_view stackTitle(Stack stack) {
    switch (stack) {
    case Stack::exim4Debian:
        return "exim4 on Debian";
    case Stack::exim:
        return "exim with one configuration file";
    case Stack::postfixOpendkim:
        return "Postfix with OpenDKIM on Debian";
    case Stack::postfixRspamd:
        return "Postfix with rspamd on Debian";
    }
    return {};
}

std::string pathInBundle(const ConfigFile& file) {
    return "files" + file.path;
}

bool judgesDmarc(Stack stack) {
    return stack != Stack::exim4Debian && stack != Stack::exim; // as it is built for Debian
}

/// A list for mustache in which every element but the last knows that a comma follows.
mustache::data withCommas(std::vector<mustache::object> objects) {
    mustache::list list;
    for (auto& object : objects) {
        object.emplace("comma", &object == &objects.back() ? "" : ",");
        list.emplace_back(object);
    }
    return mustache::data(list);
}

std::vector<std::string> signingNames(const ConfigSet& set) {
    std::vector<std::string> names;
    for (const auto& key : set.keys) {
        names.push_back(key.key.domain.toString());
    }
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

mustache::data nameList(const ConfigSet& set) {
    std::vector<mustache::object> names;
    for (const auto& name : signingNames(set)) {
        names.push_back({{"domain", name}});
    }
    return withCommas(std::move(names));
}

mustache::data keyList(const ConfigSet& set, std::span<const KeyContent> contents) {
    std::vector<mustache::object> keys;
    for (std::size_t i = 0; i < set.keys.size(); ++i) {
        const auto& key = set.keys[i];
        keys.push_back({{"from", keyPathInBundle(key)},
                        {"sha256", i < contents.size() ? sha256(contents[i].content.view()) : ""},
                        {"path", key.path},
                        {"owner", key.owner},
                        {"mode", octal(key.mode)},
                        {"domain", key.key.domain.toString()},
                        {"selector", key.key.selector.toString()},
                        {"type", std::string(toString(key.type))},
                        {"publicKey", key.publicKey}});
    }
    return withCommas(std::move(keys));
}

mustache::data leftOutList(const ConfigSet& set) {
    mustache::list list;
    for (const auto& key : set.leftOut) {
        list.emplace_back(mustache::object{{"domain", key.domain.toString()}, {"selector", key.selector.toString()}});
    }
    return mustache::data(list);
}

std::vector<BundleFile> zoneFiles(std::span<const BundleDomain> domains) {
    std::map<DomainName, std::vector<ResourceRecord>> zones;
    std::set<DomainName> unread;
    for (const auto& [profile, plan] : domains) {
        for (const auto& planned : plan.records) {
            auto& records = zones[planned.zone];
            if (!plan.isMerged) {
                unread.insert(planned.zone);
            }
            // Two domains on one mail host want the same record for it.
            if (std::ranges::find(records, planned.record) == records.end()) {
                records.push_back(planned.record);
            }
        }
    }
    std::vector<BundleFile> files;
    for (const auto& [zone, records] : zones) {
        // The longest name is 253 octets, and with ".zone" it would be too long for a file.
        const auto name = tableWord(zone.toString()).substr(0, 240);
        mustache::object values{{"zone", zone.toString()}};
        values.emplace("unread", mustache::data(unread.contains(zone)));
        values.emplace("merged", mustache::data(!unread.contains(zone)));
        const std::string head = fillTemplate("common/zone.txt", values, plainText);
        files.push_back({"dns/" + name + ".zone", publicMode, head + zoneText(records, zone, ZoneNames::relative)});
    }
    return files;
}

// The lines for files of the server's, for those who add them by hand.
mustache::data partList(const ConfigSet& set) {
    mustache::list list;
    for (const auto& file : set.files) {
        if (file.placement == Placement::part) {
            const auto end = file.content.find_last_not_of('\n') + 1;
            list.emplace_back(mustache::object{{"path", pathInBundle(file)}, {"content", file.content.substr(0, end)}});
        }
    }
    return mustache::data(list);
}

/// A domain whose MTA-STS policy the bundle brings along.
struct PolicyFile {
    std::string domain;
    mtasts::Policy policy;
};

std::vector<PolicyFile> policyFiles(std::span<const BundleDomain> domains) {
    std::vector<PolicyFile> files;
    for (const auto& [profile, plan] : domains) {
        if (plan.mtaStsPolicy) {
            files.push_back({profile.domain.toString(), *plan.mtaStsPolicy});
        }
    }
    return files;
}

mustache::data policyDomains(const std::vector<PolicyFile>& policies) {
    mustache::list list;
    for (const auto& [domain, policy] : policies) {
        list.emplace_back(mustache::object{{"domain", domain}, {"host", "mta-sts." + domain}});
    }
    return mustache::data(list);
}

/// The policies, and how web servers serve them (RFC 8461 section 3.3). install.sh leaves web servers alone.
std::vector<BundleFile> webFiles(const std::vector<PolicyFile>& policies) {
    std::vector<BundleFile> files;
    for (const auto& [domain, policy] : policies) {
        files.push_back({"files/mta-sts/" + tableWord(domain) + "/mta-sts.txt", publicMode, policy.toString()});
    }
    for (const char* server : {"nginx.conf", "apache.conf", "Caddyfile"}) {
        if (!policies.empty()) {
            mustache::object values;
            values.emplace("policies", policyDomains(policies));
            files.push_back({std::string("files/web/") + server, publicMode,
                             fillTemplate(std::string("web/") + server, values, plainText)});
        }
    }
    return files;
}

BundleFile readme(const ConfigSet& set, const std::vector<BundleFile>& zones, const std::vector<PolicyFile>& policies) {
    mustache::list zoneNames;
    for (const auto& zone : zones) {
        zoneNames.emplace_back(mustache::object{{"path", zone.path}});
    }
    mustache::object values{{"title", std::string(stackTitle(set.stack))}};
    values.emplace("domains", nameList(set));
    values.emplace("zones", mustache::data(zoneNames));
    values.emplace("leftOut", leftOutList(set));
    values.emplace("policies", policyDomains(policies));
    values.emplace("hasPolicies", mustache::data(!policies.empty()));
    values.emplace("inbound", mustache::data(set.inbound == Inbound::results));
    values.emplace("hasLeftOut", mustache::data(!set.leftOut.empty()));
    values.emplace("parts", partList(set));
    const auto stackNotes = std::string(toString(set.stack)) + "/README.txt";
    values.emplace("stack", mustache::data(mustache::partial([stackNotes] { return plainTemplate(stackNotes); })));
    const auto incomingNotes = std::string(toString(set.stack)) + "/incoming.txt";
    values.emplace("stackIncoming",
                   mustache::data(mustache::partial([incomingNotes] { return plainTemplate(incomingNotes); })));
    values.emplace("dmarc", mustache::data(judgesDmarc(set.stack)));
    return {"README.txt", publicMode, fillTemplate("common/README.txt", values, plainText)};
}

std::vector<mustache::object> fileList(const std::vector<BundleFile>& files) {
    std::vector<mustache::object> list;
    list.reserve(files.size());
    for (const auto& file : files) {
        list.push_back({{"from", file.path}, {"sha256", sha256(file.content)}});
    }
    return list;
}

std::vector<mustache::object> folderList(const ConfigSet& set) {
    std::vector<mustache::object> list;
    for (const auto& folder : set.folders) {
        list.push_back({{"path", folder.path}, {"owner", folder.owner}, {"mode", octal(folder.mode)}});
    }
    return list;
}

BundleFile installScript(const ConfigSet& set, const BundleFile& manifest) {
    mustache::object values{{"title", std::string(stackTitle(set.stack))},
                            {"stackName", std::string(toString(set.stack))},
                            {"inboundName", std::string(toString(set.inbound))},
                            {"manifest", sha256(manifest.content)}};
    const auto addPart = [&values](const std::string& name, const std::string& path) {
        values.emplace(name, mustache::data(mustache::partial([path] { return plainTemplate(path); })));
    };
    for (const char* part : {"report", "bundle", "block", "plan", "undo", "packages", "inbound", "verbs"}) {
        addPart(part, std::string("common/") + part + ".sh");
    }
    addPart("stack", std::string(toString(set.stack)) + "/install.sh");
    addPart("stackInbound", std::string(toString(set.stack)) + "/inbound.sh");
    // Of both their stacks.
    addPart("postfix", "postfix/install.sh");
    addPart("distributions", "postfix/distributions.sh");
    addPart("exim", "exim/signing.sh");
    auto script = fillTemplate("common/install.sh", values, shellWord);
    // The chain of trust of `check`: the last line vouches for the script, it for the manifest, that for all the rest.
    script += "# sha256 of the lines above: " + sha256(script) + '\n';
    return {"install.sh", scriptMode, std::move(script)};
}

} // namespace

std::string keyPathInBundle(const KeyFile& key) {
    return "keys/" + tableWord(key.key.domain.toString()) + '/' + tableWord(key.key.selector.toString()) +
           (key.format == KeyFormat::pem ? ".pem" : ".key");
}

std::vector<BundleFile> bundleContent(const ConfigSet& set, std::span<const BundleDomain> domains,
                                      std::span<const KeyContent> keys) {
    std::vector<BundleFile> configuration;
    std::vector<mustache::object> configurationList;
    for (const auto& file : set.files) {
        configuration.push_back({pathInBundle(file), publicMode, file.content});
        auto values = fileList({configuration.back()}).front();
        values.emplace("path", file.path);
        values.emplace("owner", file.owner);
        values.emplace("mode", octal(file.mode));
        values.emplace("placement", file.placement == Placement::whole ? "whole" : "part");
        configurationList.push_back(std::move(values));
    }
    auto others = zoneFiles(domains);
    const auto policies = policyFiles(domains);
    others.insert(others.begin(), readme(set, others, policies));
    std::ranges::move(webFiles(policies), std::back_inserter(others));

    mustache::object values{{"stack", std::string(toString(set.stack))}};
    values.emplace("domains", nameList(set));
    values.emplace("folders", withCommas(folderList(set)));
    values.emplace("files", withCommas(std::move(configurationList)));
    values.emplace("keys", keyList(set, keys));
    values.emplace("others", withCommas(fileList(others)));
    BundleFile manifest{std::string(manifestName), publicMode, fillTemplate("common/manifest.json", values, jsonText)};

    auto script = installScript(set, manifest);
    std::vector<BundleFile> all{std::move(manifest)};
    all.push_back(std::move(others.front()));
    all.push_back(std::move(script));
    std::ranges::move(configuration, std::back_inserter(all));
    std::ranges::move(others.begin() + 1, others.end(), std::back_inserter(all));
    return all;
}

std::vector<std::string> pathsInManifest(std::string_view manifest) {
    if (!manifest.starts_with(manifestMark)) {
        return {};
    }
    std::vector<std::string> paths{std::string(manifestName), "install.sh"};
    constexpr std::string_view before = "{\"from\": \"";
    for (auto at = manifest.find(before); at != std::string_view::npos; at = manifest.find(before, at)) {
        at += before.size();
        paths.emplace_back(manifest.substr(at, manifest.find('"', at) - at));
    }
    return paths;
}

} // namespace sealwright
