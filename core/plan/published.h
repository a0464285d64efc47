#pragma once

#include "dns/resolver.h"
#include "plan/profile.h"

namespace sealwright {

/// What the DNS says today at the names a profile is about. Built once, read by the plan, the comparison and the
/// checks.
class Published {
public:
    void add(Answer answer);
    /// The answer to that question; nothing where it was not asked.
    [[nodiscard]] const Answer* find(const DomainName& name, RecordType type) const;
    /// The zone a name lives in, as its SOA told; nothing where that is not known.
    [[nodiscard]] std::optional<DomainName> zoneOf(const DomainName& name) const;
    /// One of the servers of the zone above this one: they all say the same, or should.
    [[nodiscard]] std::vector<DomainName> serversAbove(const DomainName& zone) const;
    [[nodiscard]] const std::vector<Answer>& answers() const { return answers_; }

private:
    std::vector<Answer> answers_;
};

/// Asks everything the plan of this profile needs to know, in two round trips. Never fails: answers tell.
[[nodiscard]] Published readPublished(const Profile& profile, Resolver& resolver, const std::stop_token& stop);

/// The mail host to propose: the first MX host that is known, else mail.<domain>.
[[nodiscard]] DomainName guessMailHost(const DomainName& domain, const Published& published);

} // namespace sealwright
