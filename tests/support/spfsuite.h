#pragma once

#include "dns/resolver.h"

#include <map>
#include <set>

namespace sealwright::test {

/// The test suite of RFC 7208 (tests/data/spf), as it stands there.
struct SpfSuiteRecord {
    std::string name;
    std::string type;  ///< SPF too, which nobody asks for any more (section 3.1).
    std::string value; ///< TXT: quoted strings with escapes; empty for a record without strings.
};
struct SpfSuiteCase {
    std::string id;
    std::string client;
    std::string helo;
    std::string mailFrom;
    std::set<std::string> results;          ///< Any of these is right.
    std::optional<std::string> explanation; ///< Where the suite checks it.
    std::string section;
};
struct SpfSuiteScenario {
    std::string title;
    std::vector<SpfSuiteRecord> records;
    std::set<std::string> timeouts; ///< Every type that these names have no record of is not answered.
    std::vector<SpfSuiteCase> cases;
};

/// Throws where the file can't be read.
[[nodiscard]] std::vector<SpfSuiteScenario> spfSuite();

/// Answers as the suite wants it.
class SpfSuiteResolver final : public Resolver {
public:
    explicit SpfSuiteResolver(const SpfSuiteScenario& scenario);

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override;

private:
    [[nodiscard]] Answer answer(const Question& question) const;
    [[nodiscard]] bool timesOut(const std::string& name) const;

    std::map<std::string, std::map<std::string, std::vector<std::string>>> records_; ///< Name, type, wire data.
    std::set<std::string> timeouts_;
};

} // namespace sealwright::test
