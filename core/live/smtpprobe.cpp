#include "live/smtpprobe.h"

#include "live/connection.h"
#include "live/smtpreply.h"

namespace sealwright {
namespace {

constexpr int ready = 220;
constexpr int ok = 250;

class Probe {
public:
    Probe(const SmtpTarget& target, const TrustStore& trusted, TransferRun::Deadline deadline,
          const std::stop_token& stop)
        : witness_(trusted), connection_({target.host, {target.address}, target.port}, deadline, stop) {}

    [[nodiscard]] SmtpSeen run(const DomainName& helo) {
        if ((connection_.open() || fail()) && talk(helo)) {
            seen_.reached = Reached::done;
            connection_.send("QUIT\r\n"); // The answer to that is of no interest.
        }
        seen_.certificate = witness_.shown();
        return std::move(seen_);
    }

private:
    // Whether all was said that there is to say; else `seen_` has why not.
    bool talk(const DomainName& helo) {
        const auto greeting = receive();
        if (!greeting) {
            return false;
        }
        seen_.greetingCode = greeting->code();
        seen_.greeting = greeting->texts().front();
        if (greeting->code() != ready) {
            return true;
        }
        const auto hello = ask("EHLO " + helo.toString());
        if (!hello) {
            return false;
        }
        seen_.ehloCode = hello->code();
        seen_.ehloName = hello->code() == ok ? ehloName(*hello) : std::string();
        seen_.offersStartTls = hello->code() == ok && offers(*hello, "STARTTLS");
        return !seen_.offersStartTls || startTls();
    }

    bool startTls() {
        const auto answer = ask("STARTTLS");
        if (!answer) {
            return false;
        }
        seen_.startTlsCode = answer->code();
        return answer->code() != ready || connection_.startTls(witness_) || fail();
    }

    [[nodiscard]] std::optional<SmtpReply> ask(const std::string& command) {
        if (!connection_.send(command + "\r\n")) {
            fail();
            return std::nullopt;
        }
        return receive();
    }

    [[nodiscard]] std::optional<SmtpReply> receive() {
        SmtpReply reply;
        while (!reply.isComplete()) {
            const auto line = connection_.receiveLine();
            if (!line) {
                fail();
                return std::nullopt;
            }
            if (!reply.add(*line)) {
                seen_.reached = Reached::garbled;
                seen_.why = *line;
                return std::nullopt;
            }
        }
        return reply;
    }

    bool fail() {
        seen_.reached = connection_.end();
        seen_.why = connection_.why();
        return false;
    }

    CertificateWitness witness_;
    Connection connection_;
    SmtpSeen seen_;
};

} // namespace

SmtpSeen probeSmtpServer(const SmtpTarget& target, const DomainName& helo, const TrustStore& trusted,
                         TransferRun::Deadline deadline, const std::stop_token& stop) {
    return Probe(target, trusted, deadline, stop).run(helo);
}

} // namespace sealwright
