#pragma once

#include "dns/resolver.h"

#include <map>
#include <set>

namespace sealwright::fuzz {

/// Answers from lines of zone text, each read on its own so that a broken one leaves the others alone. Names at and
/// below one behind a "!" are not answered in time.
class ZoneResolver final : public Resolver {
public:
    explicit ZoneResolver(std::string_view lines);

    [[nodiscard]] std::size_t questions() const { return questions_; } ///< How many were asked.

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override;

private:
    [[nodiscard]] Answer answer(const Question& question) const;

    std::map<Question, std::vector<std::string>> records_;
    std::set<DomainName> names_;
    std::vector<DomainName> silent_;
    std::size_t questions_ = 0;
};

} // namespace sealwright::fuzz
