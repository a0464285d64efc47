#include "checks/resolversview.h"

#include <algorithm>
#include <set>

namespace sealwright {
namespace {

class WorldView {
public:
    WorldView(const CheckInput& input, const ZoneVoices& voices, const FindingSink& sink)
        : input_(input), voices_(voices), sink_(sink) {
        for (std::size_t i = 0; i < voices.questions.size(); ++i) {
            const auto consensus = consensusOf(voices, i);
            if (consensus && consensus->others.empty()) {
                questions_.push_back(voices.questions[i]);
                values_.push_back(consensus->values);
            }
        }
    }

    void compare(const std::stop_token& stop) {
        compareWith("", input_.resolver.lookupAll(questions_, stop));
        compareOthers(stop);
        if (input_.resolver.validates()) {
            compareOwnRecursion(input_.resolver.lookupFromRoot(questions_, stop));
        }
    }

private:
    // Public resolvers that the user named.
    void compareOthers(const std::stop_token& stop) {
        std::vector<ServerQuestion> asked;
        for (const NameServer& other : input_.alsoAsk) {
            std::ranges::transform(questions_, std::back_inserter(asked), [&](const Question& question) {
                return ServerQuestion{other, question};
            });
        }
        const std::vector<Reply> replies = input_.resolver.askServers(asked, stop);
        for (std::size_t begin = 0; begin < replies.size(); begin += questions_.size()) {
            std::vector<Answer> answers;
            for (std::size_t i = 0; i < questions_.size(); ++i) {
                answers.push_back(replies[begin + i].answer);
            }
            const std::string who = asked[begin].server.address.toString();
            compareWith(who, answers);
            if (!answers.empty() && std::ranges::none_of(answers, &Answer::isConclusive)) {
                sink_(
                    {FindingCode::resolverSilent, Area::delegation, voices_.zone, {who, answers.front().why}, {}, {}});
            }
        }
    }

    void compareOwnRecursion(const std::vector<Answer>& answers) {
        const auto bogus = std::ranges::find(answers, AnswerStatus::bogus, &Answer::status);
        if (bogus != answers.end()) {
            sink_({FindingCode::dnssecBogus,
                   Area::delegation,
                   voices_.zone,
                   {questionText(bogus->question), bogus->why},
                   {},
                   {}});
        }
    }

    void compareWith(const std::string& who, const std::vector<Answer>& answers) {
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (answers[i].isConclusive() && answers[i].canonicalName == questions_[i].name &&
                shownValues(answers[i]) != values_[i] && told_.emplace(who, questions_[i]).second) {
                sink_({who.empty() ? FindingCode::cachesBehind : FindingCode::resolverBehind,
                       Area::delegation,
                       questions_[i].name,
                       {questionText(questions_[i]), std::to_string(answers[i].ttl.count()), who},
                       {},
                       seenRecords(answers[i])});
            }
        }
    }

    const CheckInput& input_;
    const ZoneVoices& voices_;
    const FindingSink& sink_;
    std::vector<Question> questions_;
    std::vector<std::string> values_;
    std::set<std::pair<std::string, Question>> told_;
};

} // namespace

void compareWithResolvers(const CheckInput& input, const ZoneVoices& voices, const FindingSink& sink,
                          const std::stop_token& stop) {
    WorldView(input, voices, sink).compare(stop);
}

} // namespace sealwright
