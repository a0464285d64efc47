#pragma once

#include "mta/bundle.h"

namespace sealwright {

inline constexpr std::string_view manifestName = "manifest.json";
/// The first lines of every manifest of ours: how an older bundle is recognised.
inline constexpr std::string_view manifestMark = "{\n  \"format\": \"sealwright-bundle\",\n";

/// A private key as it goes into the bundle: keys/<domain>/<selector>.pem, or .key for a seed.
struct KeyContent {
    std::string path;
    SecretBytes content;
};

/// Where the bundle keeps that key.
[[nodiscard]] std::string keyPathInBundle(const KeyFile& key);

/// All files but the keys, manifest.json first; `keys` only lend their digests, in the order of `set.keys`. Empty: a
/// preview, in which the digests of the keys are missing.
[[nodiscard]] std::vector<BundleFile> bundleContent(const ConfigSet& set, std::span<const BundleDomain> domains,
                                                    std::span<const KeyContent> keys);

/// The paths that a manifest of ours names; empty where it is none.
[[nodiscard]] std::vector<std::string> pathsInManifest(std::string_view manifest);

} // namespace sealwright
