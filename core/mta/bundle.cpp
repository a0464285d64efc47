#include "mta/bundle.h"

#include "mta/bundlewriter.h"
#include "mta/quoting.h"

#include <algorithm>

namespace sealwright {

namespace {

ConfigSet configSet(const ServerSetup& setup, std::span<const BundleDomain> domains) {
    std::vector<Profile> profiles;
    std::ranges::transform(domains, std::back_inserter(profiles), &BundleDomain::profile);
    return makeConfigSet(setup, profiles);
}

BundleProblem failure(BundleError code, std::string_view what) {
    return {problem(code, what), {}, {}};
}

using Keys = std::vector<KeyContent>;

tl::expected<Keys, BundleProblem> loadKeys(const ConfigSet& set, KeyVault& vault, const std::stop_token& stop) {
    Keys keys;
    for (const auto& wanted : set.keys) {
        if (stop.stop_requested()) {
            return tl::unexpected(failure(BundleError::cancelled, {}));
        }
        const auto path = keyPathInBundle(wanted);
        const auto key = vault.load(wanted.key, stop);
        if (!key) {
            const auto code =
                key.error().code == VaultError::cancelled ? BundleError::cancelled : BundleError::keyNotLoaded;
            return tl::unexpected(BundleProblem{problem(code, path), key.error(), wanted.key});
        }
        // What is signed with must be what is published.
        if (key->fingerprint() != wanted.fingerprint) {
            return tl::unexpected(BundleProblem{problem(BundleError::keyMismatch, path), {}, wanted.key});
        }
        keys.push_back({path, wanted.format == KeyFormat::seed ? key->toSeed() : key->toPem()});
    }
    return keys;
}

} // namespace

std::string bundleName(Stack stack, std::span<const BundleDomain> domains) {
    // A name may have 253 octets, a file 255 with what we add.
    const auto domain =
        domains.size() == 1 ? tableWord(domains.front().profile.domain.toString()).substr(0, 200) : "mail";
    return domain + '-' + std::string(toString(stack));
}

std::vector<BundleFile> bundleFiles(const ServerSetup& setup, std::span<const BundleDomain> domains) {
    return bundleContent(configSet(setup, domains), domains, {});
}

tl::expected<std::filesystem::path, BundleProblem> writeBundle(const ServerSetup& setup,
                                                               std::span<const BundleDomain> domains, KeyVault& vault,
                                                               const std::filesystem::path& target,
                                                               const std::stop_token& stop) {
    const auto set = configSet(setup, domains);
    if (set.keys.empty()) {
        return tl::unexpected(failure(BundleError::nothingToSign, domains.empty() ? "" : toString(setup.stack)));
    }
    // "bundle/" and "bundle" are the same folder.
    const auto place = target.has_filename() ? target : target.parent_path();
    const auto name = place.filename().string();
    if (name.empty() || name == "." || name == "..") {
        return tl::unexpected(failure(BundleError::unknownFormat, target.string()));
    }
    auto keys = loadKeys(set, vault, stop);
    if (!keys) {
        return tl::unexpected(keys.error());
    }
    auto files = bundleContent(set, domains, *keys);
    const BundleContent content{bundleName(setup.stack, domains), std::move(files), std::move(*keys)};
    const auto isArchive = [&name](std::string_view ending) {
        return name.size() > ending.size() && name.ends_with(ending);
    };
    const auto written = isArchive(".tar.gz") || isArchive(".tgz")
                             ? writeBundleArchive(content, ArchiveFormat::tarGz, place, stop)
                         : isArchive(".zip") ? writeBundleArchive(content, ArchiveFormat::zip, place, stop)
                                             : writeBundleFolder(content, place, stop);
    if (!written) {
        return tl::unexpected(BundleProblem{written.error(), {}, {}});
    }
    return place;
}

} // namespace sealwright
