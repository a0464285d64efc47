#include "cli/commandline.h"
#include "pages/frames.h"

namespace sealwright::cli {
namespace {

// groff_man(7): a hyphen that is typed is \-, and a line must not begin with a control character.
std::string escaped(std::string_view text) {
    std::string roff;
    for (const char c : text) {
        const bool beginsLine = roff.empty() || roff.back() == '\n';
        if (beginsLine && (c == '.' || c == '\'')) {
            roff += "\\&";
        }
        if (c == '\\') {
            roff += "\\e";
        } else if (c == '-') {
            roff += "\\-";
        } else {
            roff += c;
        }
    }
    return roff;
}

std::string bold(std::string_view text) {
    return "\\fB" + escaped(text) + "\\fR";
}

std::string italic(std::string_view text) {
    return "\\fI" + escaped(text) + "\\fR";
}

std::string optionEntry(const OptionWords& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.names) {
        names.push_back(bold(name));
    }
    std::string entry = ".TP\n" + joined(names, ", ");
    if (!option.value.empty()) {
        entry += " " + italic(option.value) + (option.mayRepeat ? " ..." : "");
    }
    entry += "\n" + escaped(option.description) + "\n";
    if (!option.choices.empty()) {
        entry += ".br\nOne of " + escaped(joined(option.choices, ", ")) + ".\n";
    }
    return entry;
}

std::string argumentEntry(const OptionWords& argument) {
    return argument.description.empty()
               ? std::string()
               : ".TP\n" + italic(argument.value) + "\n" + escaped(argument.description) + "\n";
}

std::string usage(const std::string& path, const CommandWords& command) {
    std::string text = bold(path);
    for (const OptionWords& option : command.options) {
        if (option.isRequired) {
            text += " " + bold(option.names.front()) + " " + italic(option.value);
        }
    }
    text += " [" + italic("option") + " ...]";
    for (const OptionWords& argument : command.arguments) {
        const std::string name = italic(argument.value) + (argument.mayRepeat ? " ..." : "");
        text += argument.isRequired ? " " + name : " [" + name + "]";
    }
    return text;
}

bool isHelp(const OptionWords& option) {
    return option.names.back() == "--help";
}

std::string commandSection(const std::string& path, const CommandWords& command) {
    if (!command.commands.empty()) {
        std::string text;
        for (const CommandWords& sub : command.commands) {
            text += commandSection(path + " " + sub.name, sub);
        }
        return text;
    }
    std::string text =
        ".SS " + escaped(path) + "\n" + usage(path, command) + "\n.PP\n" + escaped(command.description) + "\n";
    for (const OptionWords& argument : command.arguments) {
        text += argumentEntry(argument);
    }
    for (const OptionWords& option : command.options) {
        text += isHelp(option) ? std::string() : optionEntry(option);
    }
    return text;
}

} // namespace

Fillings manualFillings(const CommandWords& program) {
    Fillings fillings = {{"DAY", SEALWRIGHT_RELEASE_DAY},
                         {"VERSION", SEALWRIGHT_VERSION},
                         {"DESCRIPTION", escaped(program.description)}};
    for (const OptionWords& option : program.options) {
        fillings["OPTIONS"] += optionEntry(option);
    }
    for (const CommandWords& command : program.commands) {
        fillings["COMMANDS"] += commandSection(command.name, command);
    }
    for (const Note& note : notes) {
        fillings["NOTES"] += ".SH " + std::string(note.heading) + "\n" + escaped(note.text) + "\n";
    }
    return fillings;
}

} // namespace sealwright::cli
