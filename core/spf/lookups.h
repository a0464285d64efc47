#pragma once

#include "dns/resolver.h"

#include <map>

namespace sealwright::spf {

/// The answers of one evaluation: nothing is asked twice, and what is known to be needed soon is asked for together.
class Lookups {
public:
    Lookups(Resolver& resolver, std::stop_token stop) : resolver_(resolver), stop_(std::move(stop)) {}

    /// Asks those of the questions that have no answer yet, in one round trip.
    void prefetch(std::vector<Question> questions);

    /// Valid as long as this is.
    [[nodiscard]] const Answer& ask(const Question& question);

private:
    Resolver& resolver_;
    std::stop_token stop_;
    std::map<Question, Answer> answers_;
};

} // namespace sealwright::spf
