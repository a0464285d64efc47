#pragma once

#include "dns/resolveroptions.h"
#include "zone/zonefile.h"

namespace sealwright {

/// A zone file with an SOA: the whole zone is answered from it.
struct WholeZone {
    DomainName name;
    std::string text;
    std::filesystem::path path; ///< Where it came from, for messages.
};

/// What the zone files given by the user hold, told apart by whether a file says all of its zone.
struct ZoneSources {
    std::vector<WholeZone> zones;
    std::vector<ZoneFile::Record> fragments; ///< From files without an SOA: they stand in for what the DNS says.

    [[nodiscard]] bool empty() const { return zones.empty() && fragments.empty(); }
    [[nodiscard]] static tl::expected<ZoneSources, Problem<ResolverError>>
    read(const std::vector<std::filesystem::path>& paths);
};

/// A problem of a file: its path as UTF-8, then line and words where they are known.
[[nodiscard]] Problem<ResolverError> fileProblem(ResolverError code, const std::filesystem::path& path,
                                                 std::size_t line = 0, std::string_view words = {});

/// One line per DS or DNSKEY record of the file, as libunbound takes them.
[[nodiscard]] tl::expected<std::vector<std::string>, Problem<ResolverError>>
readTrustAnchors(const std::filesystem::path& path);
[[nodiscard]] tl::expected<std::vector<std::string>, Problem<MasterFileError>> trustAnchorLines(std::string_view text);

} // namespace sealwright
