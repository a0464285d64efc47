#pragma once

struct ub_ctx;

namespace sealwright {

/// Whether this computer knows a DNS server to ask. A resolver without one would go to the root on its own.
[[nodiscard]] bool hasSystemServers();

/// Lets the context ask this computer's DNS servers. UB_NOERROR, or what libunbound says.
[[nodiscard]] int useSystemServers(ub_ctx* context);

} // namespace sealwright
