#include "submissionserver.h"

#include "base/base64.h"
#include "dkim/sign.h"
#include "support/fakeresolver.h"

namespace sealwright::test {

class SubmissionServer::Talk {
public:
    Talk(const SubmissionServer& server, Conversation& conversation) : server_(server), conversation_(conversation) {}

    void run() {
        if (server_.behaviour_.tlsAtOnce && !startTls()) {
            return;
        }
        say("", "220 mail.example.org ESMTP");
        for (std::string line = conversation_.hear(); !line.empty() && !isOver_; line = conversation_.hear()) {
            server_.behaviour_.onLine(line);
            obey(line.substr(0, line.find(' ')), line);
        }
    }

private:
    bool startTls() {
        isSecure_ = conversation_.startTls(server_.certificate_);
        return isSecure_;
    }

    void say(const std::string& verb, const std::string& reply) {
        if (server_.behaviour_.silentAt == verb && !verb.empty()) {
            conversation_.keepSilent();
            return;
        }
        const auto instead = server_.behaviour_.replies.find(verb);
        conversation_.say((instead == server_.behaviour_.replies.end() ? reply : instead->second) + "\r\n");
    }

    void obey(const std::string& verb, const std::string& line) {
        if (verb == "EHLO") {
            say(verb, isSecure_ ? "250-mail.example.org\r\n250 AUTH " + server_.behaviour_.mechanisms
                                : std::string("250-mail.example.org\r\n250 STARTTLS"));
        } else if (verb == "STARTTLS") {
            say(verb, "220 2.0.0 Go ahead");
            isOver_ = !startTls();
        } else if (verb == "AUTH" && isSecure_) {
            authenticate(line);
        } else if (!isKnown_) {
            say(verb, "530 5.7.0 Authenticate first");
        } else if (verb == "DATA") {
            say(verb, "354 Go on");
            receive();
        } else {
            say(verb, "250 2.1.0 Fine");
        }
    }

    void authenticate(const std::string& line) {
        const std::string zero(1, '\0');
        conversation_.say("334 \r\n");
        std::string told = *base64Decode(conversation_.hear());
        if (line == "AUTH LOGIN") {
            conversation_.say("334 \r\n");
            told = zero + told + zero + *base64Decode(conversation_.hear());
        }
        isKnown_ = told == zero + std::string(user) + zero + std::string(password);
        say("AUTH", isKnown_ ? "235 2.7.0 Welcome" : "535 5.7.8 Wrong password");
    }

    void receive() {
        std::string message;
        std::string line = conversation_.hear();
        // An empty line can't be told from the end of the connection here: a third one in a row is the end.
        for (int empty = 0; line != "." && empty < 3; line = conversation_.hear()) {
            empty = line.empty() ? empty + 1 : 0;
            message += (line.starts_with('.') ? line.substr(1) : line) + "\r\n";
        }
        server_.deliver_(message);
        say(".", "250 2.0.0 Taken");
    }

    const SubmissionServer& server_;
    Conversation& conversation_;
    bool isSecure_ = false;
    bool isKnown_ = false;
    bool isOver_ = false;
};

SubmissionServer::SubmissionServer(TestCertificate certificate, std::function<void(const std::string&)> deliver,
                                   SubmissionBehaviour behaviour)
    : certificate_(std::move(certificate))
    , deliver_(std::move(deliver))
    , behaviour_(std::move(behaviour))
    , server_([this](Conversation& conversation) { Talk(*this, conversation).run(); }) {}

std::string signedAndReceived(const std::string& message, const KeyPair& key, std::string_view domain,
                              std::string_view selector) {
    dkim::SigningOptions options{dnsName(domain), dnsName(selector)};
    options.headers = {"From", "To", "Subject", "Date", "Message-ID"};
    return "Return-Path: <postmaster@" + std::string(domain) +
           ">\r\n"
           "Received: from mail.example.org (mail.example.org [9.9.9.9])\r\n"
           "\tby mx.example.net; Sat, 28 Nov 2026 12:00:00 +0000\r\n" +
           dkim::sign(message, key, options) + message;
}

} // namespace sealwright::test
