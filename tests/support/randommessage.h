#pragma once

#include <random>
#include <string>
#include <string_view>

namespace sealwright::test {

// Mails of all sorts, the same in every run: folded fields, white space where it hurts, empty lines, 8-bit, no body.
inline std::string randomMessage(std::mt19937& random) {
    constexpr std::string_view pieces[] = {"word",     " ",  "\t",       "  ",  "\r\n",
                                           "\r\n\r\n", "..", "\xC3\xBC", "=20", "a:b;"};
    std::string message = "From: Joe <joe@example.org>\r\nTo: a@example.net,\r\n\tb@example.net\r\nSubject:";
    for (auto words = random() % 6; words > 0; --words) {
        message += random() % 3 == 0 ? "\r\n  folded " : " word \t";
    }
    message += "x\r\n\r\n";
    for (auto count = random() % 40; count > 0; --count) {
        message += pieces[random() % std::size(pieces)];
    }
    // Not every file ends with a line end. White space without one behind it is read differently: by RFC 6376 section
    // 3.4.4 it goes, as at the end of any line; dkimpy keeps one blank. It can't have come by SMTP.
    const bool open = random() % 2 == 0 && message.back() != ' ' && message.back() != '\t';
    return open ? message : message + "\r\n";
}

} // namespace sealwright::test
