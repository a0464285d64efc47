#include "dmarc/evaluate.h"

#include <algorithm>

namespace sealwright::dmarc {
namespace {

/// Section 4.4: with one of the author's identifiers.
class Aligner {
public:
    Aligner(const Discovery& author, Resolver& resolver, const std::stop_token& stop)
        : author_(author), resolver_(resolver), stop_(stop) {}

    bool isAligned(const DomainName& domain, const std::optional<Alignment>& mode) {
        if (domain == author_.domain) {
            return true; // Section 4.10.2: names that are the same need no walk.
        }
        if (mode.value_or(Alignment::relaxed) == Alignment::strict) {
            return false;
        }
        const Discovery other = discover(domain, resolver_, stop_);
        isUnanswered_ = isUnanswered_ || other.unanswered.has_value();
        return !other.unanswered && other.organizationalDomain == author_.organizationalDomain;
    }

    [[nodiscard]] bool isUnanswered() const { return isUnanswered_; }

private:
    const Discovery& author_;
    Resolver& resolver_;
    const std::stop_token& stop_;
    bool isUnanswered_ = false;
};

} // namespace

Evaluation evaluate(const DomainName& authorDomain, const Authenticated& authenticated, Resolver& resolver,
                    const std::stop_token& stop) {
    Evaluation evaluation{Result::none, {}, discover(authorDomain, resolver, stop)};
    const Discovery& author = evaluation.discovery;
    if (author.unanswered) {
        evaluation.result = Result::temperror;
        return evaluation;
    }
    if (!author.record) {
        return evaluation;
    }
    Aligner aligner(author, resolver, stop);
    const auto isSigned = [&](const DomainName& domain) { return aligner.isAligned(domain, author.record->adkim); };
    if (std::ranges::any_of(authenticated.dkim, isSigned)) {
        evaluation.alignedBy.push_back(AlignedBy::dkim);
    }
    if (authenticated.spf && aligner.isAligned(*authenticated.spf, author.record->aspf)) {
        evaluation.alignedBy.push_back(AlignedBy::spf);
    }
    const bool unsure = authenticated.isIncomplete || aligner.isUnanswered();
    evaluation.result = !evaluation.alignedBy.empty() ? Result::pass : unsure ? Result::temperror : Result::fail;
    return evaluation;
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
