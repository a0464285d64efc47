#pragma once

#include "checks/finding.h"
#include "checks/network.h"
#include "checks/probes.h"
#include "plan/comparison.h"

#include <functional>
#include <span>

namespace sealwright {

/// What every check looks at. All but the resolver and the network is ready; further questions go there.
struct CheckInput {
    const Profile& profile;
    const Published& published;
    const RecordPlan& plan;
    std::span<const ComparedRecord> compared;
    Resolver& resolver;
    Network& network;
    Probes& probes;
    std::span<const NameServer> alsoAsk; ///< Resolvers to compare with, as the user named them.
};

/// Called once per finding, from the thread of the check; the runner lets only one call in at a time.
using FindingSink = std::function<void(Finding)>;

/// A check never fails: it yields findings.
using Check = void (*)(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

/// The planned record of that purpose and its state; nothing where none is planned.
[[nodiscard]] const ComparedRecord* findPlanned(const CheckInput& input, Purpose purpose);
/// Just that record, or none: what a finding expects.
[[nodiscard]] std::vector<ResourceRecord> plannedRecords(const CheckInput& input, Purpose purpose);

/// The answer to this question, from what is published or else from the resolver.
[[nodiscard]] Answer answerTo(const CheckInput& input, const Question& question, std::stop_token stop);

/// The same for several, in their order; what is not published yet is asked at the same time.
[[nodiscard]] std::vector<Answer> answersTo(const CheckInput& input, std::span<const Question> questions,
                                            const std::stop_token& stop);

/// The records of an answer as a finding shows them.
[[nodiscard]] std::vector<ResourceRecord> seenRecords(const Answer& answer);
/// The same for TXT records of one kind.
[[nodiscard]] std::vector<ResourceRecord> seenTexts(const Answer& answer, bool (*isOfKind)(std::string_view));

/// Where the DNS did not tell, a finding says so. Returns whether it did tell.
bool isTold(Area area, const Answer& answer, const FindingSink& sink);
/// The same for what was asked together: off line, one finding stands for all that nobody was asked. Returns whether
/// the DNS told all.
bool areTold(Area area, std::span<const Answer> answers, const FindingSink& sink);

} // namespace sealwright
