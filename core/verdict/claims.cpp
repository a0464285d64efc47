#include "verdict/claims.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "verdict/verdict.h"

#include <algorithm>

namespace sealwright::verdict {
namespace {

using message::MethodResult;

bool isWordOfTheStandard(std::string_view word) { // RFC 8601 section 2.7
    constexpr std::string_view words[] = {"none", "pass", "fail", "softfail", "neutral", "temperror", "permerror"};
    return std::ranges::find(words, word) != std::end(words);
}

// d= and s= tell signatures apart; some servers name i= only.
bool isAbout(const MethodResult& said, const dkim::Signature& signature) {
    const std::string domain = lowered(said.property("header", "d"));
    const std::string identity = lowered(said.property("header", "i"));
    const std::string selector = lowered(said.property("header", "s"));
    const bool sameDomain = !domain.empty() ? domain == signature.domain.toString()
                                            : identity.empty() || sameLetters(identity, signature.identity) ||
                                                  identity.ends_with("@" + signature.domain.toString());
    // RFC 8601 section 2.7.1 and RFC 6008: the first characters of b=, as many as tell signatures apart.
    const std::string_view begin = said.property("header", "b");
    const bool sameBegin = begin.empty() || base64Encode(signature.signature).starts_with(begin);
    return sameDomain && sameBegin && (selector.empty() || selector == signature.selector.toString());
}

const dkim::VerifiedSignature* findSignature(const MethodResult& said, const Verdict& verdict) {
    const auto found = std::ranges::find_if(verdict.signatures, [&said](const dkim::VerifiedSignature& verified) {
        return verified.signature && isAbout(said, *verified.signature);
    });
    return found == verdict.signatures.end() ? nullptr : &*found;
}

Comparison compareDkim(const MethodResult& said, const dkim::VerifiedSignature& ours) {
    using dkim::VerifyProblem;
    if (said.result == "pass" && ours.problem) {
        switch (*ours.problem) {
        case VerifyProblem::bodyHash:
        case VerifyProblem::headerHash:
            return Comparison::changedSince;
        case VerifyProblem::noKey:
        case VerifyProblem::badKeyRecord:
        case VerifyProblem::revoked:
            return Comparison::keyGone;
        case VerifyProblem::badSignature:
        case VerifyProblem::expired:
        case VerifyProblem::keyNotForMail:
        case VerifyProblem::keyTypeDiffers:
        case VerifyProblem::keyTooShort:
        case VerifyProblem::strictIdentity:
        case VerifyProblem::dnsFailure:
        case VerifyProblem::tooManySignatures:
            return Comparison::differs;
        }
    }
    return ours.result == dkim::Result::pass ? Comparison::keyAppeared : Comparison::differs;
}

void judgeDkim(Claim& claim, const Verdict& verdict) {
    if (verdict.signatures.empty()) {
        claim.ours = "none";
        claim.comparison = claim.said.result == "none" ? Comparison::same : Comparison::otherMessage;
        return;
    }
    const dkim::VerifiedSignature* ours = findSignature(claim.said, verdict);
    if (ours == nullptr) {
        claim.comparison = Comparison::otherMessage;
        return;
    }
    claim.ours = toString(ours->result);
    claim.comparison = claim.ours == claim.said.result ? Comparison::same : compareDkim(claim.said, *ours);
}

std::string domainOf(std::string_view address) {
    return lowered(address.substr(address.rfind('@') + 1));
}

// Whether SPF was judged there for the identity that it was judged for here (RFC 8601 section 2.7.2). Who names
// neither means the usual one.
bool isOfSender(const MethodResult& said, const Envelope& envelope) {
    const std::string_view mailFrom = said.property("smtp", "mailfrom");
    const std::string_view helo = said.property("smtp", "helo");
    if (envelope.mailFrom.empty()) {
        return helo.empty() || domainOf(helo) == lowered(envelope.helo);
    }
    return mailFrom.empty() ? helo.empty() : domainOf(mailFrom) == domainOf(envelope.mailFrom);
}

void judgeSpf(Claim& claim, const Verdict& verdict) {
    if (verdict.spf) {
        claim.ours = toString(verdict.spf->result);
        claim.comparison = !isOfSender(claim.said, *verdict.envelope) ? Comparison::otherSender
                           : claim.ours == claim.said.result          ? Comparison::same
                                                                      : Comparison::dnsChanged;
    }
}

void judgeDmarc(Claim& claim, const Verdict& verdict) {
    if (!verdict.dmarc) {
        return;
    }
    claim.ours = toString(verdict.dmarc->result);
    if (claim.ours == claim.said.result) {
        claim.comparison = Comparison::same;
    } else if (!verdict.spf) { // Without SPF ours says too little.
        claim.comparison = Comparison::notJudged;
    } else {
        const bool older = verdict.legacyDmarc && toString(verdict.legacyDmarc->result) == claim.said.result;
        claim.comparison = older ? Comparison::olderStandard : Comparison::dnsChanged;
    }
}

bool differs(const Claim& claim) {
    return claim.comparison != Comparison::same && claim.comparison != Comparison::notJudged;
}

Claim judged(std::string server, const MethodResult& said, const Verdict& verdict) {
    Claim claim{std::move(server), said, {}, Comparison::notJudged};
    if (said.method == "dkim") {
        judgeDkim(claim, verdict);
    } else if (said.method == "spf") {
        judgeSpf(claim, verdict);
    } else if (said.method == "dmarc") {
        judgeDmarc(claim, verdict);
    }
    if (claim.comparison != Comparison::same && claim.ours == "temperror") { // We could not find out today.
        claim.comparison = Comparison::notJudged;
    }
    if (differs(claim) && !isWordOfTheStandard(said.result)) {
        claim.comparison = Comparison::localPolicy;
    }
    return claim;
}

// What DMARC goes by are DKIM and SPF: where one of them differs, it needs no other reason.
void explainDmarc(std::vector<Claim>& claims) {
    const bool others = std::ranges::any_of(claims, [](const Claim& claim) {
        return (claim.said.method == "dkim" || claim.said.method == "spf") && differs(claim);
    });
    for (Claim& claim : claims) {
        if (others && claim.said.method == "dmarc" && claim.comparison == Comparison::dnsChanged) {
            claim.comparison = Comparison::consequence;
        }
    }
}

} // namespace

std::vector<Claim> compareClaims(const message::Header& header, const Verdict& verdict) {
    std::vector<Claim> claims;
    std::optional<std::string> server; // Fields of other servers below are of earlier stations, or forged.
    for (const message::HeaderField& field : header.fields) {
        if (!field.isNamed("Authentication-Results")) {
            continue;
        }
        const auto results = message::AuthenticationResults::parse(field.value());
        if (server && *server != results.server) {
            break;
        }
        server = results.server;
        for (const MethodResult& said : results.results) {
            claims.push_back(judged(results.server, said, verdict));
        }
    }
    explainDmarc(claims);
    return claims;
}

std::string_view toString(Comparison comparison) {
    switch (comparison) {
    case Comparison::same:
        return "same";
    case Comparison::notJudged:
        return "not-judged";
    case Comparison::changedSince:
        return "changed-since";
    case Comparison::keyGone:
        return "key-gone";
    case Comparison::keyAppeared:
        return "key-appeared";
    case Comparison::otherMessage:
        return "other-message";
    case Comparison::otherSender:
        return "other-sender";
    case Comparison::dnsChanged:
        return "dns-changed";
    case Comparison::consequence:
        return "consequence";
    case Comparison::olderStandard:
        return "older-standard";
    case Comparison::localPolicy:
        return "local-policy";
    case Comparison::differs:
        return "differs";
    }
    return {};
}

} // namespace sealwright::verdict
