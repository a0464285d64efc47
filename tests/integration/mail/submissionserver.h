#pragma once

#include "keys/keypair.h"
#include "support/scriptedserver.h"

#include <map>

namespace sealwright::test {

/// How it differs from a sound one.
struct SubmissionBehaviour {
    std::map<std::string, std::string> replies{}; ///< By verb, "" for the greeting: what it says instead.
    std::string mechanisms = "LOGIN PLAIN";
    bool tlsAtOnce = false;
    std::string silentAt{}; ///< The verb that it does not answer.
    std::function<void(const std::string& line)> onLine = [](const std::string&) {};
};

/// A submission server (RFC 6409) on loopback: STARTTLS, a password, one message.
class SubmissionServer {
public:
    static constexpr std::string_view user = "joe";
    static constexpr std::string_view password = "öpen sesame";

    /// `deliver` is given what came, with CRLF.
    SubmissionServer(TestCertificate certificate, std::function<void(const std::string&)> deliver,
                     SubmissionBehaviour behaviour = {});

    [[nodiscard]] const IpAddress& address() const { return server_.address(); }
    [[nodiscard]] std::uint16_t port() const { return server_.port(); }

private:
    class Talk;

    const TestCertificate certificate_;
    const std::function<void(const std::string&)> deliver_;
    const SubmissionBehaviour behaviour_;
    ScriptedServer server_;
};

/// As the domain's server signs it on the way out, and the receiver's notes where it came from.
[[nodiscard]] std::string signedAndReceived(const std::string& message, const KeyPair& key, std::string_view domain,
                                            std::string_view selector);

} // namespace sealwright::test
