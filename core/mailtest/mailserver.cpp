#include "mailtest/mailserver.h"

#include "base/ascii.h"

#include <charconv>
#include <span>

namespace sealwright {
namespace {

using SecurityOf = MailSecurity (*)(std::uint16_t port);

struct Scheme {
    std::string_view prefix;
    std::uint16_t port; ///< Where none is given.
    MailSecurity security;
};

tl::expected<MailServer, Problem<MailServerError>> parseHostAndPort(std::string_view text, std::uint16_t defaultPort,
                                                                    std::size_t offset) {
    const auto colon = text.find(':');
    std::uint16_t port = defaultPort;
    if (colon != std::string_view::npos) {
        const std::string_view digits = text.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc() || end != digits.data() + digits.size() || port == 0) {
            return tl::unexpected(problem(MailServerError::badPort, digits, offset + colon + 1));
        }
    }
    const auto host = DomainName::parse(text.substr(0, colon));
    if (!host) {
        return tl::unexpected(problem(MailServerError::badHost, text.substr(0, colon), offset));
    }
    return MailServer{*host, port, MailSecurity::startTls};
}

tl::expected<MailServer, Problem<MailServerError>> parse(std::string_view text, std::span<const Scheme> schemes,
                                                         std::uint16_t defaultPort, SecurityOf securityOf) {
    for (const auto& [prefix, port, security] : schemes) {
        if (sameLetters(text.substr(0, prefix.size()), prefix)) {
            return parseHostAndPort(text.substr(prefix.size()), port, prefix.size())
                .map([security = security](MailServer server) {
                    server.security = security;
                    return server;
                });
        }
    }
    return parseHostAndPort(text, defaultPort, 0).map([securityOf](MailServer server) {
        server.security = securityOf(server.port);
        return server;
    });
}

} // namespace

tl::expected<MailServer, Problem<MailServerError>> parseSubmissionServer(std::string_view text) {
    constexpr Scheme schemes[] = {{"smtps://", 465, MailSecurity::tls}, {"smtp://", 587, MailSecurity::startTls}};
    return parse(text, schemes, 587,
                 [](std::uint16_t port) { return port == 465 ? MailSecurity::tls : MailSecurity::startTls; });
}

tl::expected<MailServer, Problem<MailServerError>> parseImapServer(std::string_view text) {
    constexpr Scheme schemes[] = {{"imaps://", 993, MailSecurity::tls}, {"imap://", 143, MailSecurity::startTls}};
    return parse(text, schemes, 993,
                 [](std::uint16_t port) { return port == 143 ? MailSecurity::startTls : MailSecurity::tls; });
}

} // namespace sealwright
