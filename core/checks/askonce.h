#pragma once

#include "dns/resolver.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace sealwright {

/// The resolver of one run: nothing is asked twice in it, however many checks want to know the same at the same time.
/// What was cancelled is forgotten.
class AskOnce final : public Resolver {
public:
    explicit AskOnce(Resolver& behind) : behind_(behind) {}

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override;
    [[nodiscard]] std::vector<Reply> askServers(std::span<const ServerQuestion> questions,
                                                std::stop_token stop) override;
    [[nodiscard]] std::vector<Answer> lookupFromRoot(std::span<const Question> questions,
                                                     std::stop_token stop) override;
    [[nodiscard]] bool reachesNameServers() const override { return behind_.reachesNameServers(); }
    [[nodiscard]] bool validates() const override { return behind_.validates(); }

private:
    /// What was asked, with nothing behind it while the answer is on its way.
    template <class Asked, class Told>
    using Memory = std::map<Asked, std::optional<Told>>;

    template <class Asked, class Told, class Ask>
    [[nodiscard]] std::vector<Told> recall(Memory<Asked, Told>& memory, std::span<const Asked> questions,
                                           const std::stop_token& stop, Ask ask);

    Resolver& behind_;
    std::mutex mutex_;
    std::condition_variable_any told_;
    Memory<Question, Answer> answers_;
    Memory<Question, Answer> answersFromRoot_;
    Memory<ServerQuestion, Reply> replies_;
};

} // namespace sealwright
