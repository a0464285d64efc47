#pragma once

#include "cli/context.h"
#include "plan/comparison.h"

#include <QJsonArray>
#include <QJsonObject>

#include <string>
#include <vector>

namespace sealwright::cli {

[[nodiscard]] Result<DomainName> parseDomain(const std::string& text);
[[nodiscard]] Result<Selector> parseSelector(const std::string& text);

/// The saved profile of the domain of this name; one that is not set up, or a broken file, is a failure.
[[nodiscard]] Result<StoredProfile> loadProfile(const Context& context, const std::string& name);
/// A new one where the domain is not set up yet.
[[nodiscard]] Result<StoredProfile> loadOrBeginProfile(const Context& context, const std::string& name);
[[nodiscard]] Result<void> saveProfile(const Context& context, StoredProfile& stored);

/// What a profile looks like from outside, as the options give it.
struct ProfileOptions {
    std::string mailHost;
    std::vector<std::string> addresses;
    std::vector<std::string> includes;
    std::string reportTo;
    std::string policy;
    std::string stack;
    std::string inbound;
    std::string mtaSts;                    ///< A mode, or "off".
    std::vector<std::string> tlsReportTo;  ///< Or the one word "off".
    std::vector<std::string> certificates; ///< Files or "live", or the one word "off".
    bool neverSends = false;
};

/// Sets what the options name, and leaves the rest as it is.
[[nodiscard]] Result<void> apply(const Context& context, const ProfileOptions& options, Profile& profile);

struct Planned {
    Published published;
    RecordPlan plan;
    std::vector<ComparedRecord> compared;
};

/// unknown where the DNS did not tell about some record, so that one that is there could not be seen.
[[nodiscard]] Outcome seenByDns(const Planned& planned);

/// Asks the DNS and plans; a mail host that is not known yet is proposed from the MX records.
[[nodiscard]] Result<Planned> planRecords(const Context& context, Profile& profile);

[[nodiscard]] QJsonObject toJson(const Profile& profile);
[[nodiscard]] QJsonArray toJson(const std::vector<ComparedRecord>& records);
[[nodiscard]] QJsonObject toJson(const SigningKey& key);
/// One line for people: selector, kind, when it was made.
[[nodiscard]] QString describe(const SigningKey& key);

} // namespace sealwright::cli
