#include "takeover/filename.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright::takeover {
namespace {

constexpr std::string_view privateEndings[] = {".private", ".pem", ".key", ".priv", ".der", ".privkey"};
constexpr std::string_view publicEndings[] = {".public", ".pub", ".txt", ".crt", ".cert", ".dns", ".zone"};

// Words of a file's name that say what it is, and are nobody's selector.
constexpr std::string_view plainWords[] = {"private",  "public",   "key",   "keys",  "privkey",
                                           "priv",     "pub",      "rsa",   "pem",   "dkim_private",
                                           "dkimkeys", "opendkim", "exim4", "rspamd"};

template <class Words>
bool hasAny(const Words& words, std::string_view text) {
    return std::ranges::find(words, text) != std::end(words);
}

template <class Endings>
bool endsWithAny(const Endings& endings, std::string_view text) {
    return std::ranges::any_of(endings, [text](std::string_view ending) { return text.ends_with(ending); });
}

std::string stemOf(std::string_view name) {
    std::string stem = lowered(name);
    const auto cut = [&stem](std::string_view ending) {
        const bool fits = stem.ends_with(ending) && stem.size() > ending.size();
        stem.resize(stem.size() - (fits ? ending.size() : 0));
        return fits;
    };
    while (std::ranges::any_of(privateEndings, cut) || std::ranges::any_of(publicEndings, cut)) {
    }
    return stem;
}

bool isSeparator(char c) {
    return c == '.' || c == '-' || c == '_';
}

// What is left of a name that has the domain in front or behind; nothing where it has it nowhere.
std::optional<std::string_view> besides(std::string_view stem, std::string_view domain) {
    if (stem == domain) {
        return std::string_view();
    }
    if (stem.size() < domain.size() + 2) {
        return std::nullopt;
    }
    if (stem.starts_with(domain) && isSeparator(stem[domain.size()])) {
        return stem.substr(domain.size() + 1);
    }
    const std::size_t rest = stem.size() - domain.size() - 1;
    return stem.ends_with(domain) && isSeparator(stem[rest]) ? std::optional(stem.substr(0, rest)) : std::nullopt;
}

std::optional<Selector> selectorIn(std::string_view word) {
    constexpr std::string_view mark = "_domainkey";
    if (word.ends_with(mark)) {
        word.remove_suffix(mark.size());
        word = word.substr(0, word.find_last_not_of('.') + 1);
    }
    const auto selector = Selector::parse(word);
    return selector && !hasAny(plainWords, word) ? std::optional(*selector) : std::nullopt;
}

// The domain behind "._domainkey.", or the whole name as one.
std::optional<DomainName> domainIn(std::string_view word) {
    constexpr std::string_view mark = "._domainkey.";
    const std::size_t at = word.find(mark);
    const auto domain = DomainName::parse(at == std::string_view::npos ? word : word.substr(at + mark.size()));
    return domain ? std::optional(*domain) : std::nullopt;
}

} // namespace

FileName readFileName(std::string_view path, std::string_view top, const DomainName& domain) {
    FileName read;
    const std::size_t slash = path.rfind('/');
    const std::string stem = stemOf(path.substr(slash == std::string_view::npos ? 0 : slash + 1));
    auto rest = besides(stem, domain.toString());
    if (!rest) {
        rest = besides(stem, domain.toUnicode());
    }
    read.namesOurs = rest.has_value();
    std::string_view folders = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    while (!folders.empty()) { // the nearest first
        const std::size_t at = folders.rfind('/');
        const std::string_view folder = folders.substr(at == std::string_view::npos ? 0 : at + 1);
        if (const auto named = domainIn(folder)) {
            if (!read.namesOurs && !read.other) {
                read.namesOurs = *named == domain;
                read.other = read.namesOurs ? std::nullopt : named;
            }
        } else if (const auto selector = selectorIn(lowered(folder))) {
            read.folders.push_back(*selector);
        }
        folders = folders.substr(0, at == std::string_view::npos ? 0 : at);
    }
    // The folder that was copied may be called like the server it is from: that says nothing of its keys.
    if (const auto named = domainIn(top)) {
        read.namesOurs = read.namesOurs || (!read.other && *named == domain);
    } else if (const auto selector = selectorIn(lowered(top))) {
        read.folders.push_back(*selector);
    }
    if (!read.namesOurs && !read.other) {
        const auto named = domainIn(stem);
        read.namesOurs = named == domain; // written in another form
        read.other = read.namesOurs ? std::nullopt : named;
    }
    read.selector = selectorIn(rest ? *rest : std::string_view(stem));
    return read;
}

bool isCalledPublic(std::string_view path) {
    return endsWithAny(publicEndings, lowered(path));
}

bool isCalledPrivate(std::string_view path) {
    return endsWithAny(privateEndings, lowered(path));
}

} // namespace sealwright::takeover
