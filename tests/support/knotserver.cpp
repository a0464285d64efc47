#include "support/knotserver.h"

#include "support/dnsserver.h"

namespace sealwright::test {

KnotServer::KnotServer(const std::vector<Zone>& zones) : port_(DnsServer().address().port) {
    const std::string folder = folder_.path().string();
    std::string configuration = "server:\n"
                                "  listen: 127.0.0.1@" +
                                std::to_string(port_) + "\n  rundir: " + folder +
                                "\n"
                                "log:\n"
                                "  - target: stderr\n"
                                "    any: info\n"
                                "database:\n"
                                "  storage: " +
                                folder +
                                "\nacl:\n"
                                "  - id: updaters\n"
                                "    address: 127.0.0.1\n"
                                "    action: update\n"
                                "zone:\n";
    for (const auto& [name, file, takesUpdates] : zones) {
        configuration += "  - domain: " + name + "\n    file: " + file.string() + "\n";
        configuration += takesUpdates ? "    acl: updaters\n" : "";
    }
    daemon_ = std::make_unique<Daemon>(
        std::vector<std::string>{"knotd", "-c", folder_.write("knot.conf", configuration).string()}, "server started");
}

ResolverOptions::Server KnotServer::address() const {
    return {IpAddress::parse("127.0.0.1").value(), port_};
}

} // namespace sealwright::test
