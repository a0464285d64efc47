#include "checks/everywhere.h"

#include "checks/nameservers.h"
#include "checks/zonevoices.h"

#include <algorithm>

namespace sealwright {

bool isAtSomeServers(const CheckInput& input, Area area, const ResourceRecord& wanted,
                     bool (*isOfKind)(std::string_view), const FindingSink& sink, const std::stop_token& stop) {
    const auto zone = input.published.zoneOf(wanted.name);
    const std::vector<ServerAddress> servers = zone ? nameServersOf(input, *zone, stop) : std::vector<ServerAddress>{};
    const Question question{wanted.name, wanted.type};
    std::vector<ServerQuestion> asked;
    std::ranges::transform(servers, std::back_inserter(asked), [&question](const ServerAddress& at) {
        return ServerQuestion{at.server, question};
    });
    const std::vector<Reply> replies = input.resolver.askServers(asked, stop);
    std::vector<std::string> arguments{questionText(question)};
    std::vector<ResourceRecord> seen;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const Answer& answer = replies[i].answer;
        const auto there = isOfKind == nullptr ? seenRecords(answer) : seenTexts(answer, isOfKind);
        if (replies[i].tells() && there.empty()) {
            arguments.push_back(servers[i].label());
        } else if (replies[i].tells()) {
            seen = there;
        }
    }
    if (seen.empty()) {
        return false;
    }
    const bool isEverywhere = arguments.size() == 1;
    sink({isEverywhere ? FindingCode::notYetSeen : FindingCode::notEverywhere,
          area,
          wanted.name,
          std::move(arguments),
          {wanted},
          std::move(seen)});
    return true;
}

} // namespace sealwright
