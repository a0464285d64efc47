#pragma once

#include "base/problem.h"

namespace sealwright {

/// Kept apart so that a locked keyring is never taken for "make a new key".
enum class VaultError {
    absent, ///< The vault was open, and the key certainly is not in it.
    locked, ///< It is, or may be, there; the vault was not opened.
    wrongPassphrase,
    unavailable, ///< No keychain service; the file or its folder can't be used. `what` tells.
    timedOut,
    damaged,  ///< Something is stored, and it is not what was to be kept.
    occupied, ///< Another key is stored under that name, and was left alone.
    cancelled,
};

} // namespace sealwright
