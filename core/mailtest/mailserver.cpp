#include "mailtest/mailserver.h"

#include <charconv>

namespace sealwright {
namespace {

using SecurityOf = MailSecurity (*)(std::uint16_t port);

tl::expected<MailServer, Problem<MailServerError>> parse(std::string_view text, std::uint16_t port,
                                                         SecurityOf securityOf) {
    const auto colon = text.find(':');
    if (colon != std::string_view::npos) {
        const std::string_view digits = text.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc() || end != digits.data() + digits.size() || port == 0) {
            return tl::unexpected(problem(MailServerError::badPort, digits, colon + 1));
        }
    }
    const auto host = DomainName::parse(text.substr(0, colon));
    if (!host) {
        return tl::unexpected(problem(MailServerError::badHost, text.substr(0, colon)));
    }
    return MailServer{*host, port, securityOf(port)};
}

} // namespace

tl::expected<MailServer, Problem<MailServerError>> parseSubmissionServer(std::string_view text) {
    return parse(text, 587,
                 [](std::uint16_t port) { return port == 465 ? MailSecurity::tls : MailSecurity::startTls; });
}

tl::expected<MailServer, Problem<MailServerError>> parseImapServer(std::string_view text) {
    return parse(text, 993,
                 [](std::uint16_t port) { return port == 143 ? MailSecurity::startTls : MailSecurity::tls; });
}

} // namespace sealwright
