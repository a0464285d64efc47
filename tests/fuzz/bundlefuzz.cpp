#include "fuzz.h"
#include "mta/bundlecontent.h"
#include "mta/quoting.h"

namespace sealwright {
namespace {

using fuzz::require;

void checkManifest(std::string_view text) {
    const auto paths = pathsInManifest(text);
    require(paths.empty() != text.starts_with(manifestMark));
    std::size_t size = 0;
    for (const std::string& path : paths) {
        require(path.find('"') == std::string::npos);
        size += path.size();
    }
    require(size <= text.size() + std::string_view("manifest.jsoninstall.sh").size());
}

// What sh makes of it (XCU section 2.2.2): in single quotes all but the quote itself is as it stands.
std::string unquoted(std::string_view word) {
    std::string text;
    bool inside = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == '\'') {
            inside = !inside;
        } else if (inside) {
            text += word[i];
        } else {
            require(word[i] == '\\' && i + 1 < word.size());
            text += word[++i];
        }
    }
    require(!inside);
    return text;
}

void checkQuoting(std::string_view text) {
    std::string withoutNul(text);
    std::erase(withoutNul, '\0');
    require(unquoted(shellWord(text)) == withoutNul);
    require(tableWord(text).find_first_of(" \t\r\n:*$%\"'\\;#") == std::string::npos);
    require(tableWord(tableWord(text)) == tableWord(text));
    require(plainText(text).find_first_of("\n\r\x1b\x7f") == std::string::npos);
    const auto isAscii = [](char c) { return c >= ' ' && c <= '~'; };
    require(std::ranges::all_of(jsonText(text), isAscii));
    const std::string manifest = std::string(manifestMark) + "{\"from\": \"" + jsonText(text) + "\"";
    require(pathsInManifest(manifest).size() >= 3);
    require(jsonText(text) != text || pathsInManifest(manifest).at(2) == text);
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = sealwright::fuzz::Input(data, size).rest();
    sealwright::checkManifest(text);
    sealwright::checkQuoting(text);
    return 0;
}
