#pragma once

#include "live/imapresponse.h"
#include "live/mailconnection.h"

#include <functional>

namespace sealwright {

/// How a folder was when it was examined.
struct ImapFolderState {
    std::optional<std::uint32_t> uidNext;
    std::optional<std::uint32_t> uidValidity;
};

/// A conversation with an IMAP server (RFC 9051), command by command.
class ImapSession {
public:
    using Clock = std::chrono::steady_clock;

    /// `account` and `trusted` outlive it. `timeout` is for each command, `limit` for all of it.
    ImapSession(const MailAccount& account, const TrustStore& trusted, std::chrono::milliseconds timeout,
                Clock::time_point limit, const std::stop_token& stop);

    void setLimit(Clock::time_point limit) { limit_ = limit; } ///< Whatever a command's own deadline is.

    [[nodiscard]] CourierDone open();
    [[nodiscard]] CourierDone logIn();

    /// Each one that the server lists. What it refuses to list is not there.
    [[nodiscard]] CourierDone list(const std::function<void(const ImapFolder&)>& onFolder);

    /// To be looked at, not to be changed.
    [[nodiscard]] tl::expected<ImapFolderState, CourierProblem> examine(const std::string& name);

    /// The newest of what there is in the folder that is examined, in the order of their UIDs.
    [[nodiscard]] tl::expected<std::vector<std::uint32_t>, CourierProblem> search(const std::string& criteria);

    /// Nothing where it was taken away just now. `section`: "HEADER", or "" for all.
    [[nodiscard]] tl::expected<std::optional<std::string>, CourierProblem> fetch(std::uint32_t uid,
                                                                                 const std::string& section);

    void sayGoodbye() { connection_.send("z LOGOUT\r\n"); } // The answer to that is of no interest.

private:
    /// How many octets an answer may have.
    struct Bounds {
        std::uint32_t literal;
        std::uint32_t inAll;
    };
    static constexpr Bounds ordinary{65'536, 16'000'000}; // A hundred thousand folders.
    static constexpr Bounds ofMessage{25'000'000, 25'100'000};

    using OnResponse = std::function<void(const ImapResponse&)>;
    static void ignore(const ImapResponse& /*response*/) {}
    using Answer = tl::expected<ImapResponse, CourierProblem>; ///< The response that ends it.
    enum class Continuation { none, mayCome };                 ///< A "+" that asks for more of a command.

    [[nodiscard]] Clock::time_point nextDeadline() const { return std::min(Clock::now() + timeout_, limit_); }

    [[nodiscard]] bool has(std::string_view capability) const;
    [[nodiscard]] tl::unexpected<CourierProblem> lost() const;
    [[nodiscard]] CourierDone beGreeted();
    [[nodiscard]] CourierDone startTls();
    [[nodiscard]] CourierDone askCapabilities();
    [[nodiscard]] CourierDone authenticate();
    [[nodiscard]] CourierDone logInWithLiterals();
    [[nodiscard]] static CourierDone loggedIn(const Answer& answer);
    [[nodiscard]] static CourierDone okElse(CourierError refusal, const Answer& answer);
    [[nodiscard]] Answer ask(const std::string& command, const OnResponse& onResponse = ignore,
                             const Bounds& bounds = ordinary, Continuation continuation = Continuation::none);

    /// More of the command that was asked last.
    [[nodiscard]] Answer tell(const SecretBytes& octets, Continuation continuation);
    [[nodiscard]] Answer receiveAnswer(const OnResponse& onResponse, const Bounds& bounds, Continuation continuation);

    /// `left`: octets that the whole answer may still have.
    [[nodiscard]] Answer receive(const Bounds& bounds, std::uint32_t& left);

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

} // namespace sealwright
