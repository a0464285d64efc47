#include "pages/frames.h"

namespace sealwright::cli {
namespace {

std::string functionOf(const std::string& path) {
    return "_sealwright-cli" + replaced(path.empty() ? path : "_" + path, " ", "_");
}

std::string quoted(const std::string& text) {
    return "'" + replaced(text, "'", "'\\''") + "'";
}

std::string offer(const OptionWords& words) {
    switch (words.values) {
    case Values::choices:
        return words.isList ? "_values -s , " + words.value + " " + joined(words.choices, " ")
                            : "(" + joined(words.choices, " ") + ")";
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

bool takesEquals(const std::string& name, const OptionWords& option) {
    return name.starts_with("--") && !option.value.empty();
}

// As _arguments of zshcompsys(1) reads them: --name=[what it does]:value:what is offered
std::string specs(const std::vector<OptionWords>& options) {
    std::string lines;
    for (const OptionWords& option : options) {
        std::string description = option.description;
        for (const char* special : {"\\", "[", "]", ":"}) {
            description = replaced(description, special, std::string("\\") + special);
        }
        const std::string value = option.value.empty() ? "" : ":" + option.value + ":" + offer(option);
        for (const std::string& name : option.names) {
            lines += "        " +
                     quoted((option.mayRepeat ? "*" : "") + name + (takesEquals(name, option) ? "=[" : "[") +
                            description + "]" + value) +
                     " \\\n";
        }
    }
    return lines;
}

std::string leaf(const CommandWords& command) {
    std::string lines = "    _arguments -S $sealwright_options \\\n" + specs(command.options);
    for (const OptionWords& argument : command.arguments) {
        lines +=
            "        " + quoted((argument.mayRepeat ? "*:" : ":") + argument.value + ":" + offer(argument)) + " \\\n";
    }
    return lines + "        && return 0\n";
}

std::string branch(const std::string& path, const CommandWords& command) {
    std::string described;
    std::string cases;
    for (const CommandWords& sub : command.commands) {
        described += "                " + quoted(sub.name + ":" + replaced(sub.description, ":", "\\:")) + "\n";
        cases += "                " + sub.name + ") " + functionOf(path.empty() ? sub.name : path + " " + sub.name) +
                 " ;;\n";
    }
    return "    local curcontext=$curcontext state line\n"
           "    _arguments -C -S -A '-*' $sealwright_options ':command:->command' '*::argument:->arguments' && return "
           "0\n"
           "    case $state in\n"
           "        command)\n"
           "            local -a commands=(\n" +
           described +
           "            )\n"
           "            _describe command commands\n"
           "            ;;\n"
           "        arguments)\n"
           "            case $words[1] in\n" +
           cases +
           "            esac\n"
           "            ;;\n"
           "    esac\n";
}

} // namespace

Fillings zshFillings(const CommandWords& program) {
    std::string functions;
    for (const Step& step : stepsOf(program)) {
        functions += functionOf(step.path) + "() {\n";
        if (step.path.empty()) {
            functions += "    local -a sealwright_options=( \\\n" + specs(program.options) + "    )\n";
        }
        functions += step.command->commands.empty() ? leaf(*step.command) : branch(step.path, *step.command);
        functions += "}\n\n";
    }
    return {{"LIST_DOMAINS", listDomains}, {"FUNCTIONS", functions}};
}

} // namespace sealwright::cli
