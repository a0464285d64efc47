#pragma once

#include "dns/answer.h"

#include <span>
#include <stop_token>

namespace sealwright {

/// One name server to be asked directly, as a resolver would ask it (RD=0).
struct NameServer {
    DomainName zone; ///< The zone it is asked as an authority for.
    IpAddress address;
    std::uint16_t port = 53;

    auto operator<=>(const NameServer&) const = default;
};

/// Asks the DNS. Calls block until all is answered, the deadline has passed, or stop is requested; they never throw.
/// Safe to call from several threads.
class Resolver {
public:
    virtual ~Resolver() = default;

    /// One answer per question, in their order, asked at the same time.
    [[nodiscard]] virtual std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) = 0;

    /// One answer per server, in their order, asked at the same time, past every cache.
    [[nodiscard]] virtual std::vector<Answer> lookupAt(std::span<const NameServer> servers, const Question& question,
                                                       std::stop_token stop) = 0;

    /// False where name servers can't be asked directly (zone files, off line).
    [[nodiscard]] virtual bool reachesNameServers() const = 0;

    [[nodiscard]] Answer lookup(const DomainName& name, RecordType type, std::stop_token stop = {});
};

} // namespace sealwright
