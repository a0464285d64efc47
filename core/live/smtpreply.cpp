#include "live/smtpreply.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr std::size_t mostLines = 100;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view firstWord(std::string_view text) {
    return text.substr(0, text.find(' '));
}

} // namespace

bool SmtpReply::add(std::string_view line) {
    if (complete_ || texts_.size() == mostLines || line.size() < 3 ||
        !std::ranges::all_of(line.substr(0, 3), isDigit) || line[0] < '2' || line[0] > '5') {
        return false;
    }
    const char separator = line.size() == 3 ? ' ' : line[3];
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if ((separator != ' ' && separator != '-') || (!texts_.empty() && code != code_)) {
        return false;
    }
    code_ = code;
    complete_ = separator == ' ';
    texts_.emplace_back(line.substr(std::min<std::size_t>(4, line.size())));
    return true;
}

std::string ehloName(const SmtpReply& reply) {
    return reply.texts().empty() ? std::string() : std::string(firstWord(reply.texts().front()));
}

bool offers(const SmtpReply& reply, std::string_view keyword) {
    return std::ranges::any_of(reply.texts(), [&](const std::string& text) {
        return &text != &reply.texts().front() && sameLetters(firstWord(text), keyword);
    });
}

} // namespace sealwright
