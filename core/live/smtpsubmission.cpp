#include "live/smtpsubmission.h"

#include "live/sasl.h"
#include "live/smtpdialog.h"

namespace sealwright {
namespace {

constexpr int forTheWhole = 6; ///< Times as long, for many a server looks for spam before it takes a message.

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
        return ask("EHLO " + from_.domain().toString(), 250, CourierError::serverRefused);
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
            return ask("AUTH PLAIN", 334, CourierError::loginRefused).and_then([this] {
                return tell(saslPlain(account_.user, account_.password), 235);
            });
        }
        if (offers(reply_, "AUTH", "LOGIN")) {
            return ask("AUTH LOGIN", 334, CourierError::loginRefused)
                .and_then([this] { return tell(SecretBytes(account_.user), 334); })
                .and_then([this] { return tell(account_.password, 235); });
        }
        return refusedBy(CourierError::noLogin);
    }

    [[nodiscard]] CourierDone deliver(const EmailAddress& to, std::string_view message) {
        return ask("MAIL FROM:<" + from_.toString() + ">", 250, CourierError::senderRefused)
            .and_then([&] { return ask("RCPT TO:<" + to.toString() + ">", 250, CourierError::recipientRefused); })
            .and_then([&] { return ask("DATA", 354, CourierError::messageRefused); })
            .and_then(
                [&] { return ask(withDotsStuffed(message) + ".", 250, CourierError::messageRefused, forTheWhole); });
    }

    [[nodiscard]] CourierDone ask(const std::string& command, int code, CourierError refusal, int times = 1) {
        connection_.setDeadline(std::chrono::steady_clock::now() + timeout_ * times);
        return expect(dialog_.ask(command), code, refusal);
    }

    [[nodiscard]] CourierDone tell(const SecretBytes& secret, int code) {
        connection_.setDeadline(std::chrono::steady_clock::now() + timeout_);
        return expect(dialog_.askOctets(saslLine(secret).view()), code, CourierError::loginRefused);
    }

    [[nodiscard]] CourierDone expect(std::optional<SmtpReply> reply, int code, CourierError refusal) {
        if (!reply) {
            return lost(dialog_.end(), dialog_.why());
        }
        reply_ = std::move(*reply);
        if (reply_.code() != code) {
            return refusedBy(refusal, wordsOf(reply_));
        }
        return {};
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
