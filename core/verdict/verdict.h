#pragma once

#include "dkim/verify.h"
#include "dmarc/evaluate.h"
#include "message/received.h"
#include "message/source.h"
#include "spf/evaluate.h"
#include "verdict/author.h"
#include "verdict/claims.h"

#include <iosfwd>

/// A whole message as a receiver judges it.
namespace sealwright::verdict {

/// Where a message came from, which SPF is about.
struct Envelope {
    IpAddress client;
    std::string mailFrom; ///< Empty for a bounce.
    std::string helo;

    bool operator==(const Envelope&) const = default;
};

struct Verdict {
    std::vector<message::SourceForm> forms;
    std::vector<dkim::VerifiedSignature> signatures;
    std::optional<Envelope> envelope; ///< What SPF was judged by; nothing where it is not known.
    std::string receivedBy;           ///< The server that noted it; empty where it was given.
    std::optional<spf::Evaluation> spf;
    tl::expected<DomainName, Problem<AuthorError>> author;
    std::optional<dmarc::Evaluation> dmarc;       ///< RFC 9989. Where there is an author.
    std::optional<dmarc::Evaluation> legacyDmarc; ///< RFC 7489.
    std::vector<Claim> claims;
};

/// Reads and judges a message in memory that does not grow with it. `given` takes the place of what the message says of
/// its way. `now`: for signatures that expire, where the message does not say when it was received. A stream that can't
/// be read to its end is bad() afterwards; after a stop the verdict means nothing.
[[nodiscard]] tl::expected<Verdict, Problem<message::SourceError>>
judge(std::istream& input, const std::optional<Envelope>& given, Resolver& resolver, std::chrono::sys_seconds now,
      const std::stop_token& stop);

} // namespace sealwright::verdict
