#include "pages/frames.h"

#include <set>

namespace sealwright::cli {

static void addSteps(const std::string& path, const CommandWords& command, std::vector<Step>& steps) {
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

std::vector<std::string> optionsWithValue(const CommandWords& program) {
    std::set<std::string> names;
    for (const Step& step : stepsOf(program)) {
        for (const OptionWords& option : step.command->options) {
            if (option.values != Values::none) {
                names.insert(option.names.begin(), option.names.end());
            }
        }
    }
    return {names.begin(), names.end()};
}

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

} // namespace sealwright::cli
