#pragma once

#include <limits>
#include <map>
#include <mutex>

namespace sealwright {

/// However many want something of a server at the same time, it has so many of ours at once, and all together have so
/// many; the others wait. Safe to use from several threads.
template <class Server>
class Turns {
public:
    explicit Turns(int mostEach, int mostInAll = std::numeric_limits<int>::max())
        : mostEach_(mostEach), mostInAll_(mostInAll) {}

    /// False: not now.
    [[nodiscard]] bool take(const Server& server) {
        const std::scoped_lock lock(mutex_);
        const auto known = open_.find(server);
        if (inAll_ == mostInAll_ || (known != open_.end() && known->second == mostEach_)) {
            return false;
        }
        ++open_[server];
        ++inAll_;
        return true;
    }
    void give(const Server& server) {
        const std::scoped_lock lock(mutex_);
        --inAll_;
        if (--open_[server] == 0) {
            open_.erase(server);
        }
    }

private:
    const int mostEach_;
    const int mostInAll_;
    std::mutex mutex_;
    std::map<Server, int> open_;
    int inAll_ = 0;
};

} // namespace sealwright
