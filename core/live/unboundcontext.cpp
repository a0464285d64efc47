#include "live/unboundcontext.h"

#include "dns/message.h"
#include "live/unboundsettings.h"

#include <unbound.h>

#ifndef _WIN32
#include <poll.h>
#endif

namespace sealwright {

namespace {

using std::chrono::milliseconds;

constexpr int classIn = 1;
constexpr int rcodeNoError = 0;
constexpr int rcodeNxDomain = 3;
constexpr milliseconds pumpInterval{10};

/// Waits until libunbound has results, a little at most. Windows has nothing to wait for.
void waitForResults([[maybe_unused]] int descriptor) {
#ifdef _WIN32
    std::this_thread::sleep_for(pumpInterval);
#else
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    poll(&waiting, 1, static_cast<int>(pumpInterval.count()));
#endif
}

AnswerStatus statusOf(const ub_result& result) {
    if (result.bogus != 0) {
        return AnswerStatus::bogus;
    }
    if (result.nxdomain != 0 || result.rcode == rcodeNxDomain) {
        return AnswerStatus::nxDomain;
    }
    if (result.rcode != rcodeNoError) {
        return AnswerStatus::serverFailure;
    }
    return result.havedata != 0 ? AnswerStatus::found : AnswerStatus::noData;
}

Answer toAnswer(const Question& question, const ub_result& result) {
    Answer answer(question);
    answer.status = statusOf(result);
    answer.security = result.secure != 0 ? DnsSecurity::secure : DnsSecurity::insecure;
    answer.ttl = std::chrono::seconds(result.ttl);
    if (answer.status == AnswerStatus::found) {
        for (std::size_t i = 0; result.data[i] != nullptr; ++i) {
            answer.rdata.emplace_back(result.data[i], static_cast<std::size_t>(result.len[i]));
        }
    } else if (answer.status == AnswerStatus::bogus) {
        answer.why = result.why_bogus != nullptr ? result.why_bogus : "";
    } else if (answer.status == AnswerStatus::serverFailure) {
        answer.why = rcodeWord(result.rcode);
    }
    if (result.canonname != nullptr) {
        std::string_view canonical = result.canonname;
        canonical.remove_suffix(canonical.ends_with('.') ? 1 : 0);
        if (auto name = DomainName::parseDns(canonical)) {
            answer.canonicalName = std::move(*name);
        }
    }
    return answer;
}

} // namespace

void UnboundContext::Deleter::operator()(ub_ctx* context) const {
    ub_ctx_delete(context);
}

tl::expected<std::unique_ptr<UnboundContext>, std::string> UnboundContext::create(const UnboundSettings& settings) {
    std::unique_ptr<ub_ctx, Deleter> context(ub_ctx_create());
    if (!context) {
        return tl::unexpected(ub_strerror(UB_NOMEM));
    }
    if (const int error = configure(context.get(), settings); error != UB_NOERROR) {
        return tl::unexpected(ub_strerror(error));
    }
    return std::unique_ptr<UnboundContext>(new UnboundContext(std::move(context)));
}

UnboundContext::UnboundContext(std::unique_ptr<ub_ctx, Deleter> context)
    : context_(std::move(context)), pump_([this](const std::stop_token& stop) { pump(stop); }) {}

UnboundContext::~UnboundContext() = default;

void UnboundContext::ask(const std::shared_ptr<LookupBatch>& batch, std::size_t index) {
    const Question& question = batch->question(index);
    auto ticket = std::make_unique<Ticket>(Ticket{*this, batch, index});
    void* const key = ticket.get();
    {
        const std::scoped_lock lock(mutex_);
        tickets_.emplace(key, std::move(ticket));
    }
    asked_.notify_all();
    const int error =
        ub_resolve_async(context_.get(), question.name.toString().c_str(), static_cast<int>(question.type), classIn,
                         key, &UnboundContext::resolved, nullptr);
    if (error != UB_NOERROR) {
        resolved(key, error, nullptr);
    }
}

void UnboundContext::resolved(void* key, int error, ub_result* result) noexcept {
    const std::unique_ptr<ub_result, decltype(&ub_resolve_free)> owned(result, &ub_resolve_free);
    auto& [context, batch, index] = *static_cast<Ticket*>(key);
    if (result != nullptr && error == UB_NOERROR) {
        batch->settle(index, toAnswer(batch->question(index), *result));
    } else {
        Answer answer(batch->question(index));
        answer.status = AnswerStatus::serverFailure;
        answer.why = ub_strerror(error);
        batch->settle(index, std::move(answer));
    }
    const std::scoped_lock lock(context.mutex_);
    context.tickets_.erase(key);
}

void UnboundContext::pump(const std::stop_token& stop) {
    const int descriptor = ub_fd(context_.get());
    std::unique_lock lock(mutex_);
    while (asked_.wait(lock, stop, [this] { return !tickets_.empty(); }) && !stop.stop_requested()) {
        lock.unlock();
        waitForResults(descriptor);
        ub_process(context_.get());
        lock.lock();
    }
}

} // namespace sealwright
