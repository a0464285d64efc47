#include "lint/eximconfiguration.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr std::size_t longestValue = 16'384; // exim's own limit for a line of its configuration
constexpr int deepestMacro = 8;

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool isWordCharacter(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool isCapital(char c) {
    return c >= 'A' && c <= 'Z';
}

// The split configuration has a folder for each section.
std::string_view sectionOf(std::string_view path) {
    for (const std::string_view section : {"router", "transport"}) {
        if (contains(path, std::string("conf.d/").append(section).append("/"))) {
            return section;
        }
    }
    return {};
}

bool definesMacros(const ServerFile& file) {
    return contains(file.name, "exim4.conf.localmacros") || contains(file.name, "conf.d/main/");
}

class Reader {
public:
    explicit Reader(EximConfiguration& configuration) : read_(configuration) {}

    void read(const ServerFile& file, std::size_t index) {
        const std::vector<Setting> settings = eximSettings(file.text, index);
        auto next = settings.begin();
        conditions_.clear();
        enter(sectionOf(file.name));
        // A transport alone, as people paste it, has no "begin" before it.
        isPiece_ = !contains(file.name, "conf.d/") && !contains("\n" + file.text, "\nbegin ");
        std::size_t number = 0;
        for (std::size_t begin = 0; begin < file.text.size(); ++number) {
            const std::size_t end = std::min(file.text.find('\n', begin), file.text.size());
            readLine(trimmed(std::string_view(file.text).substr(begin, end - begin)));
            while (next != settings.end() && next->line == number + 1) {
                take(*next++);
            }
            begin = end + 1;
        }
    }

private:
    struct Condition {
        bool holds; ///< What stands here is read.
        bool done;  ///< A branch was taken already.
    };

    [[nodiscard]] bool isActive() const {
        return std::ranges::all_of(conditions_, [](const Condition& each) { return each.holds; });
    }

    // exim: "true if any macro is replaced in the rest of the line".
    [[nodiscard]] bool anyDefined(std::string_view words) const {
        return std::ranges::any_of(wordsOf(words, " \t"),
                                   [this](std::string_view word) { return read_.macros.contains(word); });
    }

    void enter(std::string_view section) {
        transports_ = section.starts_with("transport");
        routers_ = section.starts_with("router");
        inDriver_ = false;
        read_.hasRouters = read_.hasRouters || routers_;
    }

    void begin(bool transport, std::string_view name) {
        inDriver_ = true;
        read_.drivers.push_back({transport, std::string(name), {}});
    }

    void readLine(std::string_view line) {
        if (line.starts_with(".if")) {
            const bool negated = line.starts_with(".ifn");
            const bool holds = anyDefined(line.substr(std::min(line.find_first_of(" \t"), line.size()))) != negated;
            conditions_.push_back({holds, holds});
        } else if (line.starts_with(".el") && !conditions_.empty()) {
            Condition& last = conditions_.back();
            const bool more = line.starts_with(".elif");
            last.holds =
                !last.done && (!more || anyDefined(line.substr(std::min(line.find_first_of(" \t"), line.size()))) !=
                                            line.starts_with(".elifn"));
            last.done = last.done || last.holds;
        } else if (line.starts_with(".endif") && !conditions_.empty()) {
            conditions_.pop_back();
        } else if (isActive()) {
            readHeading(line);
        }
    }

    // `begin transports`, `NAME:`, or as "exim -bP transports" has it, `NAME transport:`.
    void readHeading(std::string_view line) {
        if (line.starts_with("begin ")) {
            enter(trimmed(line.substr(6)));
        } else if (line.ends_with(" transport:") || line.ends_with(" router:")) {
            begin(line.ends_with(" transport:"), line.substr(0, line.find(' ')));
        } else if (line.size() > 1 && line.ends_with(':') && (transports_ || routers_ || isPiece_) &&
                   std::ranges::all_of(line.substr(0, line.size() - 1), isWordCharacter)) {
            begin(!routers_, line.substr(0, line.size() - 1));
        }
    }

    void take(const Setting& setting) {
        if (!isActive()) {
            return;
        }
        const bool loose = isPiece_ && !inDriver_ && setting.text.find_first_of(" \t") == 0;
        if (loose && setting.name.starts_with("dkim_")) {
            begin(true, {}); // its middle alone
        }
        if (isCapital(setting.name.front())) {
            read_.definitions.push_back(setting);
            read_.macros[setting.name] = setting.value;
        } else if (inDriver_) {
            read_.drivers.back().settings.push_back(setting);
        }
    }

    EximConfiguration& read_;
    std::vector<Condition> conditions_;
    bool transports_ = false;
    bool routers_ = false;
    bool inDriver_ = false;
    bool isPiece_ = false;
};

} // namespace

std::string unquoted(std::string value) {
    std::erase_if(value, [](char c) { return c == '\'' || c == '"'; });
    return value;
}

const Setting* Driver::find(std::string_view option) const {
    const auto found =
        std::find_if(settings.rbegin(), settings.rend(), [option](const Setting& each) { return each.name == option; });
    return found == settings.rend() || found->value.empty() ? nullptr : &*found;
}

bool Driver::is(std::string_view driver) const {
    const Setting* setting = find("driver");
    return setting != nullptr && setting->value == driver;
}

std::string EximConfiguration::expanded(std::string_view value) const {
    std::string text(value);
    for (int depth = 0; depth < deepestMacro; ++depth) {
        std::string next;
        bool changed = false;
        for (std::size_t at = 0; at < text.size() && next.size() <= longestValue;) {
            const std::size_t end = static_cast<std::size_t>(
                std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isWordCharacter) -
                text.begin());
            const std::string_view word = std::string_view(text).substr(at, end - at);
            const auto macro = word.empty() || !isCapital(word.front()) ? macros.end() : macros.find(word);
            if (macro != macros.end() && macro->second != word) {
                next += macro->second;
                changed = true;
            } else {
                next += word.empty() ? std::string_view(text).substr(at, 1) : word;
            }
            at = word.empty() ? at + 1 : end;
        }
        if (!changed || next.size() > longestValue) {
            break;
        }
        text = std::move(next);
    }
    return text;
}

bool EximConfiguration::isUsed(const Driver& transport) const {
    return !hasRouters || std::ranges::any_of(drivers, [&](const Driver& router) {
        const Setting* used = router.isTransport ? nullptr : router.find("transport");
        return used != nullptr && contains(expanded(used->value), transport.name);
    });
}

bool EximConfiguration::knowsUse() const {
    return std::ranges::any_of(
        drivers, [](const Driver& each) { return !each.isTransport && each.find("transport") != nullptr; });
}

std::vector<bool> readByExim(const Files& files) {
    const auto baseName = [](const ServerFile& file) {
        return std::string_view(file.name).substr(file.name.rfind('/') + 1);
    };
    const bool own = std::ranges::find(files.all, "exim4.conf", baseName) != files.all.end();
    const std::vector<Setting>& debian = files.settings(FileKind::eximDebian);
    const Setting* split = lastOf(debian, "dc_use_split_config");
    std::vector<bool> read;
    for (const ServerFile& file : files.all) {
        const std::string_view name = baseName(file);
        const bool piece = contains(file.name, "conf.d/");
        const bool monolithic = name == "exim4.conf.template" || name == "exim4.conf.localmacros";
        const bool other = split != nullptr && (unquoted(split->value) == "true" ? monolithic : piece);
        read.push_back(!other && !(own && (piece || monolithic)));
    }
    return read;
}

EximConfiguration readExim(const Files& files) {
    EximConfiguration configuration;
    const std::vector<Setting>& debian = files.settings(FileKind::eximDebian);
    if (const Setting* type = lastOf(debian, "dc_eximconfig_configtype")) {
        configuration.macros["DCconfig_" + unquoted(type->value)] = "1"; // update-exim4.conf(8) defines it
    }
    Reader reader(configuration);
    const std::vector<bool> counts = readByExim(files);
    for (const bool first : {true, false}) {
        for (std::size_t i = 0; i < files.all.size(); ++i) {
            if (files.kinds[i] == FileKind::exim && definesMacros(files.all[i]) == first && counts[i]) {
                reader.read(files.all[i], i);
            }
        }
    }
    return configuration;
}

} // namespace sealwright::lint
