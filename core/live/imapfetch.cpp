#include "live/imapfetch.h"

#include "live/imapsession.h"
#include "live/mailboxname.h"
#include "mailtest/testmessage.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t mostJunkFolders = 10;
constexpr auto betweenLooks = 3s;
constexpr int forOpening = 6; // Times as long as for one command.

struct Folder {
    std::string name; ///< As it goes over the line.
    bool isJunk;
    ImapFolderState before{}; ///< When the mailbox was opened.
};

/// As in 1-Feb-1994 (section 9: date).
std::string imapDate(std::chrono::sys_seconds time) {
    constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    return std::to_string(static_cast<unsigned>(day.day())) + '-' + months[static_cast<unsigned>(day.month()) - 1] +
           '-' + std::to_string(static_cast<int>(day.year()));
}

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
        session_ = std::make_unique<ImapSession>(mailbox_.account, trusted_, timeout_, limit, stop_);
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
            folder.before = state.value_or(ImapFolderState());
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
                                              const ImapFolderState& state) {
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
    std::unique_ptr<ImapSession> session_;
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
