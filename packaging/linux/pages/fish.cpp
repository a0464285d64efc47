#include "pages/frames.h"

namespace sealwright::cli {
namespace {

std::string quoted(const std::string& text) {
    return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string offer(const OptionWords& words) {
    switch (words.values) {
    case Values::none:
        return {};
    case Values::choices:
        return " -a " + quoted(words.isList ? "(__fish_append , " + joined(words.choices, " ") + ")"
                                            : joined(words.choices, " "));
    case Values::files:
        return " -F";
    case Values::folders:
        return " -a '(__fish_complete_directories)'";
    case Values::domains:
        return " -a " + quoted(std::string("(") + listDomains + ")");
    case Values::anything:
        break;
    }
    return {};
}

std::string lineAt(const Step& step) {
    return "complete -c sealwright-cli -n " +
           quoted(step.path.empty() ? "__sealwright_cli_at" : "__sealwright_cli_at " + step.path);
}

// Options of the program itself count behind each command.
std::string optionLine(const Step& step, const OptionWords& option) {
    std::string line = step.path.empty() ? "complete -c sealwright-cli" : lineAt(step);
    for (const std::string& name : option.names) {
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    const std::string value = option.values == Values::none ? "" : " -r -f" + offer(option);
    return line + replaced(value, "-f -F", "-F") + " -d " + quoted(option.description) + "\n";
}

std::string linesOf(const Step& step) {
    std::string lines;
    for (const OptionWords& option : step.command->options) {
        lines += optionLine(step, option);
    }
    for (const CommandWords& sub : step.command->commands) {
        lines += lineAt(step) + " -a " + sub.name + " -d " + quoted(sub.description) + "\n";
    }
    for (const OptionWords& argument : step.command->arguments) {
        lines += lineAt(step) + offer(argument) + "\n";
    }
    return lines;
}

} // namespace

Fillings fishFillings(const CommandWords& program) {
    Fillings fillings = {{"WITH_VALUE", joined(optionsWithValue(program), " ")}};
    std::vector<std::string> paths;
    for (const Step& step : stepsOf(program)) {
        paths.push_back(quoted(step.path));
        fillings["LINES"] += linesOf(step);
    }
    fillings["PATHS"] = joined(paths, " ");
    return fillings;
}

} // namespace sealwright::cli
