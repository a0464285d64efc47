#pragma once

#include "base/clock.h"
#include "checks/network.h"
#include "cli/outcome.h"
#include "dns/resolver.h"
#include "keys/keyvault.h"
#include "keys/passwordvault.h"
#include "mailtest/courier.h"
#include "store/profilestore.h"

#include <functional>

namespace sealwright::cli {

/// What every command is handed. The resolver, the network, the courier and the vault are made when they
/// are first asked for.
struct Context {
    ProfileStore& store;
    const Clock& clock;
    std::function<Result<Resolver*>()> resolver;
    std::function<Result<Network*>()> network;
    std::function<Result<MessageCourier*>()> courier;
    std::function<Result<KeyVault*>()> vault;
    PasswordVault& passwords;
    std::stop_token stop; ///< The user pressed Ctrl-C.
    bool json = false;
    bool verbose = false;
};

} // namespace sealwright::cli
