#pragma once

#include "keys/keyvault.h"

#include <deque>
#include <map>
#include <mutex>

namespace sealwright::test {

/// A vault in memory. A test chooses how the next calls end; calls after those do what a good vault does.
class FakeVault : public KeyVault {
public:
    [[nodiscard]] tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override {
        const std::scoped_lock lock(mutex_);
        if (auto trouble = next(stop)) {
            return tl::unexpected(*trouble);
        }
        const auto found = keys_.find(id);
        if (found == keys_.end()) {
            return tl::unexpected(problem(VaultError::absent));
        }
        return KeyPair::fromPkcs8Der(found->second.view()).map_error([](const auto&) {
            return problem(VaultError::damaged);
        });
    }

    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                                std::stop_token stop) override {
        const std::scoped_lock lock(mutex_);
        if (auto trouble = next(stop)) {
            return tl::unexpected(*trouble);
        }
        const auto [item, added] = keys_.try_emplace(id, key.toPkcs8Der());
        if (!added && item->second.view() != key.toPkcs8Der().view()) {
            return tl::unexpected(problem(VaultError::occupied));
        }
        return {};
    }

    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) override {
        const std::scoped_lock lock(mutex_);
        if (auto trouble = next(stop)) {
            return tl::unexpected(*trouble);
        }
        keys_.erase(id);
        return {};
    }

    [[nodiscard]] std::string place() const override { return "a vault in memory"; }

    /// The next call not yet chosen for, of whatever kind, ends like this.
    void failNext(VaultError error, std::string_view what = {}) {
        const std::scoped_lock lock(mutex_);
        failures_.push_back(problem(error, what));
    }

    [[nodiscard]] bool holds(const KeyId& id) const {
        const std::scoped_lock lock(mutex_);
        return keys_.contains(id);
    }

private:
    std::optional<Problem<VaultError>> next(const std::stop_token& stop) {
        if (stop.stop_requested()) {
            return problem(VaultError::cancelled);
        }
        if (failures_.empty()) {
            return std::nullopt;
        }
        auto failure = std::move(failures_.front());
        failures_.pop_front();
        return failure;
    }

    std::map<KeyId, SecretBytes> keys_;
    std::deque<Problem<VaultError>> failures_;
    mutable std::mutex mutex_;
};

} // namespace sealwright::test
