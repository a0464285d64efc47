#include "live/smtpsubmission.h"

#include "live/sasl.h"
#include "live/smtpdialog.h"

namespace sealwright {
namespace {

// Times as long, for many a server looks for spam before it takes a message: ten minutes of ten seconds (RFC 5321
// section 4.5.3.2.6).
constexpr int forTheWhole = 60;

// RFC 5321 section 4.5.2
std::string withDotsStuffed(std::string_view message) {
    std::string stuffed;
    bool atBegin = true;
    for (const char c : message) {
        if (atBegin && c == '.') {
            stuffed += '.';
        }
        stuffed += c;
        atBegin = c == '\n';
    }
    return stuffed;
}

std::string wordsOf(const SmtpReply& reply) {
    std::string words = std::to_string(reply.code());
    for (const std::string& text : reply.texts()) {
        words += ' ' + text;
    }
    return words;
}

class Submission {
public:
    Submission(const MailAccount& account, const EmailAddress& from, const TrustStore& trusted,
               std::chrono::milliseconds timeout, const std::stop_token& stop)
        : account_(account)
        , from_(from)
        , trusted_(trusted)
        , timeout_(timeout)
        , connection_({account.server.host, account.addresses, account.server.port},
                      std::chrono::steady_clock::now() + timeout, stop) {}

    [[nodiscard]] CourierDone run(const EmailAddress& to, std::string_view message) {
        return open().and_then([this] { return logIn(); }).and_then([&] { return deliver(to, message); }).map([this] {
            connection_.send("QUIT\r\n");
        }); // The answer to that is of no interest.
    }

private:
    [[nodiscard]] CourierDone open() {
        if (!connection_.open()) {
            return lost(dialog_.end(), dialog_.why());
        }
        if (account_.server.security == MailSecurity::tls) {
            return secure(connection_, trusted_).and_then([this] { return beGreeted(); });
        }
        return beGreeted().and_then([this] { return startTls(); });
    }

    [[nodiscard]] CourierDone beGreeted() {
        return expect(dialog_.receive(), 220, CourierError::serverRefused).and_then([this] { return sayHello(); });
    }

    [[nodiscard]] CourierDone sayHello() {
        // Who has no name of his own gives his address (RFC 5321 section 4.1.4): servers turn away who comes from
        // elsewhere by the name of their own domain. To those that want a name we have no other to give.
        const auto address = connection_.localAddress();
        const std::string name = from_.domain().toString();
        const auto done = ask("EHLO " + (address ? address->toLiteral() : name), 250, CourierError::serverRefused);
        const bool wantsName = !done && done.error().code == CourierError::serverRefused && address;
        return wantsName ? ask("EHLO " + name, 250, CourierError::serverRefused) : done;
    }

    [[nodiscard]] CourierDone startTls() {
        if (!offers(reply_, "STARTTLS")) {
            return refusedBy(CourierError::noTls);
        }
        return ask("STARTTLS", 220, CourierError::noTls)
            .and_then([this] { return secure(connection_, trusted_); })
            .and_then([this] { return sayHello(); });
    }

    [[nodiscard]] CourierDone logIn() {
        if (offers(reply_, "AUTH", "PLAIN")) {
            return ask("AUTH PLAIN", 334, CourierError::noLogin).and_then([this] {
                return tell(saslPlain(account_.user, account_.password), 235, CourierError::loginRefused);
            });
        }
        if (offers(reply_, "AUTH", "LOGIN")) {
            return ask("AUTH LOGIN", 334, CourierError::noLogin)
                .and_then([this] { return tell(SecretBytes(account_.user), 334, CourierError::noLogin); })
                .and_then([this] { return tell(account_.password, 235, CourierError::loginRefused); });
        }
        return refusedBy(CourierError::noLogin);
    }

    [[nodiscard]] CourierDone deliver(const EmailAddress& to, std::string_view message) {
        return ask("MAIL FROM:<" + from_.toString() + ">", 250, CourierError::senderRefused)
            .and_then([&] { return ask("RCPT TO:<" + to.toString() + ">", 250, CourierError::recipientRefused); })
            .and_then([&] { return ask("DATA", 354, CourierError::messageRefused); })
            .and_then([&] { return handOver(withDotsStuffed(message) + "."); });
    }

    // Once the server has the whole, no answer does not mean that it was not taken.
    [[nodiscard]] CourierDone handOver(const std::string& message) {
        const auto done = ask(message, 250, CourierError::messageRefused, forTheWhole);
        const bool isOpen = !done && done.error().code != CourierError::messageRefused &&
                            done.error().code != CourierError::cancelled && done.error().code != CourierError::tryLater;
        return isOpen ? CourierDone(refusedBy(CourierError::perhapsSent, done.error().what)) : done;
    }

    [[nodiscard]] CourierDone ask(const std::string& command, int code, CourierError refusal, int times = 1) {
        connection_.setDeadline(std::chrono::steady_clock::now() + timeout_ * times);
        return expect(dialog_.ask(command), code, refusal);
    }

    [[nodiscard]] CourierDone tell(const SecretBytes& secret, int code, CourierError refusal) {
        connection_.setDeadline(std::chrono::steady_clock::now() + timeout_);
        return expect(dialog_.askOctets(saslLine(secret).view()), code, refusal);
    }

    [[nodiscard]] CourierDone expect(std::optional<SmtpReply> reply, int code, CourierError refusal) {
        if (!reply) {
            return lost(dialog_.end(), dialog_.why());
        }
        reply_ = std::move(*reply);
        // To a recipient elsewhere a server may say 251 (RFC 5321 section 3.4), or 252.
        const bool isTaken = reply_.code() == code || (code == 250 && (reply_.code() == 251 || reply_.code() == 252));
        if (isTaken) {
            return {};
        }
        // 454 says nothing of the password (RFC 4954 section 6), and 421 nothing of what was asked (RFC 5321 section
        // 3.8).
        const bool isAboutLogin = refusal == CourierError::loginRefused || refusal == CourierError::noLogin;
        const bool isForNow = reply_.code() == 421 || (isAboutLogin && reply_.code() / 100 == 4);
        return refusedBy(isForNow ? CourierError::tryLater : refusal, wordsOf(reply_));
    }

    const MailAccount& account_;
    const EmailAddress& from_;
    const TrustStore& trusted_;
    const std::chrono::milliseconds timeout_;
    Connection connection_;
    SmtpDialog dialog_{connection_};
    SmtpReply reply_; ///< The last one.
};

} // namespace

CourierDone submitMessage(const MailAccount& account, const EmailAddress& from, const EmailAddress& to,
                          std::string_view message, const TrustStore& trusted, std::chrono::milliseconds timeout,
                          const std::stop_token& stop) {
    return Submission(account, from, trusted, timeout, stop).run(to, message);
}

} // namespace sealwright
