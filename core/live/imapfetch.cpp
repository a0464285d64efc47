#include "live/imapfetch.h"

#include "base/ascii.h"
#include "live/imapresponse.h"
#include "live/mailboxname.h"
#include "live/sasl.h"
#include "mailtest/testmessage.h"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t longestLine = 65'536;
constexpr std::size_t mostJunkFolders = 10;
constexpr std::size_t mostCandidates = 20; // Of what a search finds, the newest.
constexpr auto betweenLooks = 3s;
constexpr int forOpening = 6; // Times as long as for one command.

/// How many octets an answer may have.
struct Bounds {
    std::uint32_t literal;
    std::uint32_t inAll;
};
constexpr Bounds ordinary{65'536, 16'000'000}; // A hundred thousand folders.
constexpr Bounds ofMessage{25'000'000, 25'100'000};

using OnResponse = std::function<void(const ImapResponse&)>;
void ignore(const ImapResponse& /*response*/) {}

/// How a folder was when it was examined.
struct FolderState {
    std::optional<std::uint32_t> uidNext;
    std::optional<std::uint32_t> uidValidity;
};

struct Folder {
    std::string name; ///< As it goes over the line.
    bool isJunk;
    FolderState before{}; ///< When the mailbox was opened.
};

std::optional<std::uint32_t> numberIn(const ImapResponse& response, std::string_view code) {
    const auto text = responseCode(response, code);
    std::uint32_t number = 0;
    const bool isOne = text && std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc();
    return isOne ? std::optional(number) : std::nullopt;
}

/// RFC 5530: what is refused now may be granted later.
bool isTemporary(const ImapResponse& response) {
    constexpr std::string_view codes[] = {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"};
    return std::ranges::any_of(codes, [&](std::string_view code) { return responseCode(response, code).has_value(); });
}

/// As in 1-Feb-1994 (section 9: date).
std::string imapDate(std::chrono::sys_seconds time) {
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    return std::to_string(static_cast<unsigned>(day.day())) + '-' + months[static_cast<unsigned>(day.month()) - 1] +
           '-' + std::to_string(static_cast<int>(day.year()));
}

class Session {
public:
    Session(const MailAccount& account, const TrustStore& trusted, std::chrono::milliseconds timeout,
            Clock::time_point limit, const std::stop_token& stop)
        : account_(account)
        , trusted_(trusted)
        , timeout_(timeout)
        , limit_(limit)
        , connection_({account.server.host, account.addresses, account.server.port}, nextDeadline(), stop) {}

    void setLimit(Clock::time_point limit) { limit_ = limit; } ///< Whatever a command's own deadline is.

    [[nodiscard]] CourierDone open() {
        if (!connection_.open()) {
            return lost();
        }
        if (account_.server.security == MailSecurity::tls) {
            return secure(connection_, trusted_).and_then([this] { return beGreeted(); });
        }
        return beGreeted().and_then([this] { return startTls(); });
    }

    [[nodiscard]] CourierDone logIn() {
        return askCapabilities().and_then([this] { return authenticate(); }).and_then([this] {
            return askCapabilities(); // To those who are logged in some servers tell more.
        });
    }

    /// Each one that the server lists. What it refuses to list is not there.
    [[nodiscard]] CourierDone list(const std::function<void(const ImapFolder&)>& onFolder) {
        const OnResponse take = [&onFolder](const ImapResponse& response) {
            if (const auto folder = listedFolder(response)) {
                onFolder(*folder);
            }
        };
        if (has("SPECIAL-USE")) { // First those of which the use is known (RFC 6154 section 5.1).
            if (const auto answer = ask("LIST (SPECIAL-USE) \"\" \"*\"", take); !answer) {
                return tl::unexpected(answer.error());
            }
        }
        const auto answer = ask("LIST \"\" \"*\"", take);
        return answer ? CourierDone() : tl::unexpected(answer.error());
    }

    /// To be looked at, not to be changed.
    [[nodiscard]] tl::expected<FolderState, CourierProblem> examine(const std::string& name) {
        FolderState state;
        const auto note = [&state](const ImapResponse& response) {
            state.uidNext = numberIn(response, "UIDNEXT") ? numberIn(response, "UIDNEXT") : state.uidNext;
            state.uidValidity =
                numberIn(response, "UIDVALIDITY") ? numberIn(response, "UIDVALIDITY") : state.uidValidity;
        };
        return okElse(CourierError::folderMissing, ask("EXAMINE " + quotedForImap(name), note)).map([&] {
            return state;
        });
    }

    /// The newest of what there is in the folder that is examined, in the order of their UIDs.
    [[nodiscard]] tl::expected<std::vector<std::uint32_t>, CourierProblem> search(const std::string& criteria) {
        std::vector<std::uint32_t> found;
        const auto take = [&found](const ImapResponse& response) {
            const auto more = foundMessages(response);
            found.insert(found.end(), more.begin(), more.end());
            std::ranges::sort(found);
            const auto surplus = found.size() - std::min(found.size(), mostCandidates);
            found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(surplus));
        };
        return okElse(CourierError::serverRefused, ask("UID SEARCH " + criteria, take)).map([&] { return found; });
    }

    /// Nothing where it was taken away just now. `section`: "HEADER", or "" for all.
    [[nodiscard]] tl::expected<std::optional<std::string>, CourierProblem> fetch(std::uint32_t uid,
                                                                                 const std::string& section) {
        std::optional<std::string> octets;
        const auto take = [&](const ImapResponse& response) {
            auto fetched = fetchedSection(response, "BODY[" + section + "]");
            octets = fetched ? std::move(fetched) : std::move(octets);
        };
        return okElse(CourierError::serverRefused,
                      ask("UID FETCH " + std::to_string(uid) + " BODY.PEEK[" + section + "]", take, ofMessage))
            .map([&] { return std::move(octets); });
    }

    void sayGoodbye() { connection_.send("z LOGOUT\r\n"); } // The answer to that is of no interest.

private:
    using Answer = tl::expected<ImapResponse, CourierProblem>; ///< The response that ends it.
    enum class Continuation { none, mayCome };                 ///< A "+" that asks for more of a command.

    [[nodiscard]] Clock::time_point nextDeadline() const { return std::min(Clock::now() + timeout_, limit_); }

    [[nodiscard]] bool has(std::string_view capability) const {
        return std::ranges::any_of(capabilities_,
                                   [capability](const auto& each) { return sameLetters(each, capability); });
    }

    [[nodiscard]] tl::unexpected<CourierProblem> lost() const {
        const bool isAnnounced = connection_.end() == Reached::closed && !bye_.empty();
        return sealwright::lost(connection_.end(), isAnnounced ? bye_ : connection_.why());
    }

    [[nodiscard]] CourierDone beGreeted() {
        std::uint32_t left = ordinary.inAll;
        const auto greeting = receive(ordinary, left);
        if (!greeting) {
            return tl::unexpected(greeting.error());
        }
        if (greeting->tag() != "*") {
            return refusedBy(CourierError::garbled, greeting->tag());
        }
        if (greeting->isA("BYE")) { // Not now (section 7.1.5).
            return refusedBy(CourierError::tryLater, greeting->words());
        }
        return greeting->isA("OK") ? CourierDone() : refusedBy(CourierError::serverRefused, greeting->words());
    }

    [[nodiscard]] CourierDone startTls() {
        return okElse(CourierError::noTls, ask("STARTTLS")).and_then([this] { return secure(connection_, trusted_); });
    }

    [[nodiscard]] CourierDone askCapabilities() {
        capabilities_.clear();
        const auto answer = ask("CAPABILITY", [this](const ImapResponse& response) {
            auto names = capabilitiesIn(response);
            capabilities_ = names.empty() ? std::move(capabilities_) : std::move(names);
        });
        return answer ? CourierDone() : tl::unexpected(answer.error());
    }

    [[nodiscard]] CourierDone authenticate() {
        if (has("AUTH=PLAIN")) {
            auto answer = ask("AUTHENTICATE PLAIN", ignore, ordinary, Continuation::mayCome);
            if (answer && answer->tag() == "+") {
                return loggedIn(tell(saslLine(saslPlain(account_.user, account_.password)), Continuation::none));
            }
            if (!answer || answer->isA("OK") || has("LOGINDISABLED")) {
                return okElse(CourierError::noLogin, answer);
            }
        }
        return has("LOGINDISABLED") ? CourierDone(refusedBy(CourierError::noLogin)) : logInWithLiterals();
    }

    // As literals, for quoted strings have no room for letters beyond ASCII.
    [[nodiscard]] CourierDone logInWithLiterals() {
        const auto literalSize = [](std::size_t size) { return " {" + std::to_string(size) + "}\r\n"; };
        auto answer =
            ask("LOGIN {" + std::to_string(account_.user.size()) + "}", ignore, ordinary, Continuation::mayCome);
        if (answer && answer->tag() == "+") {
            answer = tell(SecretBytes(account_.user + literalSize(account_.password.size())), Continuation::mayCome);
            if (answer && answer->tag() == "+") {
                return connection_.send(account_.password.view())
                           ? loggedIn(tell(SecretBytes(std::string_view("\r\n")), Continuation::none))
                           : CourierDone(lost());
            }
        }
        return okElse(CourierError::noLogin, answer);
    }

    [[nodiscard]] static CourierDone loggedIn(const Answer& answer) {
        const bool isAboutForm = answer && answer->isA("BAD"); // And not about who it is.
        return okElse(isAboutForm ? CourierError::noLogin : CourierError::loginRefused, answer);
    }

    [[nodiscard]] static CourierDone okElse(CourierError refusal, const Answer& answer) {
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        if (answer->isA("OK")) {
            return {};
        }
        return refusedBy(isTemporary(*answer) ? CourierError::tryLater : refusal, answer->words());
    }

    [[nodiscard]] Answer ask(const std::string& command, const OnResponse& onResponse = ignore,
                             const Bounds& bounds = ordinary, Continuation continuation = Continuation::none) {
        tag_ = "a" + std::to_string(++commands_);
        connection_.setDeadline(nextDeadline());
        return connection_.send(tag_ + " " + command + "\r\n") ? receiveAnswer(onResponse, bounds, continuation)
                                                               : Answer(lost());
    }

    /// More of the command that was asked last.
    [[nodiscard]] Answer tell(const SecretBytes& octets, Continuation continuation) {
        connection_.setDeadline(nextDeadline());
        return connection_.send(octets.view()) ? receiveAnswer(ignore, ordinary, continuation) : Answer(lost());
    }

    [[nodiscard]] Answer receiveAnswer(const OnResponse& onResponse, const Bounds& bounds, Continuation continuation) {
        std::uint32_t left = bounds.inAll;
        while (true) {
            auto response = receive(bounds, left);
            if (!response || response->tag() == tag_) {
                return response;
            }
            if (response->tag() == "+" && continuation == Continuation::mayCome) {
                return response;
            }
            if (response->tag() == "*" && response->isA("BYE")) {
                bye_ = response->words();
            } else {
                onResponse(*response);
            }
        }
    }

    /// `left`: octets that the whole answer may still have.
    [[nodiscard]] Answer receive(const Bounds& bounds, std::uint32_t& left) {
        ImapResponse response;
        const auto take = [&left](std::size_t octets) {
            const bool fits = octets <= left;
            left -= fits ? static_cast<std::uint32_t>(octets) : 0;
            return fits;
        };
        do {
            if (const auto size = response.dueLiteral()) {
                if (*size > bounds.literal || !take(*size)) {
                    return refusedBy(CourierError::tooLong);
                }
                auto literal = connection_.receive(*size);
                if (!literal) {
                    return lost();
                }
                response.addLiteral(std::move(*literal));
            }
            const auto line = connection_.receiveLine(longestLine);
            if (!line) {
                return lost();
            }
            if (!take(line->size() + 2)) {
                return refusedBy(CourierError::tooLong);
            }
            if (!response.add(*line)) {
                return refusedBy(CourierError::garbled, std::string_view(*line).substr(0, 80));
            }
        } while (response.dueLiteral());
        return response;
    }

    const MailAccount& account_;
    const TrustStore& trusted_;
    const std::chrono::milliseconds timeout_;
    Clock::time_point limit_;
    Connection connection_;
    std::vector<std::string> capabilities_;
    std::string bye_; ///< What it said when it announced that it hangs up.
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

/// The server may serve us when it is asked once more.
bool mayPass(const CourierProblem& problem) {
    constexpr CourierError passing[] = {CourierError::tryLater, CourierError::closed, CourierError::timedOut,
                                        CourierError::unreachable};
    return std::ranges::find(passing, problem.code) != std::end(passing);
}

class ImapMailbox final : public OpenMailbox {
public:
    ImapMailbox(const Mailbox& mailbox, const TrustStore& trusted, std::chrono::milliseconds timeout,
                const std::stop_token& stop)
        : mailbox_(mailbox), trusted_(trusted), timeout_(timeout), stop_(stop) {}
    ~ImapMailbox() override {
        if (session_) {
            session_->sayGoodbye();
        }
    }
    ImapMailbox(const ImapMailbox&) = delete;
    ImapMailbox& operator=(const ImapMailbox&) = delete;

    [[nodiscard]] CourierDone open() {
        return connect(Clock::now() + timeout_ * forOpening)
            .and_then([this] { return findFolders(); })
            .and_then([this] { return noteWhatIsThere(); });
    }

    [[nodiscard]] tl::expected<FetchedMessage, CourierProblem> waitFor(const SentMessage& message,
                                                                       std::chrono::seconds patience) override {
        const Clock::time_point deadline = Clock::now() + patience;
        const Clock::time_point limit = deadline + timeout_;
        while (true) {
            auto found = connect(limit).and_then([&] { return look(message); });
            if (found && *found) {
                return std::move(**found);
            }
            if (!found) {
                session_.reset();
                if (!mayPass(found.error())) {
                    return tl::unexpected(found.error());
                }
            }
            if (Clock::now() >= deadline) {
                return found ? refusedBy(CourierError::notArrived) : tl::unexpected(found.error());
            }
            if (!waitUntil(std::min(deadline, Clock::now() + betweenLooks), stop_)) {
                return refusedBy(CourierError::cancelled);
            }
        }
    }

private:
    using Found = tl::expected<std::optional<FetchedMessage>, CourierProblem>;

    /// Where there is no connection any more.
    [[nodiscard]] CourierDone connect(Clock::time_point limit) {
        if (session_) {
            session_->setLimit(limit);
            return {};
        }
        session_ = std::make_unique<Session>(mailbox_.account, trusted_, timeout_, limit, stop_);
        auto done = session_->open().and_then([this] { return session_->logIn(); });
        if (!done) {
            session_.reset();
        }
        return done;
    }

    [[nodiscard]] CourierDone findFolders() {
        folders_ = {{encodeMailboxName(mailbox_.folder), false}};
        return session_->list([this](const ImapFolder& listed) {
            const auto known = std::ranges::find(folders_, listed.name, &Folder::name);
            if (!isForJunk(listed)) {
                return;
            }
            if (known != folders_.end()) {
                known->isJunk = true;
            } else if (folders_.size() <= mostJunkFolders) {
                folders_.push_back({listed.name, true});
            }
        });
    }

    [[nodiscard]] CourierDone noteWhatIsThere() {
        for (Folder& folder : folders_) {
            const auto state = session_->examine(folder.name);
            const bool isBusy = !state && state.error().code == CourierError::tryLater;
            if (!state && !mayLack(folder, state.error()) && (!folder.isJunk || !isBusy)) {
                return tl::unexpected(state.error());
            }
            folder.before = state.value_or(FolderState());
        }
        return {};
    }

    [[nodiscard]] bool mayLack(const Folder& folder, const CourierProblem& why) const {
        return &folder != &folders_.front() && why.code == CourierError::folderMissing;
    }

    [[nodiscard]] Found look(const SentMessage& message) {
        for (const Folder& folder : folders_) {
            const auto state = session_->examine(folder.name);
            if (!state && mayLack(folder, state.error())) {
                continue;
            }
            if (!state) {
                return tl::unexpected(state.error());
            }
            auto found = session_->search(criteria(message, folder, *state)).and_then([&](const auto& uids) {
                return choose(message, uids);
            });
            if (!found) {
                return tl::unexpected(found.error());
            }
            if (*found) {
                return FetchedMessage{std::move(**found), decodeMailboxName(folder.name), folder.isJunk};
            }
        }
        return Found(std::nullopt);
    }

    /// Few enough for a server that has to open each message to look into it.
    [[nodiscard]] static std::string criteria(const SentMessage& message, const Folder& folder,
                                              const FolderState& state) {
        const bool isCounted = message.isNew && folder.before.uidNext && folder.before.uidValidity == state.uidValidity;
        const std::string range =
            isCounted ? "UID " + std::to_string(*folder.before.uidNext) + ":*" : "SINCE " + imapDate(message.since);
        return range + " OR HEADER Message-ID " + quotedForImap(message.id) + " SUBJECT " +
               quotedForImap(message.token);
    }

    /// What servers make of a search differs: only the message itself tells that it is ours.
    [[nodiscard]] tl::expected<std::optional<std::string>, CourierProblem>
    choose(const SentMessage& message, const std::vector<std::uint32_t>& uids) {
        for (auto uid = uids.rbegin(); uid != uids.rend(); ++uid) {
            const auto header = session_->fetch(*uid, "HEADER");
            if (!header) {
                return tl::unexpected(header.error());
            }
            if (*header && isTestMessage(**header, message.id, message.token)) {
                return session_->fetch(*uid, "");
            }
        }
        return std::optional<std::string>();
    }

    const Mailbox& mailbox_;
    const TrustStore& trusted_;
    const std::chrono::milliseconds timeout_;
    const std::stop_token stop_;
    std::vector<Folder> folders_; ///< The mailbox's own first.
    std::unique_ptr<Session> session_;
};

} // namespace

tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem> openImapMailbox(const Mailbox& mailbox,
                                                                           const TrustStore& trusted,
                                                                           std::chrono::milliseconds timeout,
                                                                           const std::stop_token& stop) {
    auto opened = std::make_unique<ImapMailbox>(mailbox, trusted, timeout, stop);
    if (const auto done = opened->open(); !done) {
        return tl::unexpected(done.error());
    }
    return opened;
}

} // namespace sealwright
