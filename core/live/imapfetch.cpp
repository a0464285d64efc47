#include "live/imapfetch.h"

#include "live/imapresponse.h"
#include "live/sasl.h"

#include <condition_variable>
#include <mutex>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t longestMessage = 25'000'000; // octets
constexpr std::size_t mostResponses = 10'000;        // to one command
constexpr std::size_t mostJunkFolders = 10;
constexpr auto betweenLooks = 3s;

/// What a command brought, up to the response that ends it.
struct Answer {
    std::vector<ImapResponse> responses;
    ImapResponse end; ///< Or the one that asks for more: its tag is "+".
};

class Session {
public:
    Session(const MailAccount& account, const TrustStore& trusted, std::chrono::milliseconds timeout,
            const std::stop_token& stop)
        : account_(account)
        , trusted_(trusted)
        , timeout_(timeout)
        , connection_({account.server.host, account.addresses, account.server.port}, Clock::now() + timeout, stop) {}

    [[nodiscard]] CourierDone open() {
        if (!connection_.open()) {
            return lost();
        }
        if (account_.server.security == MailSecurity::tls) {
            return secure(connection_, trusted_).and_then([this] { return beGreeted(); });
        }
        return beGreeted().and_then([this] { return startTls(); });
    }

    // AUTHENTICATE, for LOGIN has no room for letters beyond ASCII.
    [[nodiscard]] CourierDone logIn() {
        auto answer = ask("AUTHENTICATE PLAIN");
        if (answer && answer->end.tag() == "+") {
            const SecretBytes line = saslLine(saslPlain(account_.user, account_.password));
            answer = connection_.send(line.view()) ? receiveAnswer() : lost();
        }
        return okElse(CourierError::loginRefused, answer);
    }

    [[nodiscard]] tl::expected<std::vector<std::string>, CourierProblem> junkFolders() {
        auto answer = ask("LIST \"\" \"*\" RETURN (SPECIAL-USE)"); // RFC 6154 section 2
        if (answer && !answer->end.isA("OK")) {
            answer = ask("LIST \"\" \"*\"");
        }
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        std::vector<std::string> names;
        for (const ImapResponse& response : answer->responses) {
            const auto folder = listedFolder(response);
            if (folder && isForJunk(*folder) && names.size() < mostJunkFolders) {
                names.push_back(folder->name);
            }
        }
        return names;
    }

    /// To be looked at, not to be changed.
    [[nodiscard]] CourierDone examine(const std::string& folder) {
        return okElse(CourierError::folderMissing, ask("EXAMINE " + quotedForImap(folder)));
    }

    /// In the folder that is examined. Nothing where no such message is there.
    [[nodiscard]] tl::expected<std::optional<std::string>, CourierProblem> find(std::string_view messageId,
                                                                                std::string_view subjectWord) {
        // Some servers give a message that they send an ID of their own.
        auto answer = ask("UID SEARCH OR HEADER Message-ID " + quotedForImap(messageId) + " SUBJECT " +
                          quotedForImap(subjectWord));
        if (const auto done = okElse(CourierError::serverRefused, answer); !done) {
            return tl::unexpected(done.error());
        }
        std::vector<std::uint32_t> found;
        for (const ImapResponse& response : answer->responses) {
            const auto more = foundMessages(response);
            found.insert(found.end(), more.begin(), more.end());
        }
        return found.empty() ? std::optional<std::string>() : fetch(found.back());
    }

    void sayGoodbye() { connection_.send("z LOGOUT\r\n"); } // The answer to that is of no interest.

private:
    [[nodiscard]] tl::unexpected<CourierProblem> lost() const {
        return sealwright::lost(connection_.end(), connection_.why());
    }

    [[nodiscard]] CourierDone beGreeted() {
        const auto greeting = receive();
        if (!greeting) {
            return tl::unexpected(greeting.error());
        }
        if (greeting->tag() != "*") {
            return refusedBy(CourierError::garbled, greeting->tag());
        }
        return greeting->isA("OK") ? CourierDone() : refusedBy(CourierError::serverRefused, greeting->words());
    }

    [[nodiscard]] CourierDone startTls() {
        return okElse(CourierError::noTls, ask("STARTTLS")).and_then([this] { return secure(connection_, trusted_); });
    }

    [[nodiscard]] tl::expected<std::optional<std::string>, CourierProblem> fetch(std::uint32_t uid) {
        const auto answer = ask("UID FETCH " + std::to_string(uid) + " BODY.PEEK[]");
        if (const auto done = okElse(CourierError::serverRefused, answer); !done) {
            return tl::unexpected(done.error());
        }
        for (const ImapResponse& response : answer->responses) {
            if (auto message = fetchedMessage(response)) {
                return message;
            }
        }
        return std::optional<std::string>(); // It was taken away just now.
    }

    [[nodiscard]] static CourierDone okElse(CourierError refusal, const tl::expected<Answer, CourierProblem>& answer) {
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        return answer->end.isA("OK") ? CourierDone() : refusedBy(refusal, answer->end.words());
    }

    [[nodiscard]] tl::expected<Answer, CourierProblem> ask(const std::string& command) {
        tag_ = "a" + std::to_string(++commands_);
        return connection_.send(tag_ + " " + command + "\r\n") ? receiveAnswer() : lost();
    }

    [[nodiscard]] tl::expected<Answer, CourierProblem> receiveAnswer() {
        Answer answer;
        while (answer.responses.size() < mostResponses) {
            auto response = receive();
            if (!response) {
                return tl::unexpected(response.error());
            }
            if (response->tag() == tag_ || response->tag() == "+") {
                answer.end = std::move(*response);
                return answer;
            }
            answer.responses.push_back(std::move(*response));
        }
        return refusedBy(CourierError::garbled);
    }

    [[nodiscard]] tl::expected<ImapResponse, CourierProblem> receive() {
        connection_.setDeadline(Clock::now() + timeout_);
        ImapResponse response;
        std::uint32_t octets = 0;
        do {
            if (const auto size = response.dueLiteral()) {
                octets += std::min(*size, longestMessage + 1);
                if (octets > longestMessage) {
                    return refusedBy(CourierError::tooLong);
                }
                auto literal = connection_.receive(*size);
                if (!literal) {
                    return lost();
                }
                response.addLiteral(std::move(*literal));
            }
            const auto line = connection_.receiveLine();
            if (!line) {
                return lost();
            }
            if (!response.add(*line)) {
                return refusedBy(CourierError::garbled, *line);
            }
        } while (response.dueLiteral());
        return response;
    }

    const MailAccount& account_;
    const TrustStore& trusted_;
    const std::chrono::milliseconds timeout_;
    Connection connection_;
    std::string tag_;
    int commands_ = 0;
};

/// False where stop is requested before.
bool waitUntil(Clock::time_point time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait_until(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

using Found = tl::expected<std::optional<FetchedMessage>, CourierProblem>;

Found lookOnce(Session& session, const Mailbox& mailbox, const std::vector<std::string>& junkFolders,
               std::string_view messageId, std::string_view subjectWord) {
    const auto lookInto = [&](const std::string& folder, bool isJunk) -> Found {
        if (const auto done = session.examine(folder); !done) {
            const bool mayLack = isJunk && done.error().code == CourierError::folderMissing;
            return mayLack ? Found(std::nullopt) : tl::unexpected(done.error());
        }
        auto message = session.find(messageId, subjectWord);
        if (!message) {
            return tl::unexpected(message.error());
        }
        return *message ? Found(FetchedMessage{std::move(**message), folder, isJunk}) : Found(std::nullopt);
    };
    Found found = lookInto(mailbox.folder, false);
    for (const std::string& folder : junkFolders) {
        if (found && !*found) {
            found = lookInto(folder, true);
        }
    }
    return found;
}

} // namespace

tl::expected<FetchedMessage, CourierProblem> fetchMessage(const Mailbox& mailbox, std::string_view messageId,
                                                          std::string_view subjectWord, std::chrono::seconds patience,
                                                          const TrustStore& trusted, std::chrono::milliseconds timeout,
                                                          const std::stop_token& stop) {
    const Clock::time_point deadline = Clock::now() + patience;
    Session session(mailbox.account, trusted, timeout, stop);
    const auto junkFolders =
        session.open().and_then([&] { return session.logIn(); }).and_then([&] { return session.junkFolders(); });
    if (!junkFolders) {
        return tl::unexpected(junkFolders.error());
    }
    while (true) {
        auto found = lookOnce(session, mailbox, *junkFolders, messageId, subjectWord);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (*found) {
            session.sayGoodbye();
            return std::move(**found);
        }
        if (Clock::now() >= deadline) {
            session.sayGoodbye();
            return refusedBy(CourierError::notArrived);
        }
        if (!waitUntil(std::min(deadline, Clock::now() + betweenLooks), stop)) {
            return refusedBy(CourierError::cancelled);
        }
    }
}

} // namespace sealwright
