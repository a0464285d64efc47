#include "dns/resolveroptions.h"

#include <charconv>

namespace sealwright {

tl::expected<ResolverOptions::Server, Problem<ResolverError>> parseServer(std::string_view text) {
    const auto at = text.find('@');
    const auto address = IpAddress::parse(text.substr(0, at));
    if (!address) {
        return tl::unexpected(problem(ResolverError::badServer, text));
    }
    ResolverOptions::Server server{*address};
    if (at != std::string_view::npos) {
        const std::string_view port = text.substr(at + 1);
        const char* const end = port.data() + port.size();
        const auto [next, error] = std::from_chars(port.data(), end, server.port);
        if (error != std::errc{} || next != end || server.port == 0) {
            return tl::unexpected(problem(ResolverError::badServer, text));
        }
    }
    return server;
}

} // namespace sealwright
