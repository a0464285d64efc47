#pragma once

#include "cli/context.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <functional>

namespace sealwright::cli {

/// Set by the command that was given; called once all options are parsed.
using Action = std::function<Outcome(const Context&)>;

/// Each adds its subcommand, and sets `action` when it is the one.
void addSetupCommand(CLI::App& app, Action& action);
void addDomainCommand(CLI::App& app, Action& action);
void addKeyCommand(CLI::App& app, Action& action);
void addRecordsCommand(CLI::App& app, Action& action);
void addExportCommand(CLI::App& app, Action& action);
void addCheckCommand(CLI::App& app, Action& action);

} // namespace sealwright::cli
