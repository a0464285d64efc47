#include "pages/frames.h"

namespace sealwright::cli {
namespace {

std::string offer(const OptionWords& words) {
    switch (words.values) {
    case Values::choices:
        return (words.isList ? "_sealwright_cli_list '" : "_sealwright_cli_words '") + joined(words.choices, " ") + "'";
    case Values::files:
        return "_filedir";
    case Values::folders:
        return "_filedir -d";
    case Values::domains:
        return std::string("_sealwright_cli_words \"$(") + listDomains + ")\"";
    case Values::none:
    case Values::anything:
        break;
    }
    return ":";
}

std::string caseOf(const std::string& pattern, const std::string& commands, std::string_view indent) {
    return std::string(indent) + pattern + ") " + commands + " ;;\n";
}

// Options of the program itself count behind each command, so their pattern names no path.
std::string valueCases(const Step& step) {
    std::string cases;
    for (const OptionWords& option : step.command->options) {
        if (option.values != Values::none) {
            std::vector<std::string> patterns;
            for (const std::string& name : option.names) {
                patterns.push_back(step.path.empty() ? "*' " + name + "'" : "'" + step.path + " " + name + "'");
            }
            cases += caseOf(joined(patterns, "|"), offer(option), "        ");
        }
    }
    return cases;
}

std::vector<std::string> optionNames(const CommandWords& command) {
    std::vector<std::string> names;
    for (const OptionWords& option : command.options) {
        names.insert(names.end(), option.names.begin(), option.names.end());
    }
    return names;
}

std::string offerArguments(const CommandWords& command) {
    std::vector<std::string> offers;
    std::vector<std::string> commands;
    for (const CommandWords& sub : command.commands) {
        commands.push_back(sub.name);
    }
    if (!commands.empty()) {
        offers.push_back("_sealwright_cli_words '" + joined(commands, " ") + "'");
    }
    for (const OptionWords& argument : command.arguments) {
        offers.push_back(offer(argument));
    }
    return offers.empty() ? ":" : joined(offers, "; ");
}

} // namespace

Fillings bashFillings(const CommandWords& program) {
    Fillings fillings = {{"WITH_VALUE", joined(optionsWithValue(program), " ")},
                         {"GLOBAL_OPTIONS", joined(optionNames(program), " ")}};
    for (const Step& step : stepsOf(program)) {
        const std::string path = "'" + step.path + "'";
        if (!step.path.empty()) {
            fillings["PATHS"] += caseOf(path, "path=$next", "            ");
            fillings["OPTIONS"] +=
                caseOf(path, "options='" + joined(optionNames(*step.command), " ") + "'", "                    ");
        }
        fillings["VALUES"] += valueCases(step);
        fillings["ARGUMENTS"] += caseOf(path, offerArguments(*step.command), "                    ");
    }
    return fillings;
}

} // namespace sealwright::cli
