#include "dmarc/evaluate.h"

#include "dmarc/publicsuffix.h"

#include <algorithm>
#include <functional>

namespace sealwright::dmarc {
namespace {

/// The Organizational Domain of a name, or nothing where the DNS did not tell.
using Organization = std::function<std::optional<DomainName>(const DomainName&)>;

/// Section 4.4: with one of the author's identifiers.
class Aligner {
public:
    Aligner(const Discovery& author, Organization organizationOf)
        : author_(author), organizationOf_(std::move(organizationOf)) {}

    bool isAligned(const DomainName& domain, const std::optional<Alignment>& mode) {
        if (domain == author_.domain) {
            return true; // Section 4.10.2: names that are the same need no walk.
        }
        if (mode.value_or(Alignment::relaxed) == Alignment::strict) {
            return false;
        }
        const auto other = author_.unanswered ? std::nullopt : organizationOf_(domain);
        isUnanswered_ = isUnanswered_ || !other;
        return other == author_.organizationalDomain;
    }

    [[nodiscard]] bool isUnanswered() const { return isUnanswered_; }

private:
    const Discovery& author_;
    Organization organizationOf_;
    bool isUnanswered_ = false;
};

Evaluation judge(Discovery author, const Authenticated& authenticated, const Organization& organizationOf) {
    Evaluation evaluation{Result::none, {}, std::move(author)};
    const Discovery& found = evaluation.discovery;
    if (!found.record) {
        evaluation.result = found.unanswered ? Result::temperror : Result::none;
        return evaluation;
    }
    Aligner aligner(found, organizationOf);
    const auto isSigned = [&](const DomainName& domain) { return aligner.isAligned(domain, found.record->adkim); };
    if (std::ranges::any_of(authenticated.dkim, isSigned)) {
        evaluation.alignedBy.push_back(AlignedBy::dkim);
    }
    if (authenticated.spf && aligner.isAligned(*authenticated.spf, found.record->aspf)) {
        evaluation.alignedBy.push_back(AlignedBy::spf);
    }
    const bool unsure = authenticated.isIncomplete || aligner.isUnanswered();
    evaluation.result = !evaluation.alignedBy.empty() ? Result::pass : unsure ? Result::temperror : Result::fail;
    return evaluation;
}

} // namespace

Evaluation evaluate(const DomainName& authorDomain, const Authenticated& authenticated, Resolver& resolver,
                    const std::stop_token& stop) {
    return judge(discover(authorDomain, resolver, stop), authenticated,
                 [&](const DomainName& domain) -> std::optional<DomainName> {
                     const Discovery other = discover(domain, resolver, stop);
                     return other.unanswered ? std::nullopt : std::optional(other.organizationalDomain);
                 });
}

Evaluation evaluateByList(const DomainName& authorDomain, const Authenticated& authenticated, Resolver& resolver,
                          const std::stop_token& stop) {
    return judge(discoverByList(authorDomain, resolver, stop), authenticated,
                 [](const DomainName& domain) { return std::optional(registrableDomain(domain)); });
}

std::string_view toString(Result result) {
    switch (result) {
    case Result::none:
        return "none";
    case Result::pass:
        return "pass";
    case Result::fail:
        return "fail";
    case Result::temperror:
        return "temperror";
    case Result::permerror:
        return "permerror";
    }
    return {};
}

std::string_view toString(AlignedBy mechanism) {
    switch (mechanism) {
    case AlignedBy::dkim:
        return "dkim";
    case AlignedBy::spf:
        return "spf";
    }
    return {};
}

} // namespace sealwright::dmarc
