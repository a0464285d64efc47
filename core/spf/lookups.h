#pragma once

#include "dns/resolver.h"
#include "spf/selectrecord.h"

#include <map>

namespace sealwright::spf {

/// The answers of one evaluation: nothing is asked twice, and what is known to be needed soon is asked for together.
/// What it hands out is valid as long as it is.
class Lookups {
public:
    Lookups(Resolver& resolver, std::stop_token stop) : resolver_(resolver), stop_(std::move(stop)) {}

    /// Asks those of the questions that have no answer yet, in one round trip; returns the new answers.
    std::vector<const Answer*> prefetch(std::vector<Question> questions);

    [[nodiscard]] const Answer& ask(Question question);

    using Selected = tl::expected<Record, Selection>;
    /// The SPF record in a conclusive answer of this, parsed once.
    [[nodiscard]] const Selected& record(const Answer& txt);

private:
    Resolver& resolver_;
    std::stop_token stop_;
    std::map<Question, Answer> answers_;
    std::map<const Answer*, Selected> records_;
};

} // namespace sealwright::spf
