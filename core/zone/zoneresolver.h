#pragma once

#include "dns/resolver.h"
#include "zone/zonefile.h"

namespace sealwright {

/// Answers what lies in one zone from its file, as it will be once a name server has loaded it, and asks `other` for
/// all else. Both outlive it.
class ZoneResolver final : public Resolver {
public:
    /// `zone` has a name.
    ZoneResolver(const ZoneFile& zone, Resolver& other) : zone_(zone), other_(other) {}

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override;

private:
    [[nodiscard]] bool holds(const DomainName& name) const;
    [[nodiscard]] Answer answer(const Question& question) const;

    const ZoneFile& zone_;
    Resolver& other_;
};

} // namespace sealwright
