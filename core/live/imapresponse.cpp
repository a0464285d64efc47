#include "live/imapresponse.h"

#include "base/ascii.h"
#include "live/mailboxname.h"

#include <algorithm>
#include <charconv>

namespace sealwright {
namespace {

constexpr std::size_t mostTokens = 10'000;

// As mail programs and services name the folder, in the languages of their users.
constexpr std::string_view junkNames[] = {"junk",
                                          "spam",
                                          "bulk",
                                          "junk e-mail",
                                          "junk-e-mail",
                                          "junk mail",
                                          "bulk mail",
                                          "junk email",
                                          "spam mail",
                                          "quarantine",
                                          "spamverdacht",
                                          "spam-verdacht",
                                          "spamordner",
                                          "unerwünscht",
                                          "unerwünschte werbung",
                                          "courrier indésirable",
                                          "indésirables",
                                          "pourriel",
                                          "correo no deseado",
                                          "correo basura",
                                          "posta indesiderata",
                                          "lixo eletrônico",
                                          "lixo eletrónico",
                                          "correio eletrónico não solicitado",
                                          "ongewenste e-mail",
                                          "ongewenste reclame",
                                          "skräppost",
                                          "uønsket e-mail",
                                          "uønsket e-post",
                                          "uønsket post",
                                          "søppelpost",
                                          "roskaposti",
                                          "wiadomości-śmieci",
                                          "niechciane",
                                          "nevyžádaná pošta",
                                          "levélszemét",
                                          "gereksiz e-posta",
                                          "Спам",
                                          "спам",
                                          "Нежелательная почта",
                                          "迷惑メール",
                                          "垃圾邮件",
                                          "垃圾郵件",
                                          "스팸",
                                          "스팸메일함"};

using Token = ImapResponse::Token;

template <class Number>
std::optional<Number> numberFrom(std::string_view text) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool isStatus(std::string_view word) {
    constexpr std::string_view words[] = {"OK", "NO", "BAD", "BYE", "PREAUTH"};
    return std::ranges::any_of(words, [word](std::string_view each) { return sameLetters(each, word); });
}

std::string_view takeWord(std::string_view& text) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    return word;
}

/// The text up to the closing quote, which is taken as well; one that is missing stands at the end.
std::string takeQuoted(std::string_view& text) {
    std::string taken;
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1) {
            text.remove_prefix(1);
        }
        taken += text.front();
        text.remove_prefix(1);
    }
    text.remove_prefix(std::min<std::size_t>(1, text.size()));
    return taken;
}

/// Takes the size of a literal off the end of a line (section 4.3): {12}, or {12+}.
std::optional<std::uint32_t> takeLiteralSize(std::string_view& line) {
    const auto brace = line.rfind('{');
    if (brace == std::string_view::npos || !line.ends_with('}')) {
        return std::nullopt;
    }
    std::string_view digits = line.substr(brace + 1, line.size() - brace - 2);
    if (digits.ends_with('+')) {
        digits.remove_suffix(1);
    }
    const auto size = numberFrom<std::uint32_t>(digits);
    if (size) {
        line = line.substr(0, brace);
    }
    return size;
}

} // namespace

bool ImapResponse::add(std::string_view line) {
    dueLiteral_.reset();
    if (tag_.empty() && tokens_.empty()) {
        tag_ = takeWord(line);
        std::string_view rest = line;
        const std::string_view word = takeWord(rest);
        if (tag_ == "+" || isStatus(word)) { // What follows is for people.
            tokens_.push_back({Token::Kind::atom, std::string(word)});
            words_ = rest;
            return true;
        }
    }
    dueLiteral_ = takeLiteralSize(line);
    addTokens(line);
    return tokens_.size() <= mostTokens;
}

void ImapResponse::addTokens(std::string_view text) {
    while (!text.empty() && tokens_.size() <= mostTokens) {
        const char c = text.front();
        if (c == '"') {
            tokens_.push_back({Token::Kind::string, takeQuoted(text)});
        } else if (c == '(' || c == ')') {
            tokens_.push_back({c == '(' ? Token::Kind::open : Token::Kind::close, {}});
            text.remove_prefix(1);
        } else if (c == ' ') {
            text.remove_prefix(1);
        } else {
            const std::string_view atom = text.substr(0, text.find_first_of(" ()\""));
            tokens_.push_back({Token::Kind::atom, std::string(atom)});
            text.remove_prefix(atom.size());
        }
    }
}

void ImapResponse::addLiteral(std::string octets) {
    tokens_.push_back({Token::Kind::string, std::move(octets)});
    dueLiteral_.reset();
}

bool ImapResponse::isA(std::string_view word) const {
    const bool isNumbered = tokens_.size() > 1 && numberFrom<std::uint32_t>(tokens_[0].text);
    const std::size_t at = isNumbered ? 1 : 0;
    return at < tokens_.size() && sameLetters(tokens_[at].text, word);
}

std::optional<ImapFolder> listedFolder(const ImapResponse& response) {
    const auto& tokens = response.tokens();
    if (!response.isA("LIST") || tokens.size() < 2 || tokens[1].kind != Token::Kind::open) {
        return std::nullopt;
    }
    ImapFolder folder;
    std::size_t at = 2;
    for (; at < tokens.size() && tokens[at].kind == Token::Kind::atom; ++at) {
        folder.attributes.push_back(tokens[at].text);
    }
    if (at + 2 >= tokens.size() || tokens[at].kind != Token::Kind::close) {
        return std::nullopt;
    }
    const Token& delimiter = tokens[at + 1];
    folder.delimiter = delimiter.kind == Token::Kind::string ? delimiter.text : std::string(); // else NIL
    folder.name = tokens[at + 2].text;
    return folder.name.empty() ? std::nullopt : std::optional(std::move(folder));
}

bool isForJunk(const ImapFolder& folder) {
    const auto has = [&folder](std::string_view attribute) {
        return std::ranges::any_of(folder.attributes,
                                   [attribute](const auto& each) { return sameLetters(each, attribute); });
    };
    const auto cut = folder.delimiter.empty() ? std::string::npos : folder.name.rfind(folder.delimiter);
    const std::string last =
        decodeMailboxName(folder.name.substr(cut == std::string::npos ? 0 : cut + folder.delimiter.size()));
    const bool isNamedSo = std::ranges::any_of(junkNames, [&last](auto name) { return sameLetters(name, last); });
    return !has("\\Noselect") && !has("\\NonExistent") && (has("\\Junk") || isNamedSo);
}

std::vector<std::uint32_t> foundMessages(const ImapResponse& response) {
    std::vector<std::uint32_t> found;
    for (const Token& token : response.isA("SEARCH") ? response.tokens() : std::vector<Token>()) {
        if (const auto uid = numberFrom<std::uint32_t>(token.text)) {
            found.push_back(*uid);
        }
    }
    return found;
}

std::optional<std::string> fetchedSection(const ImapResponse& response, std::string_view section) {
    const auto& tokens = response.tokens();
    const auto body = std::ranges::find_if(tokens, [section](const Token& token) {
        return token.kind == Token::Kind::atom && sameLetters(token.text, section);
    });
    const bool isThere = response.isA("FETCH") && body != tokens.end() && body + 1 != tokens.end() &&
                         (body + 1)->kind == Token::Kind::string;
    return isThere ? std::optional((body + 1)->text) : std::nullopt;
}

std::optional<std::string> responseCode(const ImapResponse& response, std::string_view name) {
    std::string_view words = response.words();
    const auto end = words.find(']');
    if (!words.starts_with('[') || end == std::string_view::npos) {
        return std::nullopt;
    }
    words = words.substr(1, end - 1);
    const std::string_view code = takeWord(words);
    return sameLetters(code, name) ? std::optional<std::string>(words) : std::nullopt;
}

std::vector<std::string> capabilitiesIn(const ImapResponse& response) {
    std::vector<std::string> names;
    for (const Token& token : response.isA("CAPABILITY") ? response.tokens() : std::vector<Token>()) {
        names.push_back(token.text);
    }
    return names;
}

std::string quotedForImap(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += c == '\r' || c == '\n' || c == '\0' ? '?' : c; // No quoted string can hold these.
    }
    return quoted + '"';
}

} // namespace sealwright
