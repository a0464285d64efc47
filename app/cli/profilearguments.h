#pragma once

#include "cli/profiles.h"

#include <CLI/App.hpp>

namespace sealwright::cli {

/// The options that say what a domain wants, for every command that has them.
void addProfileOptions(CLI::App& command, ProfileOptions& options);

/// --stack, with the names of the stacks.
CLI::Option* addStackOption(CLI::App& command, std::string& stack);
/// --inbound, what is to be done with mail that comes in.
void addInboundOption(CLI::App& command, std::string& inbound);

/// --algorithm, any number of times, and --selector.
void addKeyOptions(CLI::App& command, std::vector<std::string>& algorithms, std::string& selector);

/// What addKeyOptions() let pass.
[[nodiscard]] std::vector<KeyAlgorithm> algorithmsFrom(const std::vector<std::string>& names);

} // namespace sealwright::cli
