#pragma once

#include "cli/context.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <functional>
#include <memory>

namespace sealwright::cli {

/// Set by the command that was given; called once all options are parsed.
using Action = std::function<Outcome(const Context&)>;

/// Where this command is given, `action` runs it with the arguments that were parsed.
template <class Arguments>
CLI::App* addAction(CLI::App& command, const std::shared_ptr<Arguments>& arguments,
                    Outcome (*run)(const Context&, const Arguments&), Action& action) {
    return command.callback([arguments, run, &action] {
        action = [arguments, run](const Context& context) { return run(context, *arguments); };
    });
}

/// Each adds its subcommand, and sets `action` when it is the one.
void addSetupCommand(CLI::App& app, Action& action);
void addDomainCommand(CLI::App& app, Action& action);
void addKeyCommand(CLI::App& app, Action& action);
void addRecordsCommand(CLI::App& app, Action& action);
void addExportCommand(CLI::App& app, Action& action);
void addCheckCommand(CLI::App& app, Action& action);
void addWatchCommand(CLI::App& app, Action& action);
void addSpfCommand(CLI::App& app, Action& action);
void addDmarcCommand(CLI::App& app, Action& action);
void addLintCommand(CLI::App& app, Action& action);
void addMessageCommand(CLI::App& app, Action& action);
/// The file that is to be edited counts for its zone, as those of --zone do: it goes to `zoneFiles`.
void addZoneCommand(CLI::App& app, Action& action, std::vector<std::string>& zoneFiles);

} // namespace sealwright::cli
