#pragma once

#include "message/authresults.h"
#include "message/header.h"

namespace sealwright::verdict {

struct Verdict;

/// How the receiver's own word compares with ours.
enum class Comparison {
    same,
    notJudged,     ///< We do not judge that method here, or not without more to go by.
    changedSince,  ///< DKIM passed there, and the copy here is not what was signed.
    keyGone,       ///< DKIM passed there, and the DNS has no such key any more.
    keyAppeared,   ///< DKIM passes here, and did not there: the key came later, or the DNS failed.
    otherMessage,  ///< The signature it speaks of is not in this message.
    otherSender,   ///< SPF was judged for another sender than here.
    dnsChanged,    ///< SPF or DMARC: the records differ, or what could be asked.
    consequence,   ///< DMARC differs because DKIM or SPF does.
    olderStandard, ///< DMARC: its word is ours by RFC 7489.
    localPolicy,   ///< A word of the receiver's own: bestguesspass, policy, …
    differs,
};

/// One method's word in the receiver's Authentication-Results, beside ours.
struct Claim {
    std::string server; ///< Who says so.
    message::MethodResult said;
    std::string ours; ///< Our word for the same, or empty.
    Comparison comparison = Comparison::notJudged;
};

/// The words of the topmost Authentication-Results fields, as far as the receiver wrote them, beside the verdict's.
[[nodiscard]] std::vector<Claim> compareClaims(const message::Header& header, const Verdict& verdict);

[[nodiscard]] std::string_view toString(Comparison comparison); ///< A word for scripts.

} // namespace sealwright::verdict
