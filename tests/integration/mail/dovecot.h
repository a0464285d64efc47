#pragma once

#include "support/program.h"
#include "support/testcertificate.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace sealwright::test {

/// Dovecot on free ports of 127.0.0.1, with one mailbox that has an INBOX and a folder for junk called "Unwanted".
class Dovecot {
public:
    static constexpr std::string_view user = "me@example.net";
    static constexpr std::string_view password = "päss\"word\\";

    explicit Dovecot(const TestCertificate& certificate);

    [[nodiscard]] std::uint16_t startTlsPort() const { return ports_[0]; }
    [[nodiscard]] std::uint16_t tlsPort() const { return ports_[1]; }
    void deliver(std::string_view message) { put("Maildir", message); }
    void deliverToJunk(std::string_view message) { put("Maildir/.Unwanted", message); }
    /// Into a folder below, which is made where there is none. In UTF-8.
    void deliverTo(const std::string& folder, std::string_view message);
    /// Messages that nobody has read yet, in both folders.
    [[nodiscard]] std::size_t unread() const;

private:
    void put(const std::string& folder, std::string_view message);
    void makeMaildir(const std::string& name) const;
    [[nodiscard]] std::string configuration() const;

    TemporaryFolder folder_;
    std::uint16_t ports_[2];
    int delivered_ = 0;
    std::unique_ptr<Daemon> daemon_;
};

} // namespace sealwright::test
