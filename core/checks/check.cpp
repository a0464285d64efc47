#include "checks/check.h"

#include <algorithm>

namespace sealwright {

const ComparedRecord* findPlanned(const CheckInput& input, Purpose purpose) {
    const auto found =
        std::ranges::find(input.compared, purpose, [](const ComparedRecord& record) { return record.planned.purpose; });
    return found == input.compared.end() ? nullptr : &*found;
}

std::vector<ResourceRecord> plannedRecords(const CheckInput& input, Purpose purpose) {
    const ComparedRecord* planned = findPlanned(input, purpose);
    return planned == nullptr ? std::vector<ResourceRecord>{} : std::vector{planned->planned.record};
}

Answer answerTo(const CheckInput& input, const Question& question, std::stop_token stop) {
    if (const Answer* answer = input.published.find(question.name, question.type)) {
        return *answer;
    }
    return input.resolver.lookup(question.name, question.type, std::move(stop));
}

std::vector<Answer> answersTo(const CheckInput& input, std::span<const Question> questions,
                              const std::stop_token& stop) {
    std::vector<Answer> answers;
    std::vector<Question> open;
    std::vector<std::size_t> places;
    for (const Question& question : questions) {
        const Answer* known = input.published.find(question.name, question.type);
        if (known == nullptr) {
            open.push_back(question);
            places.push_back(answers.size());
        }
        answers.push_back(known == nullptr ? Answer(question) : *known);
    }
    std::vector<Answer> rest = open.empty() ? std::vector<Answer>{} : input.resolver.lookupAll(open, stop);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        answers[places[i]] = std::move(rest[i]);
    }
    return answers;
}

std::vector<ResourceRecord> seenRecords(const Answer& answer) {
    std::vector<ResourceRecord> seen;
    for (std::string& value : presentation(answer)) {
        seen.push_back({answer.question.name, answer.question.type, answer.ttl, std::move(value)});
    }
    return seen;
}

std::vector<ResourceRecord> seenTexts(const Answer& answer, bool (*isOfKind)(std::string_view)) {
    std::vector<ResourceRecord> seen;
    for (std::string& text : texts(answer)) {
        if (isOfKind(text)) {
            seen.push_back({answer.question.name, RecordType::txt, answer.ttl, std::move(text)});
        }
    }
    return seen;
}

bool isTold(Area area, const Answer& answer, const FindingSink& sink) {
    if (answer.isConclusive()) {
        return true;
    }
    if (answer.status == AnswerStatus::cancelled) {
        return false; // Whoever stopped the check does not wait for findings.
    }
    const Question& asked = answer.question;
    const std::string question = asked.name.toString() + " " + std::string(toString(asked.type));
    if (answer.status == AnswerStatus::notAsked) {
        sink({FindingCode::outsideZone, area, asked.name, {question}, {}, {}});
    } else if (answer.status == AnswerStatus::bogus) {
        sink({FindingCode::bogus, area, asked.name, {question, answer.why}, {}, {}});
    } else {
        sink({FindingCode::unknown, area, asked.name, {question, answer.why}, {}, {}});
    }
    return false;
}

bool areTold(Area area, std::span<const Answer> answers, const FindingSink& sink) {
    bool told = true;
    bool outside = false;
    for (const Answer& answer : answers) {
        const bool again = outside && answer.status == AnswerStatus::notAsked;
        outside = outside || answer.status == AnswerStatus::notAsked;
        told = !again && isTold(area, answer, sink) && told;
    }
    return told;
}

} // namespace sealwright
