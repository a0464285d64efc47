#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <string>
#include <vector>

namespace sealwright::cli {

/// What stands for an option's value, or for an argument, and what may stand there.
enum class Values { none, anything, choices, files, folders, domains };

struct OptionWords {
    std::vector<std::string> names; ///< "--json", "-h"; an argument has one without hyphens: "DOMAIN".
    std::string value;              ///< "FILE", "TEXT"; empty: it takes none.
    Values values = Values::none;
    std::vector<std::string> choices;
    std::string description; ///< With its default.
    bool isRequired = false;
    bool mayRepeat = false;
    bool isList = false; ///< Several choices in one value, separated by commas.
};

struct CommandWords {
    std::string name;
    std::string description;
    std::vector<OptionWords> options;
    std::vector<OptionWords> arguments;
    std::vector<CommandWords> commands;
};

[[nodiscard]] CommandWords wordsOf(const CLI::App& app);

} // namespace sealwright::cli
