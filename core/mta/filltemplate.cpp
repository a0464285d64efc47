#include "mta/filltemplate.h"

#include "templates.h"

#include <cstdio>
#include <cstdlib>

namespace sealwright {

namespace {

[[noreturn]] void broken(std::string_view name, const std::string& why) {
    std::fprintf(stderr, "template %.*s: %s\n", static_cast<int>(name.size()), name.data(), why.c_str());
    std::abort();
}

} // namespace

std::string plainTemplate(std::string_view name) {
    const auto text = templateText(name);
    if (text.empty()) {
        broken(name, "not embedded");
    }
    return std::string(text);
}

std::string fillTemplate(std::string_view name, const kainjow::mustache::object& values,
                         std::string (*escape)(std::string_view)) {
    kainjow::mustache::mustache filled(plainTemplate(name));
    filled.set_custom_escape([escape](const std::string& value) { return escape(value); });
    auto text = filled.render(values);
    if (!filled.is_valid()) {
        broken(name, filled.error_message());
    }
    return text;
}

} // namespace sealwright
