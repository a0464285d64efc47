#include "dkim/verify.h"

#include "base/base64.h"
#include "base/digest.h"
#include "dkim/headerhash.h"
#include "dkim/keyrecord.h"
#include "dkim/publickey.h"

#include <algorithm>

namespace sealwright::dkim {
namespace {

constexpr std::size_t mostSignatures = 20; // RFC 6376 section 6.1 lets verifiers set a limit

void refuse(VerifiedSignature& verified, Result result, VerifyProblem code) {
    verified.result = result;
    verified.problem = code;
}

// Section 6.1.2: what keeps a key from being used for this signature; nothing where it may be.
std::optional<VerifyProblem> unfitness(const KeyRecord& record, const Signature& signature) {
    if (record.isRevoked()) {
        return VerifyProblem::revoked;
    }
    if (!record.allowsMail()) {
        return VerifyProblem::keyNotForMail;
    }
    if (record.type != signature.type) {
        return VerifyProblem::keyTypeDiffers;
    }
    const bool strict = std::ranges::find(record.flags, "s") != record.flags.end();
    return strict && !signature.isIdentityOfDomain() ? std::optional(VerifyProblem::strictIdentity) : std::nullopt;
}

} // namespace

/// A signature that can be read, while the body comes in.
struct Verifier::Candidate {
    message::HeaderField field;
    VerifiedSignature verified;
    Sha256 bodyHash;
    std::optional<BodyCanonicalizer> body; ///< Nothing where the field can't be read.
    bool bodyIsSigned = false;
};

Verifier::Verifier(message::Header header) : header_(std::move(header)) {
    for (const message::HeaderField& field : header_.fields) {
        if (!field.isNamed("DKIM-Signature")) {
            continue;
        }
        auto candidate = std::make_shared<Candidate>();
        candidate->field = field;
        if (candidates_.size() >= mostSignatures) {
            refuse(candidate->verified, Result::neutral, VerifyProblem::tooManySignatures);
            candidates_.push_back(std::move(candidate));
            break; // One more is told of, and stands for all.
        }
        auto signature = Signature::parse(field.value());
        if (signature) {
            Sha256& hash = candidate->bodyHash;
            candidate->body.emplace(signature->body, signature->bodyLength,
                                    [&hash](std::string_view octets) { hash.add(octets); });
            candidate->verified.signature = std::move(*signature);
        } else {
            refuse(candidate->verified, Result::permerror, VerifyProblem::badSignature);
            candidate->verified.signatureError = std::move(signature.error());
        }
        candidates_.push_back(std::move(candidate));
    }
}

void Verifier::addBody(std::string_view octets) {
    for (const auto& candidate : candidates_) {
        if (candidate->body) {
            candidate->body->add(octets);
        }
    }
}

// Section 6.1.2 before 6.1.3: first a key that may be used, then what was signed. Where there are several key records,
// each may be the one.
void Verifier::judge(const Candidate& candidate, const Answer& answer, std::chrono::sys_seconds now,
                     VerifiedSignature& verified) const {
    const Signature& signature = *verified.signature;
    if (!answer.isConclusive()) {
        return refuse(verified, Result::temperror, VerifyProblem::dnsFailure);
    }
    refuse(verified, Result::permerror, VerifyProblem::noKey);
    const std::string hash =
        headerHash(header_, signature.headers, withoutSignature(candidate.field), signature.header);
    for (const std::string& text : texts(answer)) {
        const auto record = KeyRecord::parse(text);
        if (!record) {
            if (verified.problem == VerifyProblem::noKey) {
                verified.problem = VerifyProblem::badKeyRecord;
            }
            continue;
        }
        if (const auto unfit = unfitness(*record, signature)) {
            verified.problem = unfit;
            continue;
        }
        const auto key = PublicKey::load(record->type, *base64Decode(record->publicKey)); // parse() has loaded it
        verified.keyBits = key->bits();
        verified.publicKey = record->publicKey;
        verified.isTesting = record->isTesting();
        if (record->type == KeyType::rsa && key->bits() < shortestRsaBits) {
            verified.problem = VerifyProblem::keyTooShort;
            continue;
        }
        if (!candidate.bodyIsSigned) {
            return refuse(verified, Result::fail, VerifyProblem::bodyHash);
        }
        if (key->verifies(hash, signature.signature)) {
            verified.problem.reset();
            verified.result = Result::pass;
            break;
        }
        refuse(verified, Result::fail, VerifyProblem::headerHash);
    }
    if (verified.result == Result::pass && signature.expiresAt && *signature.expiresAt < now) {
        refuse(verified, Result::fail, VerifyProblem::expired);
    }
}

void Verifier::finishBody(Candidate& candidate) {
    VerifiedSignature& verified = candidate.verified;
    const auto& limit = verified.signature->bodyLength;
    candidate.body->finish();
    const std::uint64_t size = candidate.body->size();
    verified.unsignedBody = limit && size > *limit ? size - *limit : 0;
    // Section 3.5: l= must not be more than there is.
    candidate.bodyIsSigned = candidate.bodyHash.finish() == verified.signature->bodyHash && (!limit || *limit <= size);
}

std::vector<VerifiedSignature> Verifier::finish(Resolver& resolver, std::chrono::sys_seconds now,
                                                const std::stop_token& stop) {
    std::vector<Question> questions;
    std::vector<Candidate*> asking;
    for (const auto& candidate : candidates_) {
        if (!candidate->body) {
            continue;
        }
        finishBody(*candidate);
        const Signature& signature = *candidate->verified.signature;
        if (auto name = signature.domain.child(signature.selector.toString() + "._domainkey")) {
            questions.push_back({std::move(*name), RecordType::txt});
            asking.push_back(candidate.get());
        } else { // There can be no such name.
            refuse(candidate->verified, Result::permerror, VerifyProblem::noKey);
        }
    }
    const std::vector<Answer> answers = questions.empty() ? std::vector<Answer>{} : resolver.lookupAll(questions, stop);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        judge(*asking[i], answers[i], now, asking[i]->verified);
    }
    std::vector<VerifiedSignature> all;
    for (const auto& candidate : candidates_) {
        all.push_back(std::move(candidate->verified));
    }
    return all;
}

std::string_view toString(Result result) {
    switch (result) {
    case Result::none:
        return "none";
    case Result::pass:
        return "pass";
    case Result::fail:
        return "fail";
    case Result::neutral:
        return "neutral";
    case Result::temperror:
        return "temperror";
    case Result::permerror:
        return "permerror";
    }
    return {};
}

std::string_view toString(VerifyProblem code) {
    switch (code) {
    case VerifyProblem::badSignature:
        return "badSignature";
    case VerifyProblem::bodyHash:
        return "bodyHash";
    case VerifyProblem::headerHash:
        return "headerHash";
    case VerifyProblem::expired:
        return "expired";
    case VerifyProblem::noKey:
        return "noKey";
    case VerifyProblem::badKeyRecord:
        return "badKeyRecord";
    case VerifyProblem::revoked:
        return "revoked";
    case VerifyProblem::keyNotForMail:
        return "keyNotForMail";
    case VerifyProblem::keyTypeDiffers:
        return "keyTypeDiffers";
    case VerifyProblem::keyTooShort:
        return "keyTooShort";
    case VerifyProblem::strictIdentity:
        return "strictIdentity";
    case VerifyProblem::dnsFailure:
        return "dnsFailure";
    case VerifyProblem::tooManySignatures:
        return "tooManySignatures";
    }
    return {};
}

} // namespace sealwright::dkim
