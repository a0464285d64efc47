#include "checks/blocklistscheck.h"

#include "checks/blocklists.h"
#include "checks/senders.h"

#include <algorithm>

namespace sealwright {
namespace {

// An address or a domain, and where a list would have it.
struct Entry {
    std::string what;
    DomainName name;
    std::optional<Listing> listing{}; ///< Nothing: it is not on the list.
};

// What a list turns out to be worth.
enum class State {
    answers,
    silent,
    refuses,
    broken, ///< It lists nothing, or everything.
    outside,
    cancelled,
};

struct Asked {
    const Blocklist* list;
    DomainName alwaysListed;
    DomainName neverListed;
    std::vector<Entry> entries{};
    State state = State::answers;
};

std::vector<Asked> listsToAsk(const CheckInput& input, const std::stop_token& stop) {
    const std::vector<SendingAddress> senders = sendingAddresses(input, stop);
    std::vector<Asked> all;
    for (const Blocklist& list : blocklists()) {
        Asked asked{&list, *listingName(list, list.alwaysListed), *listingName(list, list.neverListed)};
        const auto add = [&asked](const std::string& what, const std::optional<DomainName>& name) {
            if (name) {
                asked.entries.push_back({what, *name});
            }
        };
        if (list.ofDomains) {
            add(input.profile.domain.toString(), listingName(list, input.profile.domain.toString()));
        } else {
            for (const SendingAddress& sender : senders) {
                if (isOnTheInternet(sender.address) && (sender.address.isV4() || list.takesV6)) {
                    add(sender.address.toString(), listingName(list, sender.address));
                }
            }
        }
        if (!asked.entries.empty()) {
            all.push_back(std::move(asked));
        }
    }
    return all;
}

State stateOf(AnswerStatus status) {
    switch (status) {
    case AnswerStatus::found:
    case AnswerStatus::noData:
    case AnswerStatus::nxDomain:
        return State::answers;
    case AnswerStatus::bogus:
    case AnswerStatus::serverFailure:
    case AnswerStatus::timedOut:
        return State::silent;
    case AnswerStatus::cancelled:
        return State::cancelled;
    case AnswerStatus::notAsked:
        return State::outside;
    }
    return State::silent;
}

// A refusal counts above all else, and a listing for what was done above one by policy.
std::optional<Listing> listingIn(const Blocklist& list, const Answer& answer) {
    std::optional<Listing> worst;
    for (const IpAddress& record : addresses(answer)) {
        const Listing listing = meaning(list, record);
        const bool isWorse = !worst || listing == Listing::refused || listing == Listing::broken ||
                             (listing == Listing::listed && *worst == Listing::policy);
        worst = isWorse ? listing : worst;
    }
    return worst;
}

// The state of a list as the answer to one question shows it.
State stateOf(const Blocklist& list, const Answer& answer) {
    const auto listing = listingIn(list, answer);
    return listing == Listing::refused  ? State::refuses
           : listing == Listing::broken ? State::broken
                                        : stateOf(answer.status);
}

void note(Asked& asked, State state) {
    if (asked.state == State::answers) {
        asked.state = state;
    }
}

// What every list lists, and our own entries, in one round trip.
void askForListings(std::vector<Asked>& all, Resolver& resolver, const std::stop_token& stop) {
    std::vector<Question> questions;
    for (const Asked& asked : all) {
        questions.push_back({asked.alwaysListed, RecordType::a});
        for (const Entry& entry : asked.entries) {
            questions.push_back({entry.name, RecordType::a});
        }
    }
    const std::vector<Answer> answers = resolver.lookupAll(questions, stop);
    auto answer = answers.begin();
    for (Asked& asked : all) {
        note(asked, stateOf(*asked.list, *answer));
        if (answer->status == AnswerStatus::noData || answer->status == AnswerStatus::nxDomain) {
            note(asked, State::broken);
        }
        ++answer;
        for (Entry& entry : asked.entries) {
            note(asked, stateOf(*asked.list, *answer));
            entry.listing = listingIn(*asked.list, *answer);
            ++answer;
        }
    }
}

bool isListed(const Entry& entry) {
    return entry.listing.has_value();
}

bool lists(const Asked& asked) {
    return asked.state == State::answers && std::ranges::any_of(asked.entries, isListed);
}

FindingCode codeOf(const Blocklist& list, Listing listing) {
    return listing == Listing::policy ? FindingCode::blocklistPolicy
           : list.ofDomains           ? FindingCode::blocklistDomainListed
           : list.isLarge             ? FindingCode::blocklistListed
                                      : FindingCode::blocklistSmallListed;
}

void tellOfListings(const CheckInput& input, const Asked& asked, std::span<const Answer> reasons,
                    const FindingSink& sink) {
    auto reason = reasons.begin();
    for (const Entry& entry : asked.entries) {
        if (isListed(entry)) {
            const std::vector<std::string> words = texts(*reason++);
            sink({codeOf(*asked.list, *entry.listing),
                  Area::blocklists,
                  input.profile.domain,
                  {entry.what, std::string(asked.list->name), std::string(asked.list->page),
                   words.empty() ? std::string() : words.front()},
                  {},
                  {}});
        }
    }
}

// Why, in the list's own words, and whether it lists what no list does: only asked where something is listed.
void askForReasons(const CheckInput& input, std::vector<Asked>& all, const FindingSink& sink,
                   const std::stop_token& stop) {
    std::vector<Question> questions;
    for (const Asked& asked : all) {
        if (lists(asked)) {
            questions.push_back({asked.neverListed, RecordType::a});
            for (const Entry& entry : asked.entries) {
                if (isListed(entry)) {
                    questions.push_back({entry.name, RecordType::txt});
                }
            }
        }
    }
    if (questions.empty()) {
        return;
    }
    const std::vector<Answer> answers = input.resolver.lookupAll(questions, stop);
    auto next = answers.begin();
    for (Asked& asked : all) {
        if (lists(asked)) {
            const Answer& control = *next++;
            const std::span<const Answer> reasons(
                next, static_cast<std::size_t>(std::ranges::count_if(asked.entries, isListed)));
            next += static_cast<std::ptrdiff_t>(reasons.size());
            note(asked, control.status == AnswerStatus::found ? State::broken : stateOf(control.status));
            if (asked.state == State::answers) {
                tellOfListings(input, asked, reasons, sink);
            }
        }
    }
}

// One finding for all lists that are in this state, or that listed nothing.
void tellOfLists(const CheckInput& input, const std::vector<Asked>& all, State state, FindingCode code,
                 const FindingSink& sink) {
    std::vector<std::string> named;
    for (const Asked& asked : all) {
        if (asked.state == state && !lists(asked)) {
            named.emplace_back(state == State::outside ? asked.list->zone : asked.list->name);
        }
    }
    if (!named.empty()) {
        sink({code, Area::blocklists, input.profile.domain, std::move(named), {}, {}});
    }
}

} // namespace

void blocklistsCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    if (input.profile.role != DomainRole::sends) {
        return;
    }
    std::vector<Asked> all = listsToAsk(input, stop);
    askForListings(all, input.resolver, stop);
    askForReasons(input, all, sink, stop);
    if (stop.stop_requested()) {
        return;
    }
    tellOfLists(input, all, State::answers, FindingCode::blocklistsClean, sink);
    tellOfLists(input, all, State::refuses, FindingCode::blocklistsRefuse, sink);
    tellOfLists(input, all, State::silent, FindingCode::blocklistsUnknown, sink);
    tellOfLists(input, all, State::broken, FindingCode::blocklistsBroken, sink);
    tellOfLists(input, all, State::outside, FindingCode::outsideZone, sink);
}

} // namespace sealwright
