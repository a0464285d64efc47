#include "pages/words.h"

namespace sealwright::cli {
namespace {

// CLI11 says what it checks in the name of the type: TEXT:{none,reject}, UINT:INT in [1 - 64].
std::vector<std::string> choicesIn(const std::string& type) {
    const auto begin = type.find('{');
    const auto end = type.find('}');
    if (begin == std::string::npos || end == std::string::npos) {
        return {};
    }
    return CLI::detail::split(type.substr(begin + 1, end - begin - 1), ',');
}

Values valuesOf(const OptionWords& option) {
    if (option.value.empty()) {
        return Values::none;
    }
    if (!option.choices.empty()) {
        return Values::choices;
    }
    if (option.value == "FILE") {
        return Values::files;
    }
    if (option.value == "FOLDER") {
        return Values::folders;
    }
    return option.value == "DOMAIN" ? Values::domains : Values::anything;
}

OptionWords wordsOf(const CLI::Option& option) {
    OptionWords words;
    for (const std::string& name : option.get_snames()) {
        words.names.push_back("-" + name);
    }
    for (const std::string& name : option.get_lnames()) {
        words.names.push_back("--" + name);
    }
    if (option.get_positional()) {
        words.names = {option.get_name()};
        words.value = option.get_name();
    } else if (option.get_items_expected_max() > 0) {
        const std::string type = option.get_type_name();
        words.choices = choicesIn(type);
        words.value = type.substr(0, type.find(':'));
    }
    words.values = valuesOf(words);
    words.description = option.get_description();
    if (const std::string text = option.get_default_str(); !text.empty()) {
        words.description += " (default: " + text + ")";
    }
    words.isRequired = option.get_required();
    words.isList = option.get_delimiter() == ',';
    words.mayRepeat = option.get_items_expected_max() > 1;
    return words;
}

} // namespace

CommandWords wordsOf(const CLI::App& app) {
    CommandWords command;
    command.name = app.get_name();
    command.description = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        (option->get_positional() ? command.arguments : command.options).push_back(wordsOf(*option));
    }
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        command.commands.push_back(wordsOf(*sub));
    }
    return command;
}

} // namespace sealwright::cli
