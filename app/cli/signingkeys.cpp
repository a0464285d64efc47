#include "cli/signingkeys.h"

#include "cli/output.h"
#include "cli/profiles.h"
#include "text/problemtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::SigningKeys)
};

bool isOf(const SigningKey& key, KeyAlgorithm algorithm) {
    switch (algorithm) {
    case KeyAlgorithm::rsa2048:
        return key.type == KeyType::rsa && key.bits == 2048;
    case KeyAlgorithm::rsa3072:
        return key.type == KeyType::rsa && key.bits == 3072;
    case KeyAlgorithm::rsa4096:
        return key.type == KeyType::rsa && key.bits == 4096;
    case KeyAlgorithm::ed25519:
        return key.type == KeyType::ed25519;
    }
    return false;
}

const SigningKey* findKey(const Profile& profile, const Selector& selector) {
    const auto found = std::ranges::find(profile.keys, selector, &SigningKey::selector);
    return found == profile.keys.end() ? nullptr : &*found;
}

QString text(const Selector& selector) {
    return QString::fromStdString(selector.toString());
}

// The vault still holds the key the profile speaks of.
Result<void> confirm(const Context& context, const Profile& profile, const SigningKey& key) {
    const auto vault = context.vault();
    if (!vault) {
        return tl::unexpected(vault.error());
    }
    const auto loaded = (*vault)->load({profile.domain, key.selector}, context.stop);
    if (!loaded) {
        Failure failure = failureOf(loaded.error());
        failure.message = Words::tr("Key %1: %2").arg(text(key.selector), failure.message);
        return tl::unexpected(failure);
    }
    if (loaded->fingerprint() != key.fingerprint) {
        return tl::unexpected(
            Failure{ExitStatus::wrong, Words::tr("Key %1: what is stored under this name is another key than the one "
                                                 "that was set up. Import the right one, or make a key with a new "
                                                 "selector.")
                                           .arg(text(key.selector))});
    }
    return {};
}

// What the vault has under this name already: a key of an earlier try whose profile was lost.
Result<std::optional<KeyPair>> findInVault(const Context& context, const KeyId& id) {
    const auto vault = context.vault();
    if (!vault) {
        return tl::unexpected(vault.error());
    }
    auto loaded = (*vault)->load(id, context.stop);
    if (loaded) {
        return std::optional(std::move(*loaded));
    }
    if (loaded.error().code == VaultError::absent) {
        return std::optional<KeyPair>();
    }
    return tl::unexpected(failureOf(loaded.error()));
}

Result<SigningKey> remember(const Context& context, StoredProfile& stored, const KeyPair& key,
                            const Selector& selector) {
    SigningKey signing = describe(key, selector, context.clock.now());
    stored.profile.keys.push_back(signing);
    if (const auto saved = saveProfile(context, stored); !saved) {
        return tl::unexpected(saved.error());
    }
    return signing;
}

} // namespace

Failure failureOf(const Problem<VaultError>& problem) {
    const auto status = [&problem] {
        switch (problem.code) {
        case VaultError::absent:
        case VaultError::damaged:
            return ExitStatus::wrong;
        case VaultError::occupied:
        case VaultError::wrongPassphrase:
            return ExitStatus::usage;
        case VaultError::locked:
        case VaultError::unavailable:
        case VaultError::timedOut:
        case VaultError::cancelled:
            return ExitStatus::unknown;
        }
        return ExitStatus::unknown;
    };
    return {status(), problemText(problem) + hintFor(problem)};
}

QString hintFor(const Problem<VaultError>& problem) {
    return problem.code == VaultError::locked
               ? Words::tr(" A key file is opened with the passphrase in SEALWRIGHT_PASSPHRASE, or one typed at a "
                           "terminal.")
               : QString();
}

Result<SigningKey> addKey(const Context& context, StoredProfile& stored, const KeyPair& key, const Selector& selector) {
    if (stored.readOnly) { // Nothing goes into the vault that the profile can't remember.
        return badInput(problemText(problem(ProfileError::newerVersion)));
    }
    const KeyId id{stored.profile.domain, selector};
    const SigningKey* present = findKey(stored.profile, selector);
    if (present != nullptr && present->fingerprint != key.fingerprint()) {
        return badInput(
            Words::tr("The selector %1 has another key already. Choose a new selector.").arg(text(selector)));
    }
    auto inVault = findInVault(context, id);
    if (!inVault) {
        return tl::unexpected(inVault.error());
    }
    if (*inVault && (*inVault)->fingerprint() != key.fingerprint()) {
        return badInput(
            Words::tr("Another key is stored under the selector %1. Choose a new selector.").arg(text(selector)));
    }
    if (!*inVault) {
        if (const auto done = (*context.vault())->store(id, key, context.stop); !done) {
            return tl::unexpected(failureOf(done.error()));
        }
    }
    return present != nullptr ? Result<SigningKey>(*present) : remember(context, stored, key, selector);
}

Result<SigningKey> createKey(const Context& context, StoredProfile& stored, KeyAlgorithm algorithm,
                             const std::string& selector) {
    auto name = selector.empty()
                    ? Result<Selector>(proposeSelector(stored.profile, typeOf(algorithm), context.clock.now()))
                    : parseSelector(selector);
    if (!name) {
        return tl::unexpected(name.error());
    }
    if (stored.readOnly) {
        return badInput(problemText(problem(ProfileError::newerVersion)));
    }
    if (findKey(stored.profile, *name) != nullptr) {
        return badInput(Words::tr("The selector %1 is in use. Choose a new one.").arg(text(*name)));
    }
    if (const auto fits = dkimKeyName(*name, stored.profile.domain); !fits) {
        return badInput(problemText(fits.error()));
    }
    auto inVault = findInVault(context, {stored.profile.domain, *name});
    if (!inVault) {
        return tl::unexpected(inVault.error());
    }
    if (*inVault) {
        if (!isOf(describe(**inVault, *name, {}), algorithm)) {
            return badInput(
                Words::tr("Another kind of key is stored under the selector %1. Choose a new one.").arg(text(*name)));
        }
        say(Words::tr("The key %1 was stored before, and is used again.").arg(text(*name)));
        return remember(context, stored, **inVault, *name);
    }
    const auto key = KeyPair::generate(algorithm, context.stop);
    if (!key) {
        return notFoundOut(problemText(key.error()));
    }
    return addKey(context, stored, *key, *name);
}

Result<void> ensureKeys(const Context& context, StoredProfile& stored, const std::vector<KeyAlgorithm>& algorithms,
                        const std::string& selector) {
    for (const SigningKey& key : stored.profile.keys) {
        if (auto there = confirm(context, stored.profile, key); !there) {
            return there;
        }
    }
    std::vector<KeyAlgorithm> wanted = algorithms;
    if (wanted.empty() && stored.profile.keys.empty()) {
        wanted = {KeyAlgorithm::rsa2048};
    }
    for (const KeyAlgorithm algorithm : wanted) {
        std::string name = selector;
        if (!name.empty() && algorithm != wanted.front()) {
            name += "-" + std::string(toString(algorithm));
        }
        const bool present = std::ranges::any_of(stored.profile.keys, [&](const SigningKey& key) {
            return isOf(key, algorithm) && (name.empty() || key.selector.toString() == name);
        });
        if (present) {
            continue;
        }
        if (const auto made = createKey(context, stored, algorithm, name); !made) {
            return tl::unexpected(made.error());
        }
    }
    return {};
}

} // namespace sealwright::cli
