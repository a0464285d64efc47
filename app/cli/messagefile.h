#pragma once

#include "cli/outcome.h"
#include "dkim/verify.h"

namespace sealwright::cli {

/// A message whose body has gone through the verifier; memory does not grow with it.
struct ReadMessage {
    message::Header header;
    dkim::Verifier verifier;
};

/// `-` is standard input.
[[nodiscard]] Result<ReadMessage> readMessage(const std::string& path, const std::stop_token& stop);

} // namespace sealwright::cli
