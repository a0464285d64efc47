#include "pages/completion.h"

namespace sealwright::cli {
namespace {

constexpr const char* domains = "sealwright-cli domain list 2>/dev/null";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : std::string(between)) + part;
    }
    return text;
}

/// One command with the words that lead to it, "key import"; empty for the program itself.
struct Step {
    std::string path;
    const CommandWords* command;
};

void addSteps(const std::string& path, const CommandWords& command, std::vector<Step>& steps) {
    steps.push_back({path, &command});
    for (const CommandWords& sub : command.commands) {
        addSteps(path.empty() ? sub.name : path + " " + sub.name, sub, steps);
    }
}

std::vector<Step> stepsOf(const CommandWords& program) {
    std::vector<Step> steps;
    addSteps({}, program, steps);
    return steps;
}

std::vector<std::string> optionNames(const CommandWords& command) {
    std::vector<std::string> names;
    for (const OptionWords& option : command.options) {
        names.insert(names.end(), option.names.begin(), option.names.end());
    }
    return names;
}

std::vector<std::string> commandNames(const CommandWords& command) {
    std::vector<std::string> names;
    for (const CommandWords& sub : command.commands) {
        names.push_back(sub.name);
    }
    return names;
}

// ---- bash

std::string bashValues(Values values, const std::vector<std::string>& choices) {
    switch (values) {
    case Values::choices:
        return "compgen -W '" + joined(choices, " ") + "' -- \"$cur\"";
    case Values::files:
        return "compgen -f -- \"$cur\"";
    case Values::folders:
        return "compgen -d -- \"$cur\"";
    case Values::domains:
        return std::string("compgen -W \"$(") + domains + ")\" -- \"$cur\"";
    case Values::none:
    case Values::anything:
        break;
    }
    return "true";
}

// Options of the program itself count behind each command, so their pattern names no path.
std::string bashOptionValues(const Step& step) {
    std::string cases;
    for (const OptionWords& option : step.command->options) {
        if (option.values != Values::none) {
            std::vector<std::string> patterns;
            for (const std::string& name : option.names) {
                patterns.push_back(step.path.empty() ? "*" + name : "'" + step.path + "'" + name);
            }
            cases += "        " + joined(patterns, "|") + ") " + bashValues(option.values, option.choices) + " ;;\n";
        }
    }
    return cases;
}

std::string bashArguments(const Step& step) {
    const CommandWords& command = *step.command;
    std::string words = "compgen -W '" + joined(commandNames(command), " ") + "' -- \"$cur\"";
    if (command.commands.empty()) {
        words.clear();
        for (const OptionWords& argument : command.arguments) {
            words += (words.empty() ? "" : "; ") + bashValues(argument.values, {});
        }
    }
    return "        '" + step.path + "') " + (words.empty() ? "true" : words) + " ;;\n";
}

} // namespace

std::string bashCompletion(const CommandWords& program) {
    std::string paths;
    std::string withValue;
    std::string values;
    std::string names;
    std::string arguments;
    for (const Step& step : stepsOf(program)) {
        paths += step.path.empty() ? "" : "        '" + step.path + "') path=$next ;;\n";
        for (const OptionWords& option : step.command->options) {
            if (option.values != Values::none && withValue.find(" " + option.names.back() + " ") == std::string::npos) {
                withValue += " " + joined(option.names, " ") + " ";
            }
        }
        values += bashOptionValues(step);
        names += "        '" + step.path + "') options='" + joined(optionNames(*step.command), " ") + "' ;;\n";
        arguments += bashArguments(step);
    }
    return "# bash completion for sealwright-cli\n\n"
           "_sealwright_cli_words() {\n"
           "    local path='' next options word previous=''\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        next=\"${path:+$path }$word\"\n"
           "        case \"" +
           withValue +
           "\" in\n"
           "        *\" $previous \"*) previous=''; continue ;; # the value of an option is no command\n"
           "        esac\n"
           "        previous=${word:--}\n"
           "        case \"$next\" in\n" +
           paths +
           "        esac\n"
           "    done\n"
           "    case \"" +
           withValue +
           "\" in\n"
           "    *\" $previous \"*)\n"
           "        case \"$path$previous\" in\n" +
           values +
           "        esac\n"
           "        return\n"
           "        ;;\n"
           "    esac\n"
           "    if [ \"${cur:0:1}\" = - ]; then\n"
           "        case \"$path\" in\n" +
           names +
           "        esac\n"
           "        compgen -W \"$options " +
           joined(optionNames(program), " ") +
           "\" -- \"$cur\"\n"
           "        return\n"
           "    fi\n"
           "    case \"$path\" in\n" +
           arguments +
           "    esac\n"
           "}\n\n"
           "_sealwright_cli() {\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]}\n"
           "    mapfile -t COMPREPLY < <(_sealwright_cli_words | sort -u)\n"
           "}\n\n"
           "complete -o filenames -F _sealwright_cli sealwright-cli\n";
}

// ---- zsh

namespace {

std::string zshFunction(const std::string& path) {
    return "_sealwright-cli" + replaced(path.empty() ? path : "_" + path, " ", "_");
}

std::string quoted(const std::string& text) {
    return "'" + replaced(text, "'", "'\\''") + "'";
}

std::string zshValues(const OptionWords& option) {
    switch (option.values) {
    case Values::choices:
        return "(" + joined(option.choices, " ") + ")";
    case Values::files:
        return "_files";
    case Values::folders:
        return "_files -/";
    case Values::domains:
        return "_sealwright-cli_domains";
    case Values::none:
    case Values::anything:
        break;
    }
    return " ";
}

std::string zshOption(const OptionWords& option) {
    std::string description = option.description;
    for (const char* special : {"\\", "[", "]", ":"}) {
        description = replaced(description, special, std::string("\\") + special);
    }
    std::string lines;
    for (const std::string& name : option.names) {
        lines += "        " +
                 quoted((option.mayRepeat ? "*" : "") + name + "[" + description + "]" +
                        (option.value.empty() ? "" : ":" + option.value + ":" + zshValues(option))) +
                 " \\\n";
    }
    return lines;
}

std::string zshOptions(const CommandWords& command) {
    std::string lines;
    for (const OptionWords& option : command.options) {
        lines += zshOption(option);
    }
    return lines;
}

std::string zshLeaf(const CommandWords& command) {
    std::string lines = "    _arguments -s -S $sealwright_options \\\n" + zshOptions(command);
    for (const OptionWords& argument : command.arguments) {
        lines += "        " + quoted((argument.mayRepeat ? "*:" : ":") + argument.value + ":" + zshValues(argument)) +
                 " \\\n";
    }
    return lines + "        && return 0\n";
}

std::string zshBranch(const std::string& path, const CommandWords& command) {
    std::string described;
    std::string cases;
    for (const CommandWords& sub : command.commands) {
        described += " " + quoted(sub.name + ":" + replaced(sub.description, ":", "\\:"));
        cases +=
            "            " + sub.name + ") " + zshFunction(path.empty() ? sub.name : path + " " + sub.name) + " ;;\n";
    }
    return "    local curcontext=$curcontext state line\n"
           "    _arguments -C -S $sealwright_options ':command:->command' '*::argument:->arguments' && return 0\n"
           "    case $state in\n"
           "        command) local -a commands=(" +
           described +
           " ); _describe command commands ;;\n"
           "        arguments)\n"
           "            case $words[1] in\n" +
           cases +
           "            esac\n"
           "            ;;\n"
           "    esac\n";
}

} // namespace

std::string zshCompletion(const CommandWords& program) {
    std::string functions;
    for (const Step& step : stepsOf(program)) {
        functions +=
            zshFunction(step.path) + "() {\n" +
            (step.path.empty() ? "    local -a sealwright_options=( \\\n" + zshOptions(program) + "    )\n" : "") +
            (step.command->commands.empty() ? zshLeaf(*step.command) : zshBranch(step.path, *step.command)) + "}\n\n";
    }
    return "#compdef sealwright-cli\n\n"
           "_sealwright-cli_domains() {\n"
           "    local -a names=(${(f)\"$(" +
           std::string(domains) +
           ")\"})\n"
           "    compadd -a names\n"
           "}\n\n" +
           functions + "_sealwright-cli \"$@\"\n";
}

// ---- fish

namespace {

std::string fishQuoted(const std::string& text) {
    return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fishValues(const OptionWords& option) {
    switch (option.values) {
    case Values::none:
        return {};
    case Values::choices:
        return " -x -a " + fishQuoted(joined(option.choices, " "));
    case Values::files:
        return " -r -F";
    case Values::folders:
        return " -x -a '(__fish_complete_directories)'";
    case Values::domains:
        return " -x -a " + fishQuoted(std::string("(") + domains + ")");
    case Values::anything:
        break;
    }
    return " -x";
}

/// That the command line has the words of this path, in this order, and no further command.
std::string fishCondition(const Step& step) {
    if (step.path.empty()) {
        return {};
    }
    return " -n " + fishQuoted("__sealwright_cli_at " + step.path);
}

std::string fishOption(const Step& step, const OptionWords& option) {
    std::string line = "complete -c sealwright-cli" + fishCondition(step);
    for (const std::string& name : option.names) {
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    return line + fishValues(option) + " -d " + fishQuoted(option.description) + "\n";
}

} // namespace

std::string fishCompletion(const CommandWords& program) {
    std::string paths;
    std::string lines;
    for (const Step& step : stepsOf(program)) {
        paths += step.path.empty() ? "" : " " + fishQuoted(step.path);
        for (const OptionWords& option : step.command->options) {
            lines += fishOption(step, option);
        }
        for (const CommandWords& sub : step.command->commands) {
            lines += "complete -c sealwright-cli -n " +
                     fishQuoted(step.path.empty() ? "__sealwright_cli_at" : "__sealwright_cli_at " + step.path) +
                     " -a " + sub.name + " -d " + fishQuoted(sub.description) + "\n";
        }
        for (const OptionWords& argument : step.command->arguments) {
            lines += "complete -c sealwright-cli" + fishCondition(step) +
                     (argument.values == Values::files ? std::string(" -F") : fishValues(argument).substr(3)) + "\n";
        }
    }
    return "# fish completion for sealwright-cli\n\n"
           "# __sealwright_cli_at WORDS: these, and no further ones, are the command that was typed so far.\n"
           "function __sealwright_cli_at\n"
           "    set -l path\n"
           "    for word in (commandline -opc)[2..-1]\n"
           "        if contains -- \"$path $word\" (string replace -r '^' ' ' --" +
           paths +
           ")\n"
           "            set path \"$path $word\"\n"
           "        end\n"
           "    end\n"
           "    test \"$path\" = (string join '' -- ' '$argv | string collect)\n"
           "end\n\n"
           "complete -c sealwright-cli -f\n" +
           lines;
}

} // namespace sealwright::cli
