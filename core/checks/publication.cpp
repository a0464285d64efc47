#include "checks/publication.h"

#include "dns/rdata.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace sealwright {
namespace {

using namespace std::chrono_literals;

Sight sightOf(RecordState state) {
    switch (state) {
    case RecordState::present:
        return Sight::present;
    case RecordState::differs:
        return Sight::differs;
    case RecordState::missing:
        return Sight::missing;
    case RecordState::wanted:
    case RecordState::unknown:
        break;
    }
    return Sight::silent;
}

Sight sightOf(const PlannedRecord& planned, const Answer& answer) {
    Published seen;
    seen.add(answer);
    return sightOf(compare({{planned}, {}, {}, true}, seen).front().state);
}

/// RFC 2308 section 5: how long caches may remember that there is nothing. Nothing where the answer holds no SOA.
std::optional<std::chrono::seconds> negativeTtl(const Answer& soa) {
    constexpr std::size_t minimumSize = 4; // RFC 1035 section 3.3.13: it stands at the end.
    if (soa.rdata.empty() || soa.rdata.front().size() < minimumSize) {
        return std::nullopt;
    }
    const std::string& rdata = soa.rdata.front();
    const auto minimum = RdataReader(std::string_view(rdata).substr(rdata.size() - minimumSize)).number32();
    return std::min(soa.ttl, std::chrono::seconds(minimum.value_or(0)));
}

std::vector<ServerSight> sightsAt(const std::vector<ServerAddress>& servers) {
    std::vector<ServerSight> sights;
    for (const ServerAddress& at : servers) {
        sights.push_back({at.host, at.server.address, Sight::silent});
    }
    return sights;
}

// How far behind somebody is: who is silent tells nothing, and who has the record is not.
int behindness(Sight sight) {
    return sight == Sight::silent ? 0 : sight == Sight::present ? 1 : 2;
}

Question questionOf(const RecordPublication& record) {
    return {record.planned.record.name, record.planned.record.type};
}

} // namespace

std::string_view toString(Sight sight) {
    switch (sight) {
    case Sight::present:
        return "present";
    case Sight::differs:
        return "differs";
    case Sight::missing:
        return "missing";
    case Sight::silent:
        return "silent";
    }
    return {};
}

bool RecordPublication::isAtServers() const {
    return std::ranges::all_of(servers, [](const ServerSight& server) {
        return server.sight == Sight::present || server.sight == Sight::silent;
    });
}

Publication::Publication(Planner planner, Resolver& resolver, const Clock& clock, std::vector<NameServer> alsoAsk)
    : planner_(std::move(planner)), resolver_(resolver), clock_(clock), alsoAsk_(std::move(alsoAsk)) {}

bool Publication::isPublished() const {
    return !records_.empty() && std::ranges::all_of(records_, &RecordPublication::isPublished);
}

void Publication::look(const std::stop_token& stop) {
    changes_.clear();
    offline_ = true;
    failure_.reset();
    if (records_.empty() && !prepare(stop)) {
        return;
    }
    findServersAgain(stop);
    askServers(stop);
    askWorld(stop);
}

/// What is to be followed, and where. False where the DNS does not tell yet.
bool Publication::prepare(const std::stop_token& stop) {
    const RecordPlan plan = planner_(stop);
    if (!plan.isMerged || stop.stop_requested()) {
        if (!plan.records.empty()) {
            noteFailure(resolver_.lookup(plan.records.front().zone, RecordType::soa, stop));
        }
        return false;
    }
    zones_.clear();
    zonesFound_ = clock_.now();
    for (const PlannedRecord& planned : plan.records) {
        if (std::ranges::find(zones_, planned.zone, &Zone::name) == zones_.end()) {
            auto zone = findZone(planned.zone, stop);
            if (!zone) {
                return false;
            }
            zones_.push_back(std::move(*zone));
        }
    }
    for (const PlannedRecord& planned : plan.records) {
        RecordPublication record{planned, {}, Sight::silent, {}};
        record.servers = sightsAt(zoneOf(record).servers);
        records_.push_back(std::move(record));
    }
    atServersSince_.resize(records_.size());
    return true;
}

/// Nothing where the DNS does not tell who serves it: to ask the resolver instead would let it remember that there is
/// nothing yet.
std::optional<Publication::Zone> Publication::findZone(const DomainName& name, const std::stop_token& stop) {
    const std::vector<Question> about{{name, RecordType::ns}, {name, RecordType::soa}};
    const auto told = resolver_.lookupAll(about, stop);
    Zone zone{name, {}, negativeTtl(told[1]).value_or(0s)};
    if (!resolver_.reachesNameServers()) {
        return zone;
    }
    auto addresses = addressesOf(names(told[0]), resolver_, stop);
    if (!told[0].isConclusive() || !addresses) {
        noteFailure(told[0]);
        return std::nullopt;
    }
    zone.servers = std::move(*addresses);
    std::vector<ServerQuestion> soas;
    std::ranges::transform(zone.servers, std::back_inserter(soas), [&name](const ServerAddress& at) {
        return ServerQuestion{at.server, {name, RecordType::soa}};
    });
    for (const Reply& soa : resolver_.askServers(soas, stop)) {
        const auto whole = soa.tells() ? negativeTtl(soa.answer) : std::nullopt;
        if (whole) { // The resolver tells only what is left of the SOA's TTL.
            zone.negativeTtl = *whole;
            break;
        }
    }
    return zone;
}

void Publication::noteFailure(const Answer& answer) {
    const bool failed = answer.status == AnswerStatus::bogus || answer.status == AnswerStatus::serverFailure;
    offline_ = offline_ && !failed && !answer.isConclusive();
    if (failed) {
        failure_ = answer;
    }
}

/// Who moves to another provider while this waits has other servers then.
void Publication::findServersAgain(const std::stop_token& stop) {
    constexpr auto interval = 5min;
    if (clock_.now() - zonesFound_ < interval) {
        return;
    }
    zonesFound_ = clock_.now();
    for (Zone& known : zones_) {
        auto now = findZone(known.name, stop);
        if (!now || now->servers == known.servers) {
            continue;
        }
        known = std::move(*now);
        for (std::size_t i = 0; i < records_.size(); ++i) {
            if (records_[i].planned.zone == known.name) {
                records_[i].servers = sightsAt(known.servers);
                atServersSince_[i].reset();
            }
        }
    }
}

const Publication::Zone& Publication::zoneOf(const RecordPublication& record) const {
    return *std::ranges::find(zones_, record.planned.zone, &Zone::name);
}

void Publication::askServers(const std::stop_token& stop) {
    std::vector<ServerQuestion> questions;
    for (const RecordPublication& record : records_) {
        for (const ServerAddress& at : zoneOf(record).servers) {
            questions.push_back({at.server, questionOf(record)});
        }
    }
    const auto replies = resolver_.askServers(questions, stop);
    auto reply = replies.begin();
    for (std::size_t i = 0; i < records_.size(); ++i) {
        RecordPublication& record = records_[i];
        for (std::size_t s = 0; s < record.servers.size(); ++s) {
            const Answer& answer = reply->answer;
            // Behind an alias the name's own servers have nothing to show: the world has to. What is no authority has
            // it from a cache, as where the network answers in the servers' place.
            const bool isOwn = reply->tells() && answer.canonicalName == answer.question.name;
            set(record.servers[s].sight, isOwn ? sightOf(record.planned, answer) : Sight::silent, {i, s});
            ++reply;
        }
        const bool isSomewhere =
            std::ranges::find(record.servers, Sight::present, &ServerSight::sight) != record.servers.end();
        if (!isSomewhere || !record.isAtServers()) {
            atServersSince_[i].reset();
        } else if (!atServersSince_[i]) {
            atServersSince_[i] = clock_.now();
        }
    }
}

void Publication::askWorld(const std::stop_token& stop) {
    std::vector<Question> questions;
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < records_.size(); ++i) {
        if (records_[i].isAtServers()) {
            questions.push_back(questionOf(records_[i]));
            asked.push_back(i);
        }
    }
    const std::vector<Answer> answers = askResolvers(questions, stop);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        RecordPublication& record = records_[asked[i]];
        const Answer* last = &answers[i];
        for (std::size_t other = i; other < answers.size(); other += asked.size()) {
            if (behindness(sightOf(record.planned, answers[other])) > behindness(sightOf(record.planned, *last))) {
                last = &answers[other];
            }
        }
        set(record.world, sightOf(record.planned, *last), {asked[i], {}});
        expect(asked[i], *last);
    }
}

/// The answers of this computer's resolver, and behind them those of each of the others.
std::vector<Answer> Publication::askResolvers(const std::vector<Question>& questions,
                                              const std::stop_token& stop) const {
    std::vector<ServerQuestion> others;
    for (const NameServer& other : alsoAsk_) {
        std::ranges::transform(questions, std::back_inserter(others), [&other](const Question& question) {
            return ServerQuestion{other, question};
        });
    }
    std::vector<Answer> answers = resolver_.lookupAll(questions, stop);
    for (Reply& reply : resolver_.askServers(others, stop)) {
        answers.push_back(std::move(reply.answer));
    }
    return answers;
}

/// An old record goes when what is left of its TTL is over; that there was none is forgotten its whole time after the
/// servers got the record.
void Publication::expect(std::size_t index, const Answer& answer) {
    RecordPublication& record = records_[index];
    record.expectedBy.reset();
    const auto negative = zoneOf(record).negativeTtl;
    if (record.world == Sight::differs) {
        record.expectedBy = clock_.now() + answer.ttl;
    } else if (record.world == Sight::missing && atServersSince_[index] && negative > 0s) {
        record.expectedBy = *atServersSince_[index] + negative;
    }
}

void Publication::set(Sight& sight, Sight now, PublicationChange change) {
    offline_ = offline_ && now == Sight::silent;
    if (now != Sight::silent && sight != now) { // Who is silent for once has forgotten nothing.
        sight = now;
        changes_.push_back(change);
    }
}

void pauseFor(std::chrono::milliseconds time, const std::stop_token& stop) {
    constexpr auto slice = 2s; // The steady clock stands still while the computer sleeps.
    const auto end = std::chrono::steady_clock::now() + time;
    const auto endOfDay = std::chrono::system_clock::now() + time;
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < end &&
           std::chrono::system_clock::now() < endOfDay) {
        stopped.wait_until(lock, stop, std::min(end, std::chrono::steady_clock::now() + slice), [] { return false; });
    }
}

WatchEnd watchPublication(Publication& publication, const Clock& clock, const WatchTimes& times,
                          const std::function<void(const Publication&)>& told, const std::stop_token& stop) {
    const auto begin = clock.now();
    const auto left = [&]() -> std::chrono::milliseconds {
        return times.atMost ? begin + *times.atMost - clock.now() : times.longest;
    };
    for (auto interval = times.first;; interval = std::min(times.longest, interval * 3 / 2)) {
        publication.look(stop);
        if (stop.stop_requested()) {
            return WatchEnd::stopped;
        }
        told(publication);
        if (publication.isPublished()) {
            return WatchEnd::published;
        }
        if (left() <= 0s) {
            return WatchEnd::timeOver;
        }
        times.pause(std::min(interval, left()), stop);
        if (stop.stop_requested()) {
            return WatchEnd::stopped;
        }
    }
}

} // namespace sealwright
