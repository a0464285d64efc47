#include "message/received.h"

#include "base/ascii.h"
#include "message/cursor.h"
#include "message/date.h"

#include <algorithm>

namespace sealwright::message {
namespace {

constexpr int mostHops = 100;

/// `from`, `by`, … with what stands behind it.
struct Clause {
    std::string name;
    std::vector<std::string> words;
    std::vector<std::string> comments;
};

bool isClauseName(std::string_view word) {
    constexpr std::string_view names[] = {"from", "by", "with", "id", "for", "via"};
    return std::ranges::find(names, word) != std::end(names);
}

std::vector<Clause> clausesOf(Cursor& cursor) {
    std::vector<Clause> clauses;
    std::vector<std::string> before;
    while (true) {
        cursor.skip(clauses.empty() ? &before : &clauses.back().comments);
        if (cursor.atEnd() || cursor.take(';')) {
            return clauses;
        }
        std::string word = cursor.word(";");
        if (isClauseName(lowered(word))) {
            clauses.push_back({lowered(word), {}, {}});
        } else if (!clauses.empty()) {
            clauses.back().words.push_back(std::move(word));
        }
    }
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text) {
        if (std::string_view(" \t\r\n(),").find(c) == std::string_view::npos) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

// `[192.0.2.1]`, `[IPv6:2001:db8::1]`, `192.0.2.1`
std::optional<IpAddress> addressIn(std::string_view word) {
    const auto open = word.find('[');
    const auto close = word.find(']', std::min(open, word.size() - 1));
    if (open != std::string_view::npos && close != std::string_view::npos) {
        word = word.substr(open + 1, close - open - 1);
    }
    if (sameLetters(word.substr(0, 5), "IPv6:")) {
        word.remove_prefix(5);
    }
    const auto address = IpAddress::parse(word);
    return address ? std::optional(address->unmapped()) : std::nullopt;
}

bool isHostName(std::string_view word) {
    return word.find('.') != std::string_view::npos && word.find_first_of("[]=@:") == std::string_view::npos &&
           !addressIn(word);
}

std::string withoutDot(std::string name) {
    if (name.ends_with('.')) {
        name.pop_back();
    }
    return name;
}

// exim: `name ([address] helo=other)`; qmail: `name (HELO other) (address)`; all others: `helo (name [address])`.
void readFrom(const Clause& from, Received& received) {
    std::string told; // the HELO, where it is told apart from the first word
    std::vector<std::string> names;
    bool unproved = false;
    for (const std::string& comment : from.comments) {
        const std::vector<std::string> words = wordsOf(comment);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string word = lowered(words[i]);
            unproved = unproved || word == "forged"; // sendmail: the name does not lead back to the address
            if (word.starts_with("helo=") || word.starts_with("ehlo=")) {
                told = words[i].substr(5);
            } else if ((word == "helo" || word == "ehlo") && i + 1 < words.size()) {
                told = words[++i];
            } else if (const auto address = addressIn(words[i]); address && !received.client) {
                received.client = address;
            } else if (isHostName(words[i])) {
                names.push_back(withoutDot(words[i]));
            }
        }
    }
    const std::string first = from.words.empty() ? std::string() : from.words.front();
    if (!received.client && !first.empty()) {
        received.client = addressIn(first);
    }
    received.helo = told.empty() ? first : told;
    if (!told.empty()) {
        received.reverseName = isHostName(first) ? withoutDot(first) : std::string();
    } else if (!names.empty() && !unproved) {
        received.reverseName = names.front();
    }
}

std::optional<DomainName> siteNamed(std::string_view host, SiteOf siteOf) {
    const auto name = DomainName::parseDns(host);
    return name ? std::optional(siteOf(*name)) : std::nullopt;
}

// Exchange Online notes no reverse name, and hands mail on between its own hosts by public addresses of this block.
bool isWithinExchangeOnline(const Received& received) {
    const std::string by = withoutDot(lowered(received.by));
    return IpNetwork::parse("2603:1000::/24")->contains(*received.client) &&
           (by.ends_with(".outlook.com") || by.ends_with(".office365.com"));
}

// By what the receiver looked up; in HELO a sender says what it likes (RFC 7208 section 2.3).
bool isWithinTheOrganization(const Received& received, SiteOf siteOf) {
    if (!received.client || !received.client->isPublic() || isWithinExchangeOnline(received)) {
        return true;
    }
    const auto from = siteNamed(received.reverseName, siteOf);
    return from && from == siteNamed(received.by, siteOf);
}

// `<joe@example.org>`, or `<>` for a bounce.
std::string addressOf(std::string_view value) {
    Cursor cursor(value);
    cursor.skip();
    std::string path(cursor.until(" \t\r\n"));
    const bool inAngles = path.size() >= 2 && path.front() == '<' && path.back() == '>';
    return inAngles ? path.substr(1, path.size() - 2) : path;
}

} // namespace

Received Received::parse(std::string_view value) {
    Received received;
    Cursor cursor(value);
    for (const Clause& clause : clausesOf(cursor)) {
        if (clause.name == "from") {
            readFrom(clause, received);
        } else if (clause.name == "by" && !clause.words.empty()) {
            received.by = clause.words.front();
        }
    }
    received.time = parseDate(cursor.rest());
    return received;
}

Delivery deliveryOf(const Header& header, SiteOf siteOf) {
    Delivery delivery;
    int hops = 0;
    for (const HeaderField& field : header.fields) {
        if (field.isNamed("Return-Path") && !delivery.mailFrom) {
            delivery.mailFrom = addressOf(field.value());
        } else if (field.isNamed("Received") && !delivery.hop && hops++ < mostHops) {
            Received received = Received::parse(field.value());
            if (!isWithinTheOrganization(received, siteOf)) {
                delivery.hop = std::move(received);
            }
        }
    }
    return delivery;
}

} // namespace sealwright::message
