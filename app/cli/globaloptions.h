#pragma once

#include "checks/networkoptions.h"
#include "cli/outcome.h"
#include "dns/resolver.h"
#include "dns/resolveroptions.h"

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace sealwright::cli {

/// The options that every command has.
struct GlobalOptions {
    bool json = false;
    bool verbose = false;
    bool offline = false;
    std::vector<std::string> servers;
    std::vector<std::string> zoneFiles;
    std::string trustAnchor;
    std::string caFile;
    double timeout = 10; ///< Seconds.
    std::string dataFolder;
    std::string vault = "keychain";
};

void addGlobalOptions(CLI::App& app, GlobalOptions& options);

/// Wrong usage is wrong also where the command would not have needed the option.
[[nodiscard]] Result<void> validate(const GlobalOptions& options);

[[nodiscard]] Result<ResolverOptions> resolverOptions(const GlobalOptions& options);
/// Resolvers that are compared with.
[[nodiscard]] Result<std::vector<NameServer>> parseResolvers(const std::vector<std::string>& texts);
[[nodiscard]] NetworkOptions networkOptions(const GlobalOptions& options);

/// file:PATH → PATH; nothing for the keychain.
[[nodiscard]] Result<std::optional<std::filesystem::path>> vaultFile(const GlobalOptions& options);

} // namespace sealwright::cli
