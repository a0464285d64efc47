#include "dkim/canonicalization.h"

#include <algorithm>

namespace sealwright::dkim {
namespace {

constexpr std::size_t piece = 16'384;

bool isSpace(char c) {
    return c == ' ' || c == '\t';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
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
    buffer_.reserve(piece + 2);
}

void BodyCanonicalizer::add(std::string_view octets) {
    while (!octets.empty()) {
        // Most octets stand for themselves: as many as there are at once.
        const std::string_view plain = octets.substr(0, octets.find_first_of("\r\n \t"));
        if (!plain.empty()) {
            emitPending();
            emit(plain);
            octets.remove_prefix(plain.size());
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
    buffer_ += octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(octets.size(), room)));
    size_ += octets.size();
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
