#pragma once

#include "pages/words.h"

#include <map>

namespace sealwright::cli {

/// What stands for each @WORD@ in a frame: completion.bash, completion.zsh, completion.fish, sealwright-cli.1.in.
using Fillings = std::map<std::string, std::string>;
[[nodiscard]] Fillings bashFillings(const CommandWords& program);
[[nodiscard]] Fillings zshFillings(const CommandWords& program);
[[nodiscard]] Fillings fishFillings(const CommandWords& program);

[[nodiscard]] Fillings manualFillings(const CommandWords& program); ///< In the macros of groff_man(7).

/// Prints the names of the domains that are set up, in each shell.
inline constexpr const char* listDomains = "sealwright-cli domain list 2>/dev/null";

/// One command with the words that lead to it, "key import"; those of the program itself are empty.
struct Step {
    std::string path;
    const CommandWords* command;
};
[[nodiscard]] std::vector<Step> stepsOf(const CommandWords& program);
/// Of the program and of all its commands: the word behind one of them is no command.
[[nodiscard]] std::vector<std::string> optionsWithValue(const CommandWords& program);

[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view with);
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between);

} // namespace sealwright::cli
