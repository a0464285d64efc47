#include "message/cursor.h"

namespace sealwright::message {
namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

bool Cursor::take(char c) {
    if (atEnd() || text_[at_] != c) {
        return false;
    }
    ++at_;
    return true;
}

void Cursor::skip(std::vector<std::string>* comments) {
    while (!atEnd() && (isSpace(peek()) || peek() == '(')) {
        if (isSpace(peek())) {
            ++at_;
            continue;
        }
        std::string text = comment();
        if (comments != nullptr) {
            comments->push_back(std::move(text));
        }
    }
}

std::string Cursor::word(std::string_view ends) {
    if (peek() == '"') {
        return quoted();
    }
    const std::size_t begin = at_;
    while (!atEnd() && !isSpace(peek()) && peek() != '(' && ends.find(peek()) == std::string_view::npos) {
        ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
}

std::string_view Cursor::until(std::string_view ends) {
    const std::size_t begin = at_;
    while (!atEnd() && ends.find(peek()) == std::string_view::npos) {
        if (peek() == '(') {
            comment();
        } else if (peek() == '"') {
            quoted();
        } else {
            ++at_;
        }
    }
    return text_.substr(begin, at_ - begin);
}

// Comments may stand in comments; one that is not closed goes to the end.
std::string Cursor::comment() {
    std::string text;
    int depth = 0;
    while (!atEnd()) {
        const char c = text_[at_++];
        if (c == '\\' && !atEnd()) {
            text += text_[at_++];
            continue;
        }
        if (c == '(' && depth++ == 0) {
            continue;
        }
        if (c == ')' && --depth == 0) {
            break;
        }
        text += c;
    }
    return text;
}

std::string Cursor::quoted() {
    std::string text;
    ++at_;
    while (!atEnd()) {
        const char c = text_[at_++];
        if (c == '"') {
            break;
        }
        text += c == '\\' && !atEnd() ? text_[at_++] : c;
    }
    return text;
}

} // namespace sealwright::message
