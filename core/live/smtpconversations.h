#pragma once

#include "checks/network.h"
#include "live/truststore.h"
#include "live/turns.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <optional>

namespace sealwright {

/// All conversations with mail servers, however many domains are looked at at the same time: a server has a few of
/// ours at once, and who asks about one that is being held hears what comes of it. Safe to use from several threads.
class SmtpConversations {
public:
    /// `trusted` outlives this. Each may take as long as `timeout`, from when it begins; what came of it counts for
    /// `remember`, without talking to the server again.
    SmtpConversations(const TrustStore& trusted, std::chrono::milliseconds timeout, std::chrono::seconds remember)
        : trusted_(trusted), timeout_(timeout), remember_(remember) {}

    /// One result per target, in their order.
    [[nodiscard]] std::vector<SmtpSeen> hold(std::span<const SmtpTarget> targets, const DomainName& helo,
                                             const std::stop_token& stop);

private:
    using Clock = std::chrono::steady_clock;
    using About = std::pair<SmtpTarget, DomainName>; ///< And how we introduce ourselves.
    struct Conversation {
        std::optional<SmtpSeen> seen; ///< Nothing where whoever held it was stopped.
        std::optional<Clock::time_point> ended;
    };
    class Listener;

    // With the lock held.
    [[nodiscard]] std::shared_ptr<Conversation> find(const About& about) const;
    [[nodiscard]] std::shared_ptr<Conversation> begin(const About& about);
    void forgetSome();

    void talk(const About& about, Conversation& conversation, const std::stop_token& stop);

    const TrustStore& trusted_;
    const std::chrono::milliseconds timeout_;
    const std::chrono::seconds remember_;
    // Postfix begins with five at a time to one destination, too (initial_destination_concurrency). In all there are
    // less than a process may have files open: three or four each, and 1,024 are usual.
    Turns<IpAddress> turns_{5, 100};
    std::mutex mutex_;
    std::condition_variable_any changed_;
    unsigned changes_ = 0;
    std::map<About, std::shared_ptr<Conversation>> conversations_;
};

} // namespace sealwright
