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

/// Takes results as they come, from several threads, and shows each at once: for people, or as JSON, a line per domain
/// where there are several. Keeps none of them.
class CheckResults {
public:
    /// `only`: the areas that are checked; empty: all.
    CheckResults(const Context& context, std::size_t domains, const std::vector<std::string>& only);

    /// Lines go to the end of this file too, beginning after the last whole one.
    [[nodiscard]] Result<void> appendTo(const std::string& path);
    /// The file has a line of that domain from before, of the same areas.
    [[nodiscard]] bool has(const DomainName& domain) const { return before_.contains(domain.toString()); }

    void add(Checked checked);
    void skip();                       ///< A domain that the file has already.
    void fail(const QString& message); ///< A domain that could not be checked.
    /// Over all domains; results that could not be kept are a failure.
    [[nodiscard]] Outcome status() const;

private:
    [[nodiscard]] QJsonObject toJson(const Checked& checked) const;
    void show(const Checked& checked);
    void tellProgress();

    const Context& context_;
    const std::size_t domains_;
    const QJsonArray only_;
    QFile file_;
    std::set<std::string> before_;

    std::mutex mutex_;
    std::size_t done_ = 0;
    bool anyWrong_ = false;
    bool anyUnknown_ = false;
    bool lost_ = false;
    std::chrono::steady_clock::time_point lastTold_ = std::chrono::steady_clock::now();
};

} // namespace sealwright::cli
