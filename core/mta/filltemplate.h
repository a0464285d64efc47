#pragma once

#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>

namespace sealwright {

/// The embedded template `name` with `values` in it, each passed through `escape`. A template that is missing or
/// broken is a bug of ours: the program ends.
[[nodiscard]] std::string fillTemplate(std::string_view name, const kainjow::mustache::object& values,
                                       std::string (*escape)(std::string_view));

/// An embedded template without any values, as it is.
[[nodiscard]] std::string plainTemplate(std::string_view name);

} // namespace sealwright
