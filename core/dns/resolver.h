#pragma once

#include "dns/reply.h"

#include <span>
#include <stop_token>

namespace sealwright {

/// One server to be asked itself.
struct NameServer {
    IpAddress address;
    std::uint16_t port = 53;
    bool recursive = false; ///< It is asked as a resolver (RD=1), not as an authority.

    auto operator<=>(const NameServer&) const = default;
};

struct ServerQuestion {
    NameServer server;
    Question question;

    auto operator<=>(const ServerQuestion&) const = default;
};

/// Asks the DNS. Calls block until all is answered, the deadline has passed, or stop is requested; they never throw.
/// Safe to call from several threads.
class Resolver {
public:
    virtual ~Resolver() = default;

    /// One answer per question, in their order, asked at the same time.
    [[nodiscard]] virtual std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) = 0;

    /// One reply per question, in their order, asked at the same time, past every cache. A server to which there is no
    /// way (an IPv6 address without IPv6 here) was notAsked.
    [[nodiscard]] virtual std::vector<Reply> askServers(std::span<const ServerQuestion> questions,
                                                        std::stop_token stop);

    /// As lookupAll, by a recursion of our own that begins at the root, past the resolvers of this computer.
    [[nodiscard]] virtual std::vector<Answer> lookupFromRoot(std::span<const Question> questions, std::stop_token stop);

    /// Whether askServers and lookupFromRoot ask anybody; not where there are only zone files, or off line.
    [[nodiscard]] virtual bool reachesNameServers() const { return false; }
    /// Whether an answer that is not secure comes from a zone without signatures, and not from a look that was not
    /// taken.
    [[nodiscard]] virtual bool validates() const { return false; }

    [[nodiscard]] Answer lookup(const DomainName& name, RecordType type, std::stop_token stop = {});
};

} // namespace sealwright
