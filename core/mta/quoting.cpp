#include "mta/quoting.h"

#include <cstdio>

namespace sealwright {

namespace {

bool isNameOctet(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

} // namespace

std::string tableWord(std::string_view text) {
    std::string word;
    for (const char c : text) {
        // An empty label has no place in a name, and ".." has none in a path.
        const bool emptyLabel = c == '.' && (word.empty() || word.back() == '.');
        word += isNameOctet(c) && !emptyLabel ? c : '_';
    }
    return word.empty() ? "_" : word;
}

std::string shellWord(std::string_view text) {
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'') {
            word += "'\\''";
        } else if (c != '\0') {
            word += c;
        }
    }
    return word + "'";
}

std::string jsonText(std::string_view text) {
    std::string json;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (isControl(c) || static_cast<unsigned char>(c) > 0x7e) {
            char escaped[7];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            json += escaped;
        } else {
            json += c;
        }
    }
    return json;
}

std::string plainText(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        plain += isControl(c) ? '?' : c;
    }
    return plain;
}

} // namespace sealwright
