#include "live/unboundsettings.h"

#include "live/privatefolder.h"
#include "live/systemservers.h"

#include <unbound.h>

#include <functional>

namespace sealwright {

namespace {

/// libunbound's calls one after the other, until one fails.
class Steps {
public:
    template <class Call, class... Arguments>
    void run(Call call, Arguments... arguments) {
        if (error_ == UB_NOERROR) {
            error_ = call(arguments...);
        }
    }
    [[nodiscard]] int error() const { return error_; }

private:
    int error_ = UB_NOERROR;
};

std::string address(const IpAddress& ip, std::uint16_t port) {
    return ip.toString() + '@' + std::to_string(port);
}

/// What libunbound would do as a server for a network, set for a program that asks much at once and then nothing.
constexpr std::pair<const char*, const char*> options[] = {
#ifndef _WIN32                  // where its event loop takes no more than 64 sockets, so that its own numbers are right
    {"outgoing-range:", "512"}, // as many questions out at once
    {"num-queries-per-thread:", "2048"},
    {"outgoing-num-tcp:", "64"},
#endif
    {"qname-minimisation:", "no"},     // costs round trips
    {"prefetch-key:", "yes"},          // saves some
    {"do-not-query-localhost:", "no"}, // systemd-resolved, and laboratories
};

/// Zones that libunbound answers itself (RFC 6303, RFC 6761) unless told otherwise, besides the private reverse ones.
constexpr const char* builtInZones[] = {
    "test.",      "localhost.",        "invalid.",
    "home.arpa.", "127.in-addr.arpa.", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.",
};

/// Zone files can only be named in a configuration file, and their paths can't be quoted there: so both go where the
/// names are ours.
int configureZones(ub_ctx* context, const UnboundSettings& settings) {
    const auto folder = PrivateFolder::create();
    if (!folder) {
        return UB_READFILE;
    }
    std::string configuration;
    for (const WholeZone& zone : settings.zones) {
        const auto file = folder->write(zone.name.toString(), zone.text);
        if (!file) {
            return UB_READFILE;
        }
        const std::string name = absoluteName(zone.name);
        if (!settings.trustAnchors.empty() && !settings.zonesAreSigned) {
            configuration += "server:\n  domain-insecure: \"" + name + "\"\n";
        }
        configuration += "auth-zone:\n  name: \"" + name + "\"\n  zonefile: \"" + *file + "\"\n";
        configuration += "  for-upstream: yes\n  for-downstream: no\n  fallback-enabled: no\n";
        // Forwarders come before zone files, but not below a forward-zone that names none.
        configuration += "forward-zone:\n  name: \"" + name + "\"\n";
    }
    const auto file = folder->write("unbound.conf", configuration);
    if (!file) {
        return UB_READFILE;
    }
    const int error = ub_ctx_config(context, file->c_str());
    // Closes the context for changes, which reads the zones: the folder has to live until then.
    return error != UB_NOERROR ? error : ub_ctx_zone_remove(context, builtInZones[0]);
}

void configureServers(Steps& steps, ub_ctx* context, const UnboundSettings& settings) {
    if (settings.systemResolvers) {
        steps.run(useSystemServers, context);
    }
    for (const auto& server : settings.forwarders) {
        steps.run(ub_ctx_set_fwd, context, address(server.address, server.port).c_str());
    }
    if (settings.isOffline()) {
        for (const char* everybody : {"0.0.0.0/0", "::/0"}) {
            steps.run(ub_ctx_set_option, context, "do-not-query-address:", everybody);
        }
    }
}

} // namespace

int configure(ub_ctx* context, const UnboundSettings& settings) {
    Steps steps;
    steps.run(ub_ctx_debugout, context, nullptr);
    steps.run(ub_ctx_async, context, 1);
    for (const auto& [option, value] : options) {
        steps.run(ub_ctx_set_option, context, option, value);
    }
    steps.run(ub_ctx_set_option, context,
              "module-config:", settings.trustAnchors.empty() ? "iterator" : "validator iterator");
    for (const std::string& anchor : settings.trustAnchors) {
        steps.run(ub_ctx_add_ta, context, anchor.c_str());
    }
    if (!settings.trustAnchors.empty()) { // Nothing hangs on signed names of addresses, and their zones are many.
        steps.run(ub_ctx_set_option, context, "domain-insecure:", "arpa.");
    }
    configureServers(steps, context, settings);
    steps.run(ub_ctx_set_option, context, "unblock-lan-zones:", "yes");
    if (!settings.zones.empty()) {
        steps.run(configureZones, context, std::cref(settings));
    }
    for (const char* zone : builtInZones) {
        steps.run(ub_ctx_zone_remove, context, zone);
    }
    return steps.error();
}

} // namespace sealwright
