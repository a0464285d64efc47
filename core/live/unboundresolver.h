#pragma once

#include "dns/resolver.h"
#include "dns/resolveroptions.h"

#include <memory>

namespace sealwright {

/// The DNS by libunbound, one asynchronous context inside, a waiting facade outside; name servers by c-ares.
class UnboundResolver final : public Resolver {
public:
    [[nodiscard]] static tl::expected<std::unique_ptr<UnboundResolver>, Problem<ResolverError>>
    create(const ResolverOptions& options);
    ~UnboundResolver() override;

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override;
    [[nodiscard]] std::vector<Reply> askServers(std::span<const ServerQuestion> questions,
                                                std::stop_token stop) override;
    [[nodiscard]] std::vector<Answer> lookupFromRoot(std::span<const Question> questions,
                                                     std::stop_token stop) override;
    [[nodiscard]] bool reachesNameServers() const override;
    [[nodiscard]] bool validates() const override;

private:
    struct Private;
    explicit UnboundResolver(std::unique_ptr<Private> d);

    std::unique_ptr<Private> d_;
};

} // namespace sealwright
