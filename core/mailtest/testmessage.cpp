#include "mailtest/testmessage.h"

#include "message/date.h"

#include <array>
#include <new>
#include <openssl/rand.h>

namespace sealwright {

TestMessage composeTestMessage(const EmailAddress& from, const EmailAddress& to, std::chrono::sys_seconds now,
                               const std::string& token) {
    TestMessage message{"<sealwright." + token + "@" + from.domain().toString() + ">", token, {}};
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
    constexpr std::string_view letters = "abcdefghijkmnpqrstuvwxyz23456789";
    std::array<unsigned char, 16> octets{};
    if (RAND_bytes(octets.data(), octets.size()) != 1) {
        throw std::bad_alloc();
    }
    std::string token;
    for (const unsigned char octet : octets) {
        token += letters[octet % letters.size()];
    }
    return token;
}

} // namespace sealwright
