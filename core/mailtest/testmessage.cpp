#include "mailtest/testmessage.h"

#include "base/ascii.h"
#include "message/date.h"
#include "message/header.h"

#include <algorithm>
#include <array>
#include <new>
#include <openssl/rand.h>

namespace sealwright {
namespace {

constexpr std::string_view idPrefix = "sealwright.";
constexpr std::string_view tokenLetters = "abcdefghijkmnpqrstuvwxyz23456789";
constexpr std::size_t tokenLength = 16;

} // namespace

TestMessage composeTestMessage(const EmailAddress& from, const EmailAddress& to, std::chrono::sys_seconds now,
                               const std::string& token) {
    TestMessage message{"<" + std::string(idPrefix) + token + "@" + from.domain().toString() + ">", token, {}};
    message.source = "Date: " + message::formatDate(now) +
                     "\r\n"
                     "From: " +
                     from.toString() +
                     "\r\n"
                     "To: " +
                     to.toString() +
                     "\r\n"
                     "Message-ID: " +
                     message.id +
                     "\r\n"
                     "Subject: Sealwright test " +
                     token +
                     "\r\n"
                     "MIME-Version: 1.0\r\n"
                     "Content-Type: text/plain; charset=us-ascii\r\n"
                     "Content-Transfer-Encoding: 7bit\r\n"
                     "\r\n"
                     "This is a test message. Sealwright sent it for the owner of\r\n" +
                     from.domain().toString() +
                     ",\r\n"
                     "to see whether its receiver can verify SPF, DKIM and DMARC.\r\n"
                     "\r\n"
                     "Nothing needs to be done. It may be deleted.\r\n";
    return message;
}

std::string randomToken() {
    std::array<unsigned char, tokenLength> octets{};
    if (RAND_bytes(octets.data(), octets.size()) != 1) {
        throw std::bad_alloc();
    }
    std::string token;
    for (const unsigned char octet : octets) {
        token += tokenLetters[octet % tokenLetters.size()];
    }
    return token;
}

std::optional<TestMessage> testMessageOf(std::string_view messageId) {
    std::string_view id = trimmed(messageId);
    if (id.starts_with('<') && id.ends_with('>')) {
        id = id.substr(1, id.size() - 2);
    }
    const auto at = id.find('@');
    if (!id.starts_with(idPrefix) || at == std::string_view::npos || !DomainName::parse(id.substr(at + 1))) {
        return std::nullopt;
    }
    const std::string_view token = id.substr(idPrefix.size(), at - idPrefix.size());
    if (token.size() != tokenLength || token.find_first_not_of(tokenLetters) != std::string_view::npos) {
        return std::nullopt;
    }
    return TestMessage{"<" + std::string(id) + ">", std::string(token), {}};
}

bool isTestMessage(std::string_view source, std::string_view messageId, std::string_view token) {
    return std::ranges::any_of(message::Header::parse(source).fields, [&](const message::HeaderField& field) {
        return (field.isNamed("Message-ID") && trimmed(field.value()) == messageId) ||
               (field.isNamed("Subject") && field.value().find(token) != std::string_view::npos);
    });
}

} // namespace sealwright
