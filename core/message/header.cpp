#include "message/header.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright::message {
namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t';
}

// Section 3.6.8: printable ASCII without the colon.
bool isFieldName(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
}

/// Takes line after line, ended by LF or CRLF.
class Lines {
public:
    explicit Lines(std::string_view text) : text_(text) {}

    [[nodiscard]] bool atEnd() const { return at_ == text_.size(); }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] LineEndings endings() const {
        return !bare_ ? LineEndings::crlf : whole_ ? LineEndings::mixed : LineEndings::lf;
    }

    std::string_view next() {
        const std::size_t end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_, end - at_);
        at_ = std::min(end + 1, text_.size());
        if (end == text_.size()) {
            return line;
        }
        const bool whole = line.ends_with('\r');
        (whole ? whole_ : bare_) = true;
        line.remove_suffix(whole ? 1 : 0);
        return line;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    bool whole_ = false;
    bool bare_ = false;
};

} // namespace

std::string_view HeaderField::value() const {
    const std::string_view text = raw;
    return text.substr(std::min(text.find(':'), text.size() - 1) + 1);
}

bool HeaderField::isNamed(std::string_view other) const {
    return sameLetters(name, other);
}

Header Header::parse(std::string_view message) {
    Header header;
    Lines lines(message);
    header.bodyBegin = message.size();
    while (!lines.atEnd()) {
        const std::string_view line = lines.next();
        if (line.empty()) {
            header.bodyBegin = lines.at();
            break;
        }
        if (isSpace(line.front())) { // section 2.2.3: folded
            if (!header.fields.empty()) {
                header.fields.back().raw.append("\r\n").append(line);
            }
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) {
            continue;
        }
        std::string_view name = line.substr(0, colon);
        while (!name.empty() && isSpace(name.back())) {
            name.remove_suffix(1);
        }
        if (isFieldName(name)) { // An mbox's "From " line has a colon as well.
            header.fields.push_back({std::string(name), std::string(line)});
        }
    }
    header.lineEndings = lines.endings();
    return header;
}

} // namespace sealwright::message
