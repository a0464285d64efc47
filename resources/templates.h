#pragma once

#include <string_view>

namespace sealwright {

/// The embedded file resources/templates/<name>; empty when there is none.
[[nodiscard]] std::string_view templateText(std::string_view name);

} // namespace sealwright
