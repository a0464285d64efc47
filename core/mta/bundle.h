#pragma once

#include "mta/configset.h"
#include "plan/recordplan.h"

#include <filesystem>

namespace sealwright {

enum class BundleError {
    nothingToSign, ///< No domain with a key.
    keyNotLoaded,  ///< The vault did not give the key; `vault` of ExportProblem tells why.
    exists,        ///< Something that is not an older bundle of ours is at the target.
    cannotWrite,   ///< `what` is the system's word: no space, read-only, …
    unknownFormat, ///< Not a folder, .tar.gz, .tgz or .zip.
    cancelled,
    keyMismatch, ///< The vault's key is not the one of the profile (fingerprint).
};

struct BundleProblem {
    Problem<BundleError> problem;
    std::optional<Problem<VaultError>> vault; ///< keyNotLoaded
    std::optional<KeyId> key;                 ///< keyNotLoaded, keyMismatch
};

/// One domain and the records that go into its dns/ folder.
struct BundleDomain {
    Profile profile;
    RecordPlan plan;
};

/// A file of the bundle without the private keys: what the preview shows.
struct BundleFile {
    std::string path; ///< Inside the bundle's folder.
    unsigned mode;
    std::string content;
};

/// `<domain>-<stack>`, or `mail-<stack>` for several.
[[nodiscard]] std::string bundleName(Stack stack, std::span<const BundleDomain> domains);

/// README.txt, install.sh, manifest.json, files/, dns/: all but keys/.
[[nodiscard]] std::vector<BundleFile> bundleFiles(const ServerSetup& setup, std::span<const BundleDomain> domains);

/// Writes the whole bundle to `target` itself: an archive where its name ends in .tar.gz, .tgz or .zip (one folder in
/// it, named bundleName()), else the bundle's folder. What is there must be an older bundle of ours, which is replaced
/// in one step, or an empty folder; a folder with anything in it that its manifest.json does not name is not. The
/// parent folder must exist. Nothing is left half-written; the folder is 0700, keys 0600, archives 0600. Returns the
/// path that was written.
[[nodiscard]] tl::expected<std::filesystem::path, BundleProblem>
writeBundle(const ServerSetup& setup, std::span<const BundleDomain> domains, KeyVault& vault,
            const std::filesystem::path& target, const std::stop_token& stop);

} // namespace sealwright
