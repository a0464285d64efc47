#include "zone/masterfile.h"

#include <algorithm>
#include <charconv>

namespace sealwright {

namespace {

using std::chrono::seconds;

constexpr std::string_view blanks = " \t\r\f\v";
constexpr std::int64_t longestTtl = 0x7fffffff; // RFC 2181 section 8

std::string upperCase(std::string_view text) {
    std::string upper(text);
    std::ranges::transform(upper, upper.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return upper;
}

std::int64_t unitSeconds(char unit) {
    switch (unit) {
    case 'S':
        return 1;
    case 'M':
        return 60;
    case 'H':
        return 3600;
    case 'D':
        return 86400;
    case 'W':
        return 604800;
    default:
        return 0;
    }
}

bool isClass(std::string_view text) {
    const std::string upper = upperCase(text);
    return upper == "IN" || upper == "CH" || upper == "HS";
}

auto refused(MasterFileError code, const MasterFileField& field) {
    return tl::unexpected(problem(code, field.text, field.line));
}

} // namespace

std::optional<seconds> parseTtl(std::string_view text) {
    if (text.empty()) {
        return std::nullopt;
    }
    std::int64_t total = 0;
    while (!text.empty()) {
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const std::int64_t unit = text.empty() ? 1 : unitSeconds(upperCase(text.substr(0, 1)).front());
        total += number * unit;
        if (unit == 0 || total > longestTtl) {
            return std::nullopt;
        }
        text.remove_prefix(std::min<std::size_t>(text.size(), 1));
    }
    return seconds(total);
}

MasterFileReader::MasterFileReader(std::string_view text, const std::optional<DomainName>& origin, std::stop_token stop)
    : text_(text), stop_(std::move(stop)) {
    if (text_.starts_with("\xef\xbb\xbf")) { // What Windows editors put before UTF-8.
        skipped_ = 3;
        text_.remove_prefix(skipped_);
    }
    if (origin) {
        origin_ = wireName(origin->isRoot() ? "." : origin->toString() + '.', {}).value_or(std::string{});
    }
}

tl::expected<std::optional<MasterFileEntry>, Problem<MasterFileError>> MasterFileReader::next() {
    while (at_ < text_.size()) {
        if (stop_.stop_requested()) {
            return tl::unexpected(problem(MasterFileError::stopped, {}, line_));
        }
        auto fields = readLine();
        if (!fields) {
            return tl::unexpected(fields.error());
        }
        if (fields->empty()) {
            continue;
        }
        if (!ownerLeftOut_ && !fields->front().quoted && fields->front().text.starts_with('$')) {
            if (auto status = readDirective(*fields); !status) {
                return tl::unexpected(status.error());
            }
            continue;
        }
        return readEntry(std::move(*fields));
    }
    return std::nullopt;
}

tl::expected<MasterFileReader::Fields, Problem<MasterFileError>> MasterFileReader::readLine() {
    Fields fields;
    int depth = 0;
    entryLine_ = line_;
    entryBegin_ = at_;
    entryEnd_ = at_;
    ownerLeftOut_ = blanks.find(text_[at_]) != std::string_view::npos;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c == '\n') {
            ++at_;
            ++line_;
            if (depth == 0) {
                return fields;
            }
        } else if (c == ';') {
            at_ = std::min(text_.find('\n', at_), text_.size());
        } else if (c == '(') {
            ++depth;
            ++at_;
        } else if (c == ')') {
            if (--depth < 0) {
                return tl::unexpected(problem(MasterFileError::strayParenthesis, ")", line_));
            }
            entryEnd_ = ++at_;
        } else if (blanks.find(c) != std::string_view::npos) {
            ++at_;
        } else {
            auto field = readField();
            if (!field) {
                return tl::unexpected(field.error());
            }
            fields.push_back(std::move(*field));
            entryEnd_ = at_;
        }
    }
    if (depth > 0) {
        return tl::unexpected(problem(MasterFileError::openParenthesis, "(", entryLine_));
    }
    return fields;
}

tl::expected<MasterFileField, Problem<MasterFileError>> MasterFileReader::readField() {
    MasterFileField field{.text = {}, .quoted = text_[at_] == '"', .line = line_, .begin = 0};
    const std::string_view ends = field.quoted ? "\"\n" : " \t\r\f\v\n;()\"";
    const std::size_t begin = field.quoted ? ++at_ : at_;
    field.begin = skipped_ + begin;
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) {
        const bool escape = text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n';
        at_ += escape ? 2 : 1;
    }
    field.text = text_.substr(begin, at_ - begin);
    if (field.quoted) {
        if (at_ >= text_.size() || text_[at_] != '"') {
            return refused(MasterFileError::openQuote, field);
        }
        ++at_;
    }
    return field;
}

MasterFileReader::Status MasterFileReader::readDirective(const Fields& fields) {
    const std::string directive = upperCase(fields.front().text);
    if (directive != "$ORIGIN" && directive != "$TTL") {
        return refused(MasterFileError::unsupported, fields.front());
    }
    if (fields.size() != 2) {
        return refused(MasterFileError::badValue, fields.front());
    }
    if (directive == "$TTL") {
        defaultTtl_ = parseTtl(fields[1].text);
        return defaultTtl_ ? Status{} : refused(MasterFileError::badTtl, fields[1]);
    }
    auto origin = wireName(fields[1].text, origin_);
    if (!origin) {
        return refused(origin.error(), fields[1]);
    }
    origin_ = std::move(*origin);
    return {};
}

tl::expected<MasterFileEntry, Problem<MasterFileError>> MasterFileReader::readEntry(Fields fields) {
    std::size_t used = 0;
    if (!ownerLeftOut_) {
        auto owner = wireName(fields.front().text, origin_);
        if (!owner) {
            return refused(owner.error(), fields.front());
        }
        owner_ = std::move(*owner);
        ++used;
    } else if (owner_.empty()) {
        return refused(MasterFileError::noOwner, fields.front());
    }
    std::optional<seconds> ttl;
    for (; used < fields.size(); ++used) {
        const std::string& text = fields[used].text;
        if (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            ttl = parseTtl(text);
            if (!ttl) {
                return refused(MasterFileError::badTtl, fields[used]);
            }
        } else if (!isClass(text)) {
            break;
        }
    }
    if (used == fields.size()) {
        return refused(MasterFileError::noType, fields.back());
    }
    lastTtl_ = ttl.value_or(defaultTtl_.value_or(lastTtl_));
    MasterFileEntry entry{.owner = owner_,
                          .ttl = lastTtl_,
                          .type = upperCase(fields[used].text),
                          .fields = {},
                          .origin = origin_,
                          .line = entryLine_,
                          .begin = skipped_ + entryBegin_,
                          .end = skipped_ + entryEnd_,
                          .namesOwner = !ownerLeftOut_,
                          .namesTtl = ttl.has_value(),
                          .hasDefaultTtl = defaultTtl_.has_value()};
    const auto rest = fields.begin() + static_cast<Fields::difference_type>(used) + 1;
    entry.fields.assign(std::make_move_iterator(rest), std::make_move_iterator(fields.end()));
    return entry;
}

} // namespace sealwright
