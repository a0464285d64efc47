#include "message/source.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <istream>
#include <utility>

namespace sealwright::message {
namespace {

constexpr std::size_t longestHeader = 4'194'304;
constexpr std::size_t longestLine = 65'536;   ///< A longer one goes on in pieces.
constexpr std::size_t farthestBegin = 65'536; ///< Text before the header.
constexpr std::string_view mboxLine = "From ";
constexpr std::size_t longestMboxLine = 1000;

std::optional<SourceError> foreignKind(std::string_view head) {
    constexpr std::pair<std::string_view, SourceError> kinds[] = {{"\xD0\xCF\x11\xE0", SourceError::outlookFile},
                                                                  {"PK\x03\x04", SourceError::archive},
                                                                  {"\x1F\x8B", SourceError::archive},
                                                                  {"%PDF", SourceError::pdf},
                                                                  {"\xFF\xFE", SourceError::wideText},
                                                                  {"\xFE\xFF", SourceError::wideText}};
    const auto* const kind =
        std::ranges::find_if(kinds, [&](const auto& each) { return head.starts_with(each.first); });
    if (kind != std::end(kinds)) {
        return kind->second;
    }
    head.remove_prefix(std::min(head.find_first_not_of("\xEF\xBB\xBF \t\r\n"), head.size()));
    const bool isPage = std::ranges::any_of(std::array<std::string_view, 3>{"<!", "<?xml", "<html"}, [&](auto begin) {
        return sameLetters(head.substr(0, begin.size()), begin);
    });
    return isPage ? std::optional(SourceError::webPage) : std::nullopt;
}

// A field that mail servers put on top: where one begins a block, that is the header.
bool isTraceLine(std::string_view line) {
    constexpr std::string_view names[] = {
        "Delivered-To:",  "Return-Path:", "Envelope-To:",    "Delivery-Date:",          "Received:",
        "X-Original-To:", "ARC-Seal:",    "DKIM-Signature:", "Authentication-Results:", "MIME-Version:"};
    return std::ranges::any_of(names,
                               [&](std::string_view name) { return sameLetters(line.substr(0, name.size()), name); });
}

// Behind the empty line that ends the block which begins at `from`; npos where there is none.
std::size_t behindBlock(std::string_view text, std::size_t from) {
    for (auto at = text.find('\n', from); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.starts_with('\n') || rest.starts_with("\r\n")) {
            return at + 1 + (rest.starts_with('\n') ? 1 : 2);
        }
    }
    return std::string_view::npos;
}

// Calls `is` with what begins at each line, and returns where it first held; the size where it never did.
std::size_t firstLine(std::string_view text, std::size_t from, bool (*is)(std::string_view)) {
    for (std::size_t at = from; at < std::min(text.size(), farthestBegin);) {
        if (is(text.substr(at))) {
            return at;
        }
        const std::size_t end = text.find('\n', at);
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    return text.size();
}

bool isFieldLine(std::string_view text) {
    return text.starts_with(mboxLine) || !Header::parse(text.substr(0, text.find('\n'))).fields.empty();
}

// Digits, and a colon at each `:`.
bool looksLike(std::string_view pattern, std::string_view word) {
    return std::ranges::equal(pattern, word.substr(0, pattern.size()),
                              [](char wanted, char c) { return wanted == ':' ? c == ':' : c >= '0' && c <= '9'; });
}

// `From joe@example.org Fri Nov 27 17:00:00 2026`: with a time and a year, or it is a line of the mail.
bool isMboxLine(std::string_view line) {
    if (!line.starts_with(mboxLine)) {
        return false;
    }
    line = line.substr(0, std::min(line.find_first_of("\r\n"), longestMboxLine));
    bool hasTime = false;
    bool hasYear = false;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        const std::string_view word = line.substr(at, end - at);
        hasTime = hasTime || looksLike("00:00", word);
        hasYear = hasYear || (word.size() == 4 && looksLike("0000", word));
        at = end + 1;
    }
    return hasTime && hasYear;
}

// The first line of the fields that stand right above `at`.
std::size_t topOfBlock(std::string_view text, std::size_t begin, std::size_t at) {
    std::size_t top = at;
    while (at > begin) {
        const std::size_t newline = at < 2 ? std::string_view::npos : text.rfind('\n', at - 2);
        at = newline == std::string_view::npos ? begin : std::max(begin, newline + 1);
        const std::string_view line = text.substr(at);
        if (isFieldLine(line)) {
            top = at;
        } else if (!line.starts_with(' ') && !line.starts_with('\t')) {
            break;
        }
    }
    return top;
}

// Where the header begins. What is copied from a web mail's page may have a title and a table of some fields above the
// source: then one of those fields that mail servers put on top is looked for.
std::size_t beginOfHeader(std::string_view head) {
    const std::size_t mark = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const std::size_t begin = std::min(head.find_first_not_of("\r\n", mark), head.size());
    if (isFieldLine(head.substr(begin))) {
        return begin;
    }
    const std::size_t trace = firstLine(head, begin, isTraceLine);
    return trace < head.size() ? topOfBlock(head, begin, trace)
                               : std::min(firstLine(head, begin, isFieldLine), head.size());
}

} // namespace

Source::Source(Sink sink, Reading reading) : sink_(std::move(sink)), reading_(reading) {}

void Source::add(std::string_view octets) {
    tail_.append(octets.substr(octets.size() - std::min<std::size_t>(octets.size(), 8)));
    tail_.erase(0, tail_.size() - std::min<std::size_t>(tail_.size(), 8));
    if (problem_ || done_) {
        return;
    }
    if (begun_) {
        addBody(octets);
        return;
    }
    const std::size_t seam = head_.size() - std::min<std::size_t>(head_.size(), 3);
    head_.append(octets);
    headIsWhole_ = headIsWhole_ || behindBlock(head_, seam) != std::string_view::npos;
    if (headIsWhole_ && head_.size() >= farthestBegin) {
        begin();
    } else if (head_.size() > longestHeader) {
        problem_ = problem(SourceError::headerTooLong);
    }
}

void readAll(std::istream& input, std::span<Source* const> sources, const std::stop_token& stop) {
    std::array<char, 65'536> piece{};
    while (input && !stop.stop_requested()) {
        input.read(piece.data(), piece.size());
        for (Source* source : sources) {
            source->add({piece.data(), static_cast<std::size_t>(input.gcount())});
        }
    }
}

// The head is whole, or all there is.
void Source::begin() {
    begun_ = true;
    if (const auto kind = foreignKind(head_)) {
        problem_ = problem(*kind);
        return;
    }
    std::string_view head = head_;
    const std::size_t start = beginOfHeader(head);
    if (head.substr(0, start).find_first_not_of("\r\n\xEF\xBB\xBF") != std::string_view::npos) {
        forms_.push_back(SourceForm::textBefore);
    }
    head.remove_prefix(start);
    if (head.starts_with(mboxLine)) {
        mbox_ = true;
        forms_.push_back(SourceForm::mboxEntry);
        head.remove_prefix(std::min(head.find('\n'), head.size() - 1) + 1);
    }
    Header header = Header::parse(head);
    if (header.fields.empty()) {
        problem_ = problem(SourceError::noHeader);
        return;
    }
    if (header.lineEndings != LineEndings::crlf) {
        forms_.push_back(header.lineEndings == LineEndings::lf ? SourceForm::bareLineFeeds
                                                               : SourceForm::mixedLineEndings);
    }
    if (behindBlock(head, 0) == std::string_view::npos) {
        forms_.push_back(SourceForm::noBody);
    }
    const std::string body(head.substr(header.bodyBegin));
    sink_.header(std::move(header));
    head_ = {};
    addBody(body);
}

void Source::addBody(std::string_view octets) {
    if (!mbox_ && reading_ != Reading::dotsStuffed) {
        sink_.body(octets);
    } else {
        addLines(octets);
    }
}

void Source::addLines(std::string_view octets) {
    while (!octets.empty() && !done_) {
        const std::size_t end = octets.find('\n');
        line_.append(octets.substr(0, end == std::string_view::npos ? end : end + 1));
        octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
        if (end != std::string_view::npos || line_.size() > longestLine) {
            addLine(line_);
            line_.clear();
        }
    }
    sink_.body(unquoted_);
    unquoted_.clear();
}

void Source::addLine(std::string_view line) {
    const auto note = [this](SourceForm form) {
        if (std::ranges::find(forms_, form) == forms_.end()) {
            forms_.push_back(form);
        }
    };
    if (std::exchange(midLine_, !line.ends_with('\n'))) { // What comes next goes on with this line.
        unquoted_.append(line);
        return;
    }
    if (reading_ == Reading::dotsStuffed && line.starts_with('.')) {
        note(SourceForm::dotStuffed);
        line.remove_prefix(1);
        done_ = line == "\n" || line == "\r\n" || line.empty();
    }
    if (mbox_ && afterEmptyLine_ && isMboxLine(line)) {
        note(SourceForm::furtherMessages);
        done_ = true;
    }
    if (done_) {
        return;
    }
    if (const auto quotes = line.find_first_not_of('>'); mbox_ && reading_ != Reading::quotesKept &&
                                                         quotes != std::string_view::npos && quotes > 0 &&
                                                         line.substr(quotes).starts_with(mboxLine)) {
        note(SourceForm::mboxQuoting);
        line.remove_prefix(1);
    }
    afterEmptyLine_ = line == "\n" || line == "\r\n";
    unquoted_.append(line);
}

tl::expected<std::vector<SourceForm>, Problem<SourceError>> Source::finish() {
    if (!begun_ && !problem_) {
        if (head_.find_first_not_of(" \t\r\n") == std::string::npos) {
            problem_ = problem(SourceError::empty);
        } else {
            begin();
        }
    }
    if (problem_) {
        return tl::unexpected(*problem_);
    }
    if (!line_.empty() && !done_) {
        addLine(std::exchange(line_, {}));
        sink_.body(std::exchange(unquoted_, {}));
    }
    return forms_;
}

bool Source::endsWithDot() const {
    return tail_.ends_with("\n.\r\n") || tail_.ends_with("\n.\n");
}

std::string_view toString(SourceForm form) {
    switch (form) {
    case SourceForm::textBefore:
        return "text-before";
    case SourceForm::mboxEntry:
        return "mbox-entry";
    case SourceForm::mboxQuoting:
        return "mbox-quoting";
    case SourceForm::furtherMessages:
        return "further-messages";
    case SourceForm::bareLineFeeds:
        return "bare-line-feeds";
    case SourceForm::mixedLineEndings:
        return "mixed-line-endings";
    case SourceForm::dotStuffed:
        return "dot-stuffed";
    case SourceForm::noBody:
        return "no-body";
    }
    return {};
}

} // namespace sealwright::message
