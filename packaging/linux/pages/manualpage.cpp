#include "pages/manualpage.h"

#include "pages/words.h"

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

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : std::string(between)) + part;
    }
    return text;
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

std::string manualPage(const CommandLine& line) {
    const CommandWords program = wordsOf(line.app);
    std::string page = ".TH SEALWRIGHT\\-CLI 1 \"\" \"Sealwright " SEALWRIGHT_VERSION "\" \"User Commands\"\n"
                       ".SH NAME\n" +
                       escaped(program.name) + " \\- set up SPF, DKIM and DMARC for a mail server\n" +
                       ".SH SYNOPSIS\n" + bold(program.name) + " [" + italic("option") + " ...] " + italic("command") +
                       " [" + italic("argument") + " ...]\n" + ".SH DESCRIPTION\n" + escaped(program.description) +
                       "\nIt does what the wizard, " + bold("sealwright") + "(1), does, from a script.\n" +
                       ".SH OPTIONS\nThese stand before or behind the command.\n";
    for (const OptionWords& option : program.options) {
        page += optionEntry(option);
    }
    page += ".SH COMMANDS\n";
    for (const CommandWords& command : program.commands) {
        page += commandSection(command.name, command);
    }
    for (const Note& note : notes) {
        page += ".SH " + std::string(note.heading) + "\n" + escaped(note.text) + "\n";
    }
    return page + ".SH SEE ALSO\n" + bold("sealwright") + "(1)\n";
}

} // namespace sealwright::cli
