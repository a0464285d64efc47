#include "base/ascii.h"

#include <algorithm>

namespace sealwright {

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

} // namespace sealwright
