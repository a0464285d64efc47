#pragma once

#include "dkim/signature.h"
#include "dns/resolver.h"

namespace sealwright::dkim {

enum class Result { none, pass, fail, neutral, temperror, permerror }; ///< RFC 8601 section 2.7.1

enum class VerifyProblem {
    badSignature,      ///< The field can't be used: see `signatureError`. permerror
    bodyHash,          ///< The body is not the one that was signed, or l= is more than there is. fail
    headerHash,        ///< The signed header fields are not as they were signed, or the key is another one. fail
    expired,           ///< x= has passed. fail
    noKey,             ///< From here on permerror: there is nothing at the selector.
    badKeyRecord,      ///< Nothing at the selector is a DKIM key.
    revoked,           ///< p= is empty.
    keyNotForMail,     ///< h= or s= of the key record.
    keyTypeDiffers,    ///< a= and k=
    keyTooShort,       ///< RSA below 1024 bits (RFC 8301 section 3.2).
    strictIdentity,    ///< t=s, and i= is of a subdomain.
    dnsFailure,        ///< temperror
    tooManySignatures, ///< More than are looked at; neutral.
};

/// What became of one signature.
struct VerifiedSignature {
    Result result = Result::none;
    std::optional<VerifyProblem> problem;
    std::optional<Problem<SignatureError>> signatureError;
    std::optional<Signature> signature; ///< Nothing where the field can't be read.
    std::optional<int> keyBits;
    std::string publicKey;          ///< p= of the key it was judged by; empty where there is none that may be used.
    bool isTesting = false;         ///< t=y in the key record: receivers treat the mail as unsigned.
    std::uint64_t unsignedBody = 0; ///< Octets of the body behind l=: anybody may have added them.
};

/// Verifies every DKIM signature of a message, top one first. The body comes in pieces of any size.
class Verifier {
public:
    explicit Verifier(message::Header header);

    void addBody(std::string_view octets);
    /// Keys of all signatures are asked for together. `now`: when it was received, for x=.
    [[nodiscard]] std::vector<VerifiedSignature> finish(Resolver& resolver, std::chrono::sys_seconds now,
                                                        const std::stop_token& stop);

private:
    struct Candidate;
    static void finishBody(Candidate& candidate);
    void judge(const Candidate& candidate, const Answer& answer, std::chrono::sys_seconds now,
               VerifiedSignature& verified) const;

    message::Header header_;
    std::vector<std::shared_ptr<Candidate>> candidates_;
};

[[nodiscard]] std::string_view toString(Result result);      ///< As RFC 8601 writes it.
[[nodiscard]] std::string_view toString(VerifyProblem code); ///< A word for scripts.

} // namespace sealwright::dkim
