#include "dkim/canonicalization.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>

namespace sealwright::dkim {
namespace {

constexpr std::size_t piece = 16'384;

bool isSpace(char c) {
    return c == ' ' || c == '\t';
}

// Relaxed, an octet that weighs 2 with the next one begins something that is changed or needs to be looked at: a tab or
// a line end by itself, a blank before white space. No branch for each word: they are what it would cost.
constexpr auto weights = [] {
    std::array<std::uint8_t, 256> all{};
    all['\r'] = all['\n'] = all['\t'] = 2;
    all[' '] = 1;
    return all;
}();
constexpr auto weightsOfNext = [] {
    std::array<std::uint8_t, 256> all{};
    all['\r'] = all['\n'] = all['\t'] = all[' '] = 1;
    return all;
}();

std::size_t weight(char c) {
    return weights[static_cast<unsigned char>(c)];
}

std::size_t weightOfNext(char c) {
    return weightsOfNext[static_cast<unsigned char>(c)];
}

bool isPlain(char c, Canonicalization canonicalization) {
    return canonicalization == Canonicalization::simple ? c != '\r' && c != '\n' : weight(c) == 0;
}

// Where the text ends that stands for itself: before the line end at the latest, and before what may become one.
std::size_t endOfText(std::string_view octets, std::size_t at, Canonicalization canonicalization) {
    if (canonicalization == Canonicalization::simple) {
        const std::size_t end = std::min(octets.find('\n', at), octets.size());
        return end > at && octets[end - 1] == '\r' ? end - 1 : end;
    }
    while (at + 1 < octets.size() && weight(octets[at]) + weightOfNext(octets[at + 1]) < 2) {
        ++at;
    }
    return at + 1 == octets.size() && weight(octets[at]) == 0 ? at + 1 : at;
}

// How many octets at the beginning are canonical already, whatever follows: text, and line ends between text and text.
std::size_t canonicalPrefix(std::string_view octets, Canonicalization canonicalization) {
    std::size_t at = 0;
    while (at < octets.size() && isPlain(octets[at], canonicalization)) {
        at = endOfText(octets, at, canonicalization);
        const std::string_view rest = octets.substr(at);
        if (rest.size() < 3 || !rest.starts_with("\r\n") || !isPlain(rest[2], canonicalization)) {
            break;
        }
        at += 2;
    }
    return at;
}

} // namespace

std::string canonicalField(const message::HeaderField& field, Canonicalization canonicalization) {
    if (canonicalization == Canonicalization::simple) {
        return field.raw;
    }
    std::string text;
    std::ranges::transform(field.name, std::back_inserter(text), lower);
    text += ':';
    const std::size_t begin = text.size();
    bool space = false;
    for (const char c : field.value()) {
        if (c == '\r' || c == '\n') {
            continue; // unfolded
        }
        if (isSpace(c)) {
            space = true;
            continue;
        }
        if (space && text.size() > begin) {
            text += ' ';
        }
        space = false;
        text += c;
    }
    return text;
}

BodyCanonicalizer::BodyCanonicalizer(Canonicalization canonicalization, std::optional<std::uint64_t> limit, Sink sink)
    : canonicalization_(canonicalization), limit_(limit), sink_(std::move(sink)) {
    buffer_.reserve(2 * piece);
}

void BodyCanonicalizer::add(std::string_view octets) {
    while (!octets.empty()) {
        // Most octets stand for themselves: as many as there are at once.
        const std::string_view canonical = octets.substr(0, canonicalPrefix(octets, canonicalization_));
        if (!canonical.empty()) {
            emitPending();
            emit(canonical);
            octets.remove_prefix(canonical.size());
        } else {
            addOctet(octets.front());
            octets.remove_prefix(1);
        }
    }
}

void BodyCanonicalizer::addOctet(char octet) {
    if (octet == '\n') {
        carriageReturn_ = false;
        space_ = false;
        ++lineEnds_;
    } else if (octet == '\r') {
        emitReturn();
        carriageReturn_ = true;
    } else if (canonicalization_ == Canonicalization::relaxed) {
        emitReturn();
        space_ = true;
    } else {
        emitPending();
        emit({&octet, 1});
    }
}

// A carriage return that no line feed follows is an octet like others.
void BodyCanonicalizer::emitReturn() {
    if (carriageReturn_) {
        emitPending();
    }
}

void BodyCanonicalizer::emitPending() {
    for (; lineEnds_ > 0; --lineEnds_) {
        emit("\r\n");
    }
    if (space_) {
        emit(" ");
        space_ = false;
    }
    if (carriageReturn_) {
        emit("\r");
        carriageReturn_ = false;
    }
}

// Both ways leave one line end behind the last line that is not empty; an empty body becomes one line end (simple) or
// nothing (relaxed).
void BodyCanonicalizer::finish() {
    emitReturn();
    lineEnds_ = 0;
    space_ = false;
    if (size_ > 0 || canonicalization_ == Canonicalization::simple) {
        emit("\r\n");
    }
    flush();
}

void BodyCanonicalizer::emit(std::string_view octets) {
    const std::uint64_t room = limit_ && *limit_ < size_ ? 0 : limit_.value_or(UINT64_MAX) - size_;
    size_ += octets.size();
    octets = octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), room)));
    if (octets.size() >= piece) { // There is nothing to gather.
        flush();
        sink_(octets);
        return;
    }
    buffer_ += octets;
    if (buffer_.size() >= piece) {
        flush();
    }
}

void BodyCanonicalizer::flush() {
    if (!buffer_.empty()) {
        sink_(buffer_);
        buffer_.clear();
    }
}

} // namespace sealwright::dkim
