#include "live/smtpprobe.h"

#include "live/smtpdialog.h"

namespace sealwright {
namespace {

// It knows the command (RFC 5321 section 4.2.4) and goes on (421): what it does not like is who says it. Servers answer
// that with 501, 504 or 550 (section 4.3.2), Postfix with 450 as well.
bool isAboutName(int code) {
    return code != smtpOk && code != 500 && code != 502 && code != 421;
}

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
        const auto greeting = seen(dialog_.receive());
        if (!greeting) {
            return false;
        }
        seen_.greetingCode = greeting->code();
        seen_.greeting = greeting->texts().front();
        if (greeting->code() != smtpReady) {
            return true;
        }
        auto hello = ask("EHLO " + helo.toString());
        if (!hello) {
            return false;
        }
        if (isAboutName(hello->code())) {
            hello = askAsAddress().value_or(*hello);
        }
        seen_.ehloCode = hello->code();
        seen_.ehloName = hello->code() == smtpOk ? ehloName(*hello) : std::string();
        seen_.offersStartTls = hello->code() == smtpOk && offers(*hello, "STARTTLS");
        return !seen_.offersStartTls || startTls();
    }

    // RFC 5321 section 4.1.4: who has no name of his own gives his address. What the server thinks of that one, and
    // whether it ends the conversation over it, is of no interest.
    [[nodiscard]] std::optional<SmtpReply> askAsAddress() {
        const auto address = connection_.localAddress();
        const auto reply = address ? dialog_.ask("EHLO " + address->toLiteral()) : std::nullopt;
        return reply && reply->code() == smtpOk ? reply : std::nullopt;
    }

    bool startTls() {
        const auto answer = ask("STARTTLS");
        if (!answer) {
            return false;
        }
        seen_.startTlsCode = answer->code();
        return answer->code() != smtpReady || connection_.startTls(witness_) || fail();
    }

    [[nodiscard]] std::optional<SmtpReply> ask(const std::string& command) { return seen(dialog_.ask(command)); }

    [[nodiscard]] std::optional<SmtpReply> seen(std::optional<SmtpReply> reply) {
        if (!reply) {
            fail();
        }
        return reply;
    }

    bool fail() {
        seen_.reached = dialog_.end();
        seen_.why = dialog_.why();
        return false;
    }

    CertificateWitness witness_;
    Connection connection_;
    SmtpDialog dialog_{connection_};
    SmtpSeen seen_;
};

} // namespace

SmtpSeen probeSmtpServer(const SmtpTarget& target, const DomainName& helo, const TrustStore& trusted,
                         TransferRun::Deadline deadline, const std::stop_token& stop) {
    return Probe(target, trusted, deadline, stop).run(helo);
}

} // namespace sealwright
