#include "live/unboundresolver.h"

#include "live/directquestions.h"
#include "live/rootanchor.h"
#include "live/systemservers.h"
#include "live/unboundcontext.h"
#include "live/zonefragments.h"

#include <algorithm>
#include <set>

namespace sealwright {

namespace {

using Clock = std::chrono::steady_clock;

/// So long may answers be remembered: a record that was just published shall be seen by the next look.
constexpr std::chrono::seconds memory{10};

/// So long may the way to the root's signature take before it counts as closed.
constexpr std::chrono::seconds probeTimeout{2};

std::shared_ptr<LookupBatch> askAll(UnboundContext& context, std::span<const Question> questions) {
    auto batch = std::make_shared<LookupBatch>(questions);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        context.ask(batch, i);
    }
    return batch;
}

/// The validator walks down from the root, and asks for one DS record after the other. Asked together with the
/// questions themselves, they are there when it comes to them.
std::vector<Question> signatureChain(std::span<const Question> questions) {
    std::set<Question> chain;
    for (const Question& question : questions) {
        for (auto at = std::optional(question.name); at && !at->isRoot(); at = at->parent()) {
            if (at->labels().size() <= 2) { // Deeper down it is seldom a zone of its own.
                chain.insert({*at, RecordType::ds});
            }
        }
    }
    return {chain.begin(), chain.end()};
}

/// Whether libunbound takes this. It reports only that something is wrong, so what may be is tried one by one.
bool accepts(const UnboundSettings& settings) {
    return UnboundContext::create(settings).has_value();
}

tl::expected<std::vector<std::string>, Problem<ResolverError>> trustAnchorsFor(const ResolverOptions& options,
                                                                               bool systemResolvers) {
    if (!options.trustAnchors) {
        return systemResolvers ? trustAnchorLines(rootAnchor).value() : std::vector<std::string>{};
    }
    auto anchors = readTrustAnchors(*options.trustAnchors);
    if (anchors && !accepts({.trustAnchors = *anchors})) {
        return tl::unexpected(fileProblem(ResolverError::badTrustAnchor, *options.trustAnchors));
    }
    return anchors;
}

tl::expected<UnboundSettings, Problem<ResolverError>> settingsFor(const ResolverOptions& options,
                                                                  std::vector<WholeZone> zones) {
    UnboundSettings settings;
    settings.systemResolvers = !options.offline && options.servers.empty();
    settings.forwarders = options.offline ? std::vector<ResolverOptions::Server>{} : options.servers;
    settings.zonesAreSigned = options.trustAnchors.has_value();
    if (settings.systemResolvers && !hasSystemServers()) {
        return tl::unexpected(problem(ResolverError::noSystemResolver));
    }
    auto anchors = trustAnchorsFor(options, settings.systemResolvers);
    if (!anchors) {
        return tl::unexpected(anchors.error());
    }
    settings.trustAnchors = std::move(*anchors);
    for (const WholeZone& zone : zones) {
        if (!accepts({.zones = {zone}})) {
            return tl::unexpected(fileProblem(ResolverError::badZoneFile, zone.path));
        }
    }
    settings.zones = std::move(zones);
    return settings;
}

} // namespace

struct UnboundResolver::Private {
    Private(const ResolverOptions& options, UnboundSettings asking, std::vector<ZoneFile::Record> records)
        : settings(std::move(asking))
        , anchorsOfRoot(options.trustAnchors ? settings.trustAnchors : trustAnchorLines(rootAnchor).value())
        , fragments(std::move(records))
        , timeout(options.timeout)
        , offline(options.offline)
        , reachesNameServers(!options.offline && options.zoneFiles.empty())
        , builtInAnchors(settings.systemResolvers && !options.trustAnchors) {}

    UnboundSettings settings;
    const std::vector<std::string> anchorsOfRoot;
    const ZoneFragments fragments;
    const std::chrono::milliseconds timeout;
    const bool offline;
    const bool reachesNameServers;
    const bool builtInAnchors;

    std::mutex mutex; ///< Of what follows, and of settings.trustAnchors.
    /// Nobody knows yet whether the system's resolvers let signatures through. Where they don't, validating would turn
    /// every signed domain bogus. Asked anew with each context: computers are carried from network to network.
    bool pathUntried = false;
    std::shared_ptr<UnboundContext> context;
    Clock::time_point contextMade;
    std::shared_ptr<UnboundContext> fromRoot;
    Clock::time_point fromRootMade;

    [[nodiscard]] bool isValidating();
    [[nodiscard]] tl::expected<std::shared_ptr<UnboundContext>, std::string> freshContext();
    [[nodiscard]] tl::expected<std::shared_ptr<UnboundContext>, std::string> contextFromRoot();
    [[nodiscard]] std::vector<Answer> ask(std::span<const Question> questions, Clock::time_point deadline,
                                          const std::stop_token& stop);
    [[nodiscard]] bool signaturesComeThrough(UnboundContext& validating, Clock::time_point deadline,
                                             const std::stop_token& stop);
    [[nodiscard]] std::vector<Answer> askWithoutValidation(std::span<const Question> questions,
                                                           Clock::time_point deadline, const std::stop_token& stop);
};

bool UnboundResolver::Private::isValidating() {
    const std::scoped_lock lock(mutex);
    return !settings.trustAnchors.empty();
}

tl::expected<std::shared_ptr<UnboundContext>, std::string> UnboundResolver::Private::freshContext() {
    const std::scoped_lock lock(mutex);
    const auto now = Clock::now();
    if (!context || (!offline && now - contextMade > memory)) {
        auto made = UnboundContext::create(settings);
        if (!made) {
            return tl::unexpected(made.error());
        }
        context = std::move(*made);
        contextMade = now;
        pathUntried = builtInAnchors && !settings.trustAnchors.empty();
    }
    return context;
}

tl::expected<std::shared_ptr<UnboundContext>, std::string> UnboundResolver::Private::contextFromRoot() {
    const std::scoped_lock lock(mutex);
    const auto now = Clock::now();
    if (!fromRoot || now - fromRootMade > memory) {
        auto made = UnboundContext::create({.recursive = true, .trustAnchors = anchorsOfRoot});
        if (!made) {
            return tl::unexpected(made.error());
        }
        fromRoot = std::move(*made);
        fromRootMade = now;
    }
    return fromRoot;
}

std::vector<Answer> UnboundResolver::Private::ask(std::span<const Question> questions, Clock::time_point deadline,
                                                  const std::stop_token& stop) {
    const auto current = freshContext();
    if (!current) {
        return allAnswered(questions, AnswerStatus::serverFailure, current.error());
    }
    const auto batch = askAll(**current, questions);
    if (isValidating()) {
        (void)askAll(**current, signatureChain(questions)); // Nobody waits for them.
    }
    if (!signaturesComeThrough(**current, deadline, stop)) {
        return askWithoutValidation(questions, deadline, stop);
    }
    return batch->wait(deadline, stop);
}

bool UnboundResolver::Private::signaturesComeThrough(UnboundContext& validating, Clock::time_point deadline,
                                                     const std::stop_token& stop) {
    {
        const std::scoped_lock lock(mutex);
        if (!pathUntried) {
            return true;
        }
    }
    const Question rootServers{DomainName::root(), RecordType::ns};
    const auto batch = askAll(validating, {&rootServers, 1});
    const Answer answer = batch->wait(std::min(deadline, Clock::now() + probeTimeout), stop).front();
    const bool through = answer.status == AnswerStatus::found && answer.security == DnsSecurity::secure;
    const std::scoped_lock lock(mutex);
    pathUntried = pathUntried && !through;
    return through;
}

std::vector<Answer> UnboundResolver::Private::askWithoutValidation(std::span<const Question> questions,
                                                                   Clock::time_point deadline,
                                                                   const std::stop_token& stop) {
    const auto believing = [this] {
        const std::scoped_lock lock(mutex);
        UnboundSettings copy = settings;
        copy.trustAnchors.clear();
        return copy;
    }();
    auto made = UnboundContext::create(believing);
    if (!made) {
        return allAnswered(questions, AnswerStatus::serverFailure, made.error());
    }
    const std::shared_ptr<UnboundContext> plain = std::move(*made);
    auto answers = askAll(*plain, questions)->wait(deadline, stop);
    if (std::ranges::any_of(answers, &Answer::isConclusive)) { // Else it is the network that is closed.
        const std::scoped_lock lock(mutex);
        pathUntried = false;
        settings.trustAnchors.clear();
        context = plain;
        contextMade = Clock::now();
    }
    return answers;
}

UnboundResolver::UnboundResolver(std::unique_ptr<Private> d) : d_(std::move(d)) {}

UnboundResolver::~UnboundResolver() = default;

tl::expected<std::unique_ptr<UnboundResolver>, Problem<ResolverError>>
UnboundResolver::create(const ResolverOptions& options) {
    auto sources = ZoneSources::read(options.zoneFiles);
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    auto settings = settingsFor(options, std::move(sources->zones));
    if (!settings) {
        return tl::unexpected(settings.error());
    }
    auto d = std::make_unique<Private>(options, std::move(*settings), std::move(sources->fragments));
    if (auto context = d->freshContext(); !context) {
        return tl::unexpected(problem(ResolverError::library, context.error()));
    }
    return std::unique_ptr<UnboundResolver>(new UnboundResolver(std::move(d)));
}

std::vector<Answer> UnboundResolver::lookupAll(std::span<const Question> questions, std::stop_token stop) {
    if (stop.stop_requested()) {
        return allAnswered(questions, AnswerStatus::cancelled);
    }
    const auto deadline = Clock::now() + d_->timeout;
    std::vector<Answer> answers(questions.begin(), questions.end());
    std::vector<Question> open;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (auto rest = d_->fragments.answer(answers[i])) {
            open.push_back(std::move(*rest));
            places.push_back(i);
        }
    }
    if (open.empty()) {
        return answers;
    }
    auto rest = d_->ask(open, deadline, stop);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        rest[i].question = answers[places[i]].question;
        if (d_->offline && rest[i].status == AnswerStatus::serverFailure) {
            rest[i].status = AnswerStatus::notAsked;
            rest[i].why.clear();
        }
        answers[places[i]] = std::move(rest[i]);
    }
    return answers;
}

std::vector<Reply> UnboundResolver::askServers(std::span<const ServerQuestion> questions, std::stop_token stop) {
    if (!d_->reachesNameServers) {
        return Resolver::askServers(questions, std::move(stop));
    }
    return askDirectly(questions, Clock::now() + d_->timeout, stop);
}

std::vector<Answer> UnboundResolver::lookupFromRoot(std::span<const Question> questions, std::stop_token stop) {
    if (!d_->reachesNameServers || questions.empty()) {
        return allAnswered(questions, AnswerStatus::notAsked);
    }
    const auto deadline = Clock::now() + d_->timeout;
    const auto context = d_->contextFromRoot();
    if (!context) {
        return allAnswered(questions, AnswerStatus::serverFailure, context.error());
    }
    return askAll(**context, questions)->wait(deadline, stop);
}

bool UnboundResolver::reachesNameServers() const {
    return d_->reachesNameServers;
}

bool UnboundResolver::validates() const {
    return d_->isValidating();
}

} // namespace sealwright
