#pragma once

#include "base/clock.h"
#include "checks/nameservers.h"
#include "plan/comparison.h"

#include <functional>

namespace sealwright {

/// What somebody says of a planned record.
enum class Sight {
    present,
    differs, ///< Something else of its kind is there.
    missing,
    silent, ///< No answer, or one that tells nothing.
};

[[nodiscard]] std::string_view toString(Sight sight); ///< As JSON names it.

/// One address of a name server of the record's zone.
struct ServerSight {
    DomainName host;
    IpAddress address;
    Sight sight;
};

struct RecordPublication {
    PlannedRecord planned;
    std::vector<ServerSight> servers; ///< Empty where they can't be asked.
    Sight world = Sight::silent;      ///< What the resolvers say, caches and all: of the one that is furthest behind.
    /// When caches have forgotten what was there before, at the latest; known once no name server says it any more.
    std::optional<std::chrono::sys_seconds> expectedBy;

    /// No name server that answers lacks it.
    [[nodiscard]] bool isAtServers() const;
    [[nodiscard]] bool isPublished() const { return isAtServers() && world == Sight::present; }
};

/// Who says something else of a record since the look before.
struct PublicationChange {
    std::size_t record;                ///< Which of the records.
    std::optional<std::size_t> server; ///< Which of its servers; nothing: the world.
};

/// Follows the records of a plan on their way into the world: first at the name servers of their zones, then at the
/// resolver, which is asked only once the servers have a record, so that it does not remember that there is none.
class Publication {
public:
    /// Called until the DNS has told what the plan is to be merged with.
    using Planner = std::function<RecordPlan(const std::stop_token&)>;

    /// The resolver and the clock outlive it. `alsoAsk`: other resolvers that belong to the world.
    Publication(Planner planner, Resolver& resolver, const Clock& clock, std::vector<NameServer> alsoAsk = {});

    void look(const std::stop_token& stop);

    [[nodiscard]] const std::vector<RecordPublication>& records() const { return records_; }
    [[nodiscard]] const std::vector<PublicationChange>& changes() const { return changes_; } ///< Of the last look.
    [[nodiscard]] bool isPublished() const;
    [[nodiscard]] bool isOffline() const { return offline_; } ///< Nobody answered at the last look.
    /// Why it can't be followed yet although somebody answers: the DNS fails for the domain.
    [[nodiscard]] const std::optional<Answer>& failure() const { return failure_; }

private:
    struct Zone {
        DomainName name;
        std::vector<ServerAddress> servers;
        std::chrono::seconds negativeTtl;
    };

    [[nodiscard]] bool prepare(const std::stop_token& stop);
    [[nodiscard]] std::optional<Zone> findZone(const DomainName& name, const std::stop_token& stop);
    void findServersAgain(const std::stop_token& stop);
    void noteFailure(const Answer& answer);
    [[nodiscard]] const Zone& zoneOf(const RecordPublication& record) const;
    void askServers(const std::stop_token& stop);
    void askWorld(const std::stop_token& stop);
    [[nodiscard]] std::vector<Answer> askResolvers(const std::vector<Question>& questions,
                                                   const std::stop_token& stop) const;
    void expect(std::size_t record, const Answer& answer);
    void set(Sight& sight, Sight now, PublicationChange change);

    Planner planner_;
    Resolver& resolver_;
    const Clock& clock_;
    std::vector<NameServer> alsoAsk_;
    std::vector<Zone> zones_;
    std::chrono::sys_seconds zonesFound_; ///< When.
    std::vector<RecordPublication> records_;
    std::vector<std::optional<std::chrono::sys_seconds>> atServersSince_; ///< One per record.
    std::vector<PublicationChange> changes_;
    bool offline_ = false;
    std::optional<Answer> failure_;
};

/// As people live: time the computer slept through counts, so that it is looked at once when it wakes.
void pauseFor(std::chrono::milliseconds time, const std::stop_token& stop);

struct WatchTimes {
    std::chrono::milliseconds first{10'000}; ///< Between two looks; grows as time goes on.
    std::chrono::milliseconds longest{60'000};
    std::optional<std::chrono::seconds> atMost{}; ///< Of all; unset: no end.
    /// Waits so long, or until stop is requested.
    std::function<void(std::chrono::milliseconds, const std::stop_token&)> pause = pauseFor;
};

enum class WatchEnd { published, timeOver, stopped };

/// Looks again and again; `told` is called after each look.
[[nodiscard]] WatchEnd watchPublication(Publication& publication, const Clock& clock, const WatchTimes& times,
                                        const std::function<void(const Publication&)>& told,
                                        const std::stop_token& stop);

} // namespace sealwright
