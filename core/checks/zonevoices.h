#pragma once

#include "checks/nameservers.h"

namespace sealwright {

/// What one address of a name server said.
struct Heard {
    ServerAddress at;
    std::vector<Reply> replies; ///< To the SOA question first, then to the others.

    [[nodiscard]] const Reply& soa() const { return replies.front(); }
    [[nodiscard]] bool isAnswering() const; ///< Something came back.
    [[nodiscard]] bool isServing() const;   ///< As an authority for the zone.
};

/// What one address of a server of the zone above said to NS of the zone.
struct HeardAbove {
    ServerAddress at;
    Reply reply;

    [[nodiscard]] bool isAnswering() const;
    /// It serves the zone as well, or refers to it (RFC 1034 section 4.3.2, step 3b), as no resolver does.
    [[nodiscard]] bool isAuthority() const;
};

/// What the servers of a zone and of the one above it said, all in one round trip.
struct ZoneVoices {
    DomainName zone;
    std::vector<Question> questions; ///< What matters to mail in this zone, behind the SOA.
    std::vector<Heard> servers;
    std::vector<HeardAbove> above;

    /// Whether something on the way answers in the servers' place over IPv4 (or IPv6), as some networks do with all
    /// that goes to port 53: nobody there speaks as an authority, not even the zone above.
    [[nodiscard]] bool isIntercepted(bool v4) const;
    /// The same for whatever was asked. That the zone above is silent does not speak against it.
    [[nodiscard]] bool isIntercepted() const;
};

[[nodiscard]] ZoneVoices hearZone(const CheckInput& input, const DomainName& zone,
                                  const std::vector<ServerAddress>& servers, const std::stop_token& stop);

/// What most of the servers say to one of the questions, and who says something else.
struct Consensus {
    std::string values;              ///< As shownValues gives them.
    std::vector<std::string> others; ///< Labels.
};

/// Nothing where no server answers it.
[[nodiscard]] std::optional<Consensus> consensusOf(const ZoneVoices& voices, std::size_t question);

/// All records of an answer, in an order of their own.
[[nodiscard]] std::string shownValues(const Answer& answer);
[[nodiscard]] std::string questionText(const Question& question); ///< "example.org TXT"

} // namespace sealwright
