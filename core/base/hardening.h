#pragma once

namespace sealwright {

/// The first line of main: no core dump or crash report gets to hold a private key.
void protectMemory();

} // namespace sealwright
