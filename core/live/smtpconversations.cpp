#include "live/smtpconversations.h"

#include "live/smtpprobe.h"

#include <algorithm>
#include <deque>
#include <thread>

namespace sealwright {
namespace {

constexpr std::size_t mostRemembered = 500; // A hostile server's certificates have up to 100 kB.

} // namespace

/// Who wants to know what a server shows.
class SmtpConversations::Listener {
public:
    Listener(SmtpConversations& all, About about) : all_(all), about_(std::move(about)) {}

    /// With the lock held: listens to a conversation, or begins one where it is our turn. Returns whether it has ended.
    bool advance(const std::stop_token& stop) {
        if (conversation_ && conversation_->ended && !conversation_->seen) {
            conversation_.reset(); // Another's stop is none of ours.
        }
        if (!conversation_) {
            conversation_ = all_.find(about_);
        }
        if (!conversation_ && (conversation_ = all_.begin(about_))) {
            talking_ =
                std::jthread([this, stop, conversation = conversation_] { all_.talk(about_, *conversation, stop); });
        }
        const bool ended = conversation_ && conversation_->seen;
        if (ended) {
            talking_ = {}; // Its thread has nothing more to do.
        }
        return ended;
    }

    /// Without the lock: a thread of its own may have a last word to say.
    [[nodiscard]] SmtpSeen seen() {
        talking_ = {};
        const std::scoped_lock lock(all_.mutex_);
        SmtpSeen cancelled;
        cancelled.reached = Reached::cancelled;
        return conversation_ && conversation_->seen ? *conversation_->seen : cancelled;
    }

private:
    SmtpConversations& all_;
    const About about_;
    std::shared_ptr<Conversation> conversation_;
    std::jthread talking_;
};

std::vector<SmtpSeen> SmtpConversations::hold(std::span<const SmtpTarget> targets, const DomainName& helo,
                                              const std::stop_token& stop) {
    std::deque<Listener> listeners; // Their threads know where they are.
    for (const SmtpTarget& target : targets) {
        listeners.emplace_back(*this, About(target, helo));
    }
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        const unsigned before = changes_;
        const auto open = std::ranges::count_if(listeners, [&](Listener& one) { return !one.advance(stop); });
        if (open == 0) {
            break;
        }
        changed_.wait(lock, stop, [&] { return changes_ != before; });
    }
    lock.unlock();
    std::vector<SmtpSeen> seen;
    std::ranges::transform(listeners, std::back_inserter(seen), &Listener::seen);
    return seen;
}

std::shared_ptr<SmtpConversations::Conversation> SmtpConversations::find(const About& about) const {
    const auto known = conversations_.find(about);
    const bool counts =
        known != conversations_.end() && (!known->second->ended || Clock::now() - *known->second->ended < remember_);
    return counts ? known->second : nullptr;
}

std::shared_ptr<SmtpConversations::Conversation> SmtpConversations::begin(const About& about) {
    if (!turns_.take(about.first.address)) {
        return nullptr;
    }
    forgetSome();
    auto conversation = std::make_shared<Conversation>();
    conversations_.insert_or_assign(about, conversation);
    return conversation;
}

void SmtpConversations::forgetSome() {
    if (conversations_.size() >= mostRemembered) {
        std::erase_if(conversations_, [](const auto& known) { return known.second->ended.has_value(); });
    }
}

void SmtpConversations::talk(const About& about, Conversation& conversation, const std::stop_token& stop) {
    const auto& [target, helo] = about;
    SmtpSeen seen = probeSmtpServer(target, helo, trusted_, Clock::now() + timeout_, stop);
    {
        const std::scoped_lock lock(mutex_);
        conversation.ended = Clock::now();
        if (!stop.stop_requested()) {
            conversation.seen = std::move(seen);
        }
        if (stop.stop_requested() || remember_ == remember_.zero()) {
            conversations_.erase(about);
        }
        turns_.give(target.address);
        ++changes_;
    }
    changed_.notify_all();
}

} // namespace sealwright
