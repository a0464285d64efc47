#pragma once

#include "live/lookupbatch.h"
#include "live/unboundsettings.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <thread>

struct ub_ctx;
struct ub_result;

namespace sealwright {

/// A libunbound context. Its own thread resolves; one of ours, the pump, hands out what is resolved. Thread-safe.
class UnboundContext {
public:
    /// On failure libunbound's word.
    [[nodiscard]] static tl::expected<std::unique_ptr<UnboundContext>, std::string>
    create(const UnboundSettings& settings);
    /// Forgets what is still open: nobody may wait for it.
    ~UnboundContext();
    UnboundContext(const UnboundContext&) = delete;
    UnboundContext& operator=(const UnboundContext&) = delete;

    /// Ends the pump without waiting for it, so that many contexts end at the same time.
    void close() { pump_.request_stop(); }
    /// Asks what the batch's question `index` is, and settles it from the pump's thread.
    void ask(const std::shared_ptr<LookupBatch>& batch, std::size_t index);

private:
    struct Deleter {
        void operator()(ub_ctx* context) const;
    };
    /// What libunbound gives back to us with a result.
    struct Ticket {
        UnboundContext& context;
        std::shared_ptr<LookupBatch> batch;
        std::size_t index;
    };

    explicit UnboundContext(std::unique_ptr<ub_ctx, Deleter> context);
    void pump(const std::stop_token& stop);
    static void resolved(void* ticket, int error, ub_result* result) noexcept;

    std::mutex mutex_;
    std::condition_variable_any asked_;
    /// Kept here, because libunbound never calls back for what is open when it ends.
    std::map<const void*, std::unique_ptr<Ticket>> tickets_;
    std::unique_ptr<ub_ctx, Deleter> context_;
    std::jthread pump_; ///< The last member, so that it ends first.
};

} // namespace sealwright
