#pragma once

#include "checks/zonevoices.h"

namespace sealwright {

/// Which resolvers say something else than the name servers, where those agree: they remember an older answer.
void compareWithResolvers(const CheckInput& input, const ZoneVoices& voices, const FindingSink& sink,
                          const std::stop_token& stop);

} // namespace sealwright
