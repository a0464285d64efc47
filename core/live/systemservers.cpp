#include "live/systemservers.h"

#include <unbound.h>

#ifdef _WIN32
#include "names/ipaddress.h"

#include <vector>
#include <winsock2.h>
#include <ws2tcpip.h>
// after winsock2.h
#include <iphlpapi.h>
#else
#include <fstream>
#include <limits>
#include <string>
#endif

namespace sealwright {

#ifdef _WIN32
namespace {

std::vector<char> networkAdapters() {
    constexpr ULONG flags = GAA_FLAG_SKIP_UNICAST | GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST;
    std::vector<char> octets;
    ULONG size = 16384; // as Microsoft advises
    ULONG error = ERROR_BUFFER_OVERFLOW;
    for (int i = 0; i < 3 && error == ERROR_BUFFER_OVERFLOW; ++i) { // the number may grow meanwhile
        octets.resize(size);
        error = GetAdaptersAddresses(AF_UNSPEC, flags, nullptr, reinterpret_cast<IP_ADAPTER_ADDRESSES*>(octets.data()),
                                     &size);
    }
    if (error != NO_ERROR) {
        octets.clear();
    }
    return octets;
}

// Windows gives an adapter without a DNS server addresses that nobody has (fec0::/10, RFC 3879). Of a link's own
// addresses libunbound would need the adapter too.
bool isUsable(const in6_addr& address) {
    return IN6_IS_ADDR_SITELOCAL(&address) == 0 && IN6_IS_ADDR_LINKLOCAL(&address) == 0;
}

std::string addressOf(const SOCKADDR& server) {
    if (server.sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(server).sin_addr;
        return IpAddress::fromOctets({reinterpret_cast<const char*>(&v4), sizeof v4})->toString();
    }
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(server).sin6_addr;
    return isUsable(v6) ? IpAddress::fromOctets({reinterpret_cast<const char*>(&v6), sizeof v6})->toString()
                        : std::string();
}

// libunbound itself would ask Windows for those of IPv4 only.
std::vector<std::string> systemServers() {
    std::vector<std::string> servers;
    const std::vector<char> adapters = networkAdapters();
    const auto* adapter = adapters.empty() ? nullptr : reinterpret_cast<const IP_ADAPTER_ADDRESSES*>(adapters.data());
    for (; adapter != nullptr; adapter = adapter->Next) {
        if (adapter->OperStatus != IfOperStatusUp) {
            continue;
        }
        for (const auto* server = adapter->FirstDnsServerAddress; server != nullptr; server = server->Next) {
            if (std::string address = addressOf(*server->Address.lpSockaddr); !address.empty()) {
                servers.push_back(std::move(address));
            }
        }
    }
    return servers;
}

} // namespace

bool hasSystemServers() {
    return !systemServers().empty();
}

int useSystemServers(ub_ctx* context) {
    int error = UB_NOERROR;
    for (const std::string& server : systemServers()) {
        error = error == UB_NOERROR ? ub_ctx_set_fwd(context, server.c_str()) : error;
    }
    return error;
}

#else

bool hasSystemServers() {
    std::ifstream file("/etc/resolv.conf");
    for (std::string word; file >> word;) {
        if (word == "nameserver") {
            return true;
        }
        file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    }
    return false;
}

int useSystemServers(ub_ctx* context) {
    return ub_ctx_resolvconf(context, nullptr);
}

#endif

} // namespace sealwright
