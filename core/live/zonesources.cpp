#include "live/zonesources.h"

#include "base/base64.h"
#include "dns/rdata.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace sealwright {

namespace {

constexpr std::size_t largestFile = std::size_t{16} << 20;

/// A path as UTF-8, whatever the system's own way is.
std::string shownPath(const std::filesystem::path& path) {
    const auto utf8 = path.u8string();
    return {utf8.begin(), utf8.end()};
}

std::optional<std::string> readFile(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) { // A device or a pipe might never end.
        return std::nullopt;
    }
    std::ifstream stream(path, std::ios::binary);
    std::string text;
    std::array<char, 65536> block{};
    while (stream && text.size() <= largestFile) {
        stream.read(block.data(), block.size());
        text.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    }
    return stream.eof() && text.size() <= largestFile ? std::optional(std::move(text)) : std::nullopt;
}

/// RFC 4034 section 2.2: three numbers, of which libunbound checks the words, and the key, which it does not.
bool isDnsKey(const MasterFileEntry& entry) {
    std::string key;
    for (std::size_t i = 3; i < entry.fields.size(); ++i) {
        key += entry.fields[i].text;
    }
    return entry.type == "DNSKEY" && !key.empty() && base64Decode(key).has_value();
}

tl::expected<std::string, Problem<MasterFileError>> trustAnchorLine(const MasterFileEntry& entry) {
    if (entry.type == "DS") {
        if (const auto rdata = wireRdata(RecordType::ds, entry); !rdata) {
            return tl::unexpected(rdata.error());
        }
    } else if (!isDnsKey(entry)) {
        return tl::unexpected(problem(MasterFileError::badValue, entry.type, entry.line));
    }
    std::string line = RdataReader(entry.owner).name().value_or(".") + " IN " + entry.type;
    for (const MasterFileField& field : entry.fields) {
        line += ' ' + field.text;
    }
    return line;
}

} // namespace

Problem<ResolverError> fileProblem(ResolverError code, const std::filesystem::path& path, std::size_t line,
                                   std::string_view words) {
    std::string what = shownPath(path);
    if (line > 0) {
        what += ':' + std::to_string(line) + ": ";
        what += words.substr(0, longestQuote);
    }
    return {code, std::move(what), line};
}

tl::expected<ZoneSources, Problem<ResolverError>> ZoneSources::read(const std::vector<std::filesystem::path>& paths) {
    ZoneSources sources;
    for (const auto& path : paths) {
        auto text = readFile(path);
        if (!text) {
            return tl::unexpected(fileProblem(ResolverError::unreadableFile, path));
        }
        auto file = readZoneFile(*text, zoneNameOfFile(shownPath(path.filename())));
        if (!file) {
            const bool nameless = file.error().code == MasterFileError::noOrigin;
            return tl::unexpected(fileProblem(nameless ? ResolverError::zoneNameUnknown : ResolverError::badZoneFile,
                                              path, file.error().where, file.error().what));
        }
        if (file->records.empty()) {
            return tl::unexpected(fileProblem(ResolverError::badZoneFile, path));
        }
        if (file->zone) {
            sources.zones.push_back({*file->zone, std::move(*text), path});
        } else {
            std::ranges::move(file->records, std::back_inserter(sources.fragments));
        }
    }
    return sources;
}

tl::expected<std::vector<std::string>, Problem<MasterFileError>> trustAnchorLines(std::string_view text) {
    std::vector<std::string> lines;
    MasterFileReader reader(text, DomainName::root());
    while (true) {
        const auto entry = reader.next();
        if (!entry) {
            return tl::unexpected(entry.error());
        }
        if (!*entry) {
            return lines;
        }
        auto line = trustAnchorLine(**entry);
        if (!line) {
            return tl::unexpected(line.error());
        }
        lines.push_back(std::move(*line));
    }
}

tl::expected<std::vector<std::string>, Problem<ResolverError>> readTrustAnchors(const std::filesystem::path& path) {
    const auto text = readFile(path);
    if (!text) {
        return tl::unexpected(fileProblem(ResolverError::unreadableFile, path));
    }
    auto lines = trustAnchorLines(*text);
    if (!lines) {
        return tl::unexpected(
            fileProblem(ResolverError::badTrustAnchor, path, lines.error().where, lines.error().what));
    }
    if (lines->empty()) {
        return tl::unexpected(fileProblem(ResolverError::badTrustAnchor, path));
    }
    return std::move(*lines);
}

} // namespace sealwright
