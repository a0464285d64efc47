#include "dkim/verify.h"

#include "dkim/keyrecord.h"
#include "dkim/sign.h"
#include "support/fakeresolver.h"

#include <gtest/gtest.h>
#include <random>

namespace sealwright::dkim {
namespace {

using test::dnsName;
using test::FakeResolver;

constexpr std::chrono::sys_seconds now = std::chrono::sys_days{std::chrono::year(2026) / 11 / 27};

const KeyPair& keyOf(KeyAlgorithm algorithm) {
    static const KeyPair rsa = *KeyPair::generate(KeyAlgorithm::rsa2048);
    static const KeyPair ed25519 = *KeyPair::generate(KeyAlgorithm::ed25519);
    return algorithm == KeyAlgorithm::ed25519 ? ed25519 : rsa;
}

SigningOptions options() {
    return {dnsName("example.org"),
            dnsName("s1"),
            Canonicalization::relaxed,
            Canonicalization::relaxed,
            {"From", "From", "To", "Subject"},
            std::nullopt,
            std::nullopt,
            std::nullopt};
}

std::string publish(const KeyPair& key, const std::string& more = {}) {
    return "s1._domainkey.example.org TXT v=DKIM1; " + more + "k=" + std::string(toString(key.type())) +
           "; p=" + key.publicKey();
}

std::vector<VerifiedSignature> verify(std::string_view message, Resolver& resolver, std::size_t piece = 5) {
    message::Header header = message::Header::parse(message);
    const std::size_t body = header.bodyBegin;
    Verifier verifier(std::move(header));
    for (std::size_t at = body; at < message.size(); at += piece) {
        verifier.addBody(message.substr(at, piece));
    }
    return verifier.finish(resolver, now, {});
}

VerifiedSignature verifyOne(std::string_view message, const std::string& zone) {
    FakeResolver resolver(zone);
    auto all = verify(message, resolver);
    return all.size() == 1 ? std::move(all.front()) : VerifiedSignature{};
}

const std::string message = "From: Joe <joe@example.org>\r\nTo: a@example.net\r\nSubject: a  folded\r\n\tsubject \r\n"
                            "X-Other: x\r\n\r\nLine one \r\n\r\n  two\twords\r\n.. dots\r\n\r\n\r\n";

TEST(Verify, TakesWhatWasSignedInEveryWay) {
    for (const KeyAlgorithm algorithm : {KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519}) {
        for (const Canonicalization header : {Canonicalization::simple, Canonicalization::relaxed}) {
            for (const Canonicalization body : {Canonicalization::simple, Canonicalization::relaxed}) {
                for (const std::string& text : {message, std::string("From: a@example.org\r\n\r\n"),
                                                std::string("From: a@example.org\r\n\r\n\r\n"),
                                                std::string("From: a@example.org\r\n\r\nno line end"),
                                                std::string("From:a@example.org\r\n\r\n \r\n"),
                                                std::string("From: a@example.org\r\n\r\na\rb\r \r\r\n"),
                                                std::string("From: a@example.org\r\n")}) {
                    SigningOptions how = options();
                    how.header = header;
                    how.body = body;
                    const KeyPair& key = keyOf(algorithm);
                    const std::string field = sign(text, key, how);
                    EXPECT_EQ(verifyOne(field + text, publish(key)).result, Result::pass) << field << text;
                }
            }
        }
    }
}

TEST(Verify, SeesEveryChangeOfWhatWasSigned) {
    const KeyPair& key = keyOf(KeyAlgorithm::ed25519);
    SigningOptions how = options();
    how.header = Canonicalization::simple;
    how.body = Canonicalization::simple;
    const std::string whole = sign(message, key, how) + message;
    FakeResolver resolver(publish(key));
    const std::size_t unsignedField = whole.find("X-Other");
    const std::size_t unsignedEnd = whole.find("\r\n", unsignedField);
    // Of the last character of a base64 text that is padded not all bits count (RFC 4648 section 3.5).
    const std::size_t lastOfSignature = whole.find("==\r\n") - 1;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        if ((at >= unsignedField && at <= unsignedEnd) || at == lastOfSignature) {
            continue;
        }
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x02);
        for (const VerifiedSignature& one : verify(changed, resolver, 1000)) {
            EXPECT_NE(one.result, Result::pass) << at << ' ' << changed.substr(at, 1);
        }
    }
}

TEST(Verify, RelaxedForgivesWhiteSpaceAndSimpleDoesNot) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    std::string changed = message;
    changed.replace(changed.find("a  folded\r\n\tsubject \r\n"), 22, "a folded subject\r\n");
    changed.replace(changed.find("one \r\n"), 6, "one\r\n");
    changed += "\r\n\r\n";
    EXPECT_EQ(verifyOne(sign(message, key, options()) + changed, publish(key)).result, Result::pass);
    SigningOptions how = options();
    how.body = Canonicalization::simple;
    const auto body = verifyOne(sign(message, key, how) + changed, publish(key));
    EXPECT_EQ(body.problem, VerifyProblem::bodyHash);
    how.body = Canonicalization::relaxed;
    how.header = Canonicalization::simple;
    EXPECT_EQ(verifyOne(sign(message, key, how) + changed, publish(key)).problem, VerifyProblem::headerHash);
}

TEST(Verify, LetsNoSecondFromInWhereItIsSignedOnceMore) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    const std::string added = "From: boss@example.org\r\n" + message;
    EXPECT_EQ(verifyOne(sign(message, key, options()) + added, publish(key)).problem, VerifyProblem::headerHash);
}

TEST(Verify, ReadsFilesThatWereSavedWithBareLineFeeds) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    SigningOptions how = options();
    how.header = Canonicalization::simple;
    how.body = Canonicalization::simple;
    std::string whole = sign(message, key, how) + message;
    std::erase(whole, '\r');
    EXPECT_EQ(verifyOne(whole, publish(key)).result, Result::pass);
    EXPECT_EQ(message::Header::parse(whole).lineEndings, message::LineEndings::lf);
}

TEST(Verify, CountsWhatStandsBehindTheSignedLength) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    SigningOptions how = options();
    how.bodyLength = 8; // "Line one"
    const std::string field = sign(message, key, how);
    const auto more = verifyOne(field + message + "added by anybody\r\n", publish(key));
    EXPECT_EQ(more.result, Result::pass);
    EXPECT_GT(more.unsignedBody, 20U);
    EXPECT_EQ(verifyOne(field + "From: Joe <joe@example.org>\r\n\r\nLine", publish(key)).problem,
              VerifyProblem::bodyHash);
}

TEST(Verify, HeedsTheTimesOfASignature) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    SigningOptions how = options();
    how.signedAt = now - std::chrono::days(2);
    how.expiresAt = now - std::chrono::days(1);
    EXPECT_EQ(verifyOne(sign(message, key, how) + message, publish(key)).problem, VerifyProblem::expired);
    how.expiresAt = now + std::chrono::days(1);
    EXPECT_EQ(verifyOne(sign(message, key, how) + message, publish(key)).result, Result::pass);
    how.expiresAt = how.signedAt; // x= must be later than t=
    EXPECT_EQ(verifyOne(sign(message, key, how) + message, publish(key)).signatureError->code,
              SignatureError::badNumber);
}

TEST(Verify, HeedsWhatTheKeyRecordAllows) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    const std::string whole = sign(message, key, options()) + message;
    const auto problemWith = [&whole](const std::string& zone) { return verifyOne(whole, zone).problem; };
    EXPECT_EQ(problemWith(publish(key, "h=sha1; ")), VerifyProblem::keyNotForMail);
    EXPECT_EQ(problemWith(publish(key, "s=tlsrpt; ")), VerifyProblem::keyNotForMail);
    EXPECT_EQ(problemWith(publish(key, "s=email:other; h=sha1:sha256; t=s; g=; ")), std::nullopt);
    EXPECT_EQ(problemWith("s1._domainkey.example.org TXT v=DKIM1; p="), VerifyProblem::revoked);
    EXPECT_EQ(problemWith("s1._domainkey.example.org TXT v=DKIM1; p=nonsense"), VerifyProblem::badKeyRecord);
    EXPECT_EQ(problemWith(""), VerifyProblem::noKey);
    EXPECT_EQ(problemWith(publish(keyOf(KeyAlgorithm::ed25519))), VerifyProblem::keyTypeDiffers);
    EXPECT_EQ(problemWith("s1._domainkey.example.org TXT hello\n" + publish(key)), std::nullopt); // either may be it
    EXPECT_TRUE(verifyOne(whole, publish(key, "t=y; ")).isTesting);
}

TEST(Verify, TellsADnsThatFailsFromAKeyThatIsNotThere) {
    const KeyPair& key = keyOf(KeyAlgorithm::rsa2048);
    FakeResolver resolver;
    resolver.fail("s1._domainkey.example.org", AnswerStatus::timedOut);
    EXPECT_EQ(verify(sign(message, key, options()) + message, resolver).front().result, Result::temperror);
}

TEST(Verify, AsksForAllKeysTogetherAndLooksAtABoundedNumber) {
    const KeyPair& key = keyOf(KeyAlgorithm::ed25519);
    std::string whole = message;
    for (int i = 0; i < 50; ++i) {
        whole = sign(message, key, options()) + whole;
    }
    FakeResolver resolver(publish(key));
    const auto all = verify(whole, resolver);
    EXPECT_EQ(all.size(), 21U);
    EXPECT_EQ(all.front().result, Result::pass);
    EXPECT_EQ(all.back().problem, VerifyProblem::tooManySignatures);
    EXPECT_EQ(resolver.rounds(), 1);
}

TEST(Verify, TakesAnyOctets) {
    std::mt19937 random(20261127); // the same octets in every run
    FakeResolver resolver;
    const std::string whole = sign(message, keyOf(KeyAlgorithm::ed25519), options()) + message;
    for (int i = 0; i < 2000; ++i) {
        std::string text = whole;
        for (int changes = 0; changes < 8; ++changes) {
            text[random() % text.size()] = static_cast<char>(random());
        }
        for (const VerifiedSignature& one : verify(text, resolver)) {
            EXPECT_NE(one.result, Result::pass);
        }
    }
    for (const std::string_view text : {"", "\r\n", "\n\n\n", ":", ": x", "DKIM-Signature",
                                        "DKIM-Signature:", "DKIM-Signature: ;;;\r\n b=", " folded\r\n\r\n", "\0\0\0"}) {
        for (const VerifiedSignature& one : verify(text, resolver)) {
            EXPECT_EQ(one.result, Result::permerror);
        }
    }
}

} // namespace
} // namespace sealwright::dkim
