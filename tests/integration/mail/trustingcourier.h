#pragma once

#include "live/livecourier.h"
#include "submissionserver.h"
#include "support/fakeresolver.h"
#include "support/program.h"

namespace sealwright::test {

/// Of the servers of these tests.
inline const TestAuthority& testAuthority() {
    static const TestAuthority authority;
    return authority;
}

/// A courier that trusts it.
inline std::unique_ptr<MessageCourier> courier(std::chrono::milliseconds timeout = std::chrono::seconds(10)) {
    const TemporaryFolder folder;
    NetworkOptions options;
    options.timeout = timeout;
    options.caFile = folder.write("ca.pem", testAuthority().root().pem());
    return std::move(*LiveCourier::create(options));
}

inline EmailAddress address(std::string_view text) {
    return EmailAddress::parse(text).value();
}

inline MailAccount account(std::string_view host, std::uint16_t port, MailSecurity security, std::string_view user,
                           std::string_view password) {
    return {
        {dnsName(host), port, security}, std::string(user), SecretBytes(password), {*IpAddress::parse("127.0.0.1")}};
}

} // namespace sealwright::test
