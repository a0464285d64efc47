#pragma once

#include "checks/finding.h"
#include "cli/context.h"
#include "text/dnsproviders.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>

#include <mutex>
#include <set>

namespace sealwright::cli {

/// What one domain's check saw.
struct Checked {
    DomainName domain;
    std::vector<Finding> findings;
    qint64 elapsedMs = 0;
    std::optional<DnsProvider> provider{}; ///< Known where its form explains a finding.
};

/// What a run is about.
struct CheckScope {
    std::size_t domains = 0;
    bool asLines = false;            ///< JSON is a line per domain.
    std::vector<std::string> only{}; ///< The areas that are checked; empty: all.
};

/// Takes results as they come, from several threads, and shows each at once: for people, or as JSON. Keeps none of
/// them.
class CheckResults {
public:
    CheckResults(const Context& context, const CheckScope& scope);

    /// Lines go to the end of this file too, beginning after the last whole one.
    [[nodiscard]] Result<void> appendTo(const std::string& path);
    /// The file has a line of that domain from before, of the same areas, and all was told then. Of several lines the
    /// last one counts.
    [[nodiscard]] bool has(const DomainName& domain) const { return before_.contains(domain.toString()); }

    void add(Checked checked);
    void skip();                       ///< A domain that the file has already.
    void fail(const QString& message); ///< A domain that could not be checked.
    /// Once all are there. Results that could not be kept are a failure.
    [[nodiscard]] Outcome end() const;

private:
    [[nodiscard]] QJsonObject toJson(const Checked& checked) const;
    void show(const Checked& checked);
    void tellProgress();

    const Context& context_;
    const std::size_t domains_;
    const bool asLines_;
    const QJsonArray only_;
    QFile file_;
    std::set<std::string> before_;

    std::mutex mutex_;
    std::size_t done_ = 0;
    std::size_t skipped_ = 0;
    bool anyWrong_ = false;
    bool anyUnknown_ = false;
    bool lost_ = false;
    std::chrono::steady_clock::time_point lastTold_ = std::chrono::steady_clock::now();
};

} // namespace sealwright::cli
