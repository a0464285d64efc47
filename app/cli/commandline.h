#pragma once

#include "cli/commands.h"
#include "cli/globaloptions.h"

#include <array>

namespace sealwright::cli {

/// What is to be known beside the options: --help ends with it, and the manual page has a section for each.
struct Note {
    const char* heading;
    const char* label; ///< Before the text in --help, which has no headings.
    const char* text;
};
extern const std::array<Note, 3> notes;

/// All commands with their options: what is typed is parsed by it, and the manual page and the completions of the
/// shells are made from it.
struct CommandLine {
    CommandLine();
    CommandLine(const CommandLine&) = delete; ///< The options write into its members.
    CommandLine& operator=(const CommandLine&) = delete;

    CLI::App app;
    GlobalOptions global;
    Action action; ///< Of the command that was parsed.
};

} // namespace sealwright::cli
