#include "dane/authenticate.h"

#include "support/fakeresolver.h"
#include "support/testcertificate.h"

#include <gmock/gmock.h>

namespace sealwright::dane {
namespace {

using namespace std::chrono_literals;
using test::dnsName;
using test::TestAuthority;
using test::TestCertificate;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const TestAuthority root("Root");
const TestAuthority between = root.subordinate("Between");
const TestAuthority stranger("Stranger");
const TestCertificate own = between.issue({{"mail.example.org"}});

Certificate read(const TestCertificate& certificate) {
    return *Certificate::parse(certificate.der());
}

using Chain = std::vector<TestCertificate>;
const Chain whole{own, between.root(), root.root()};

std::string digest(const std::string& octets, const EVP_MD* algorithm) {
    std::string out(static_cast<std::size_t>(EVP_MD_get_size(algorithm)), '\0');
    EVP_Digest(octets.data(), octets.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr, algorithm, nullptr);
    return out;
}

Tlsa record(std::uint8_t usage, std::uint8_t selector, std::uint8_t matchingType, const TestCertificate& of) {
    const Certificate certificate = read(of);
    const std::string& octets = selector == 0 ? certificate.der() : certificate.publicKey();
    const std::string data = matchingType == 0   ? octets
                             : matchingType == 1 ? digest(octets, EVP_sha256())
                                                 : digest(octets, EVP_sha512());
    return {usage, selector, matchingType, data};
}

std::string whyNot(const std::vector<Tlsa>& records, const Chain& chain,
                   const std::vector<DomainName>& names = {dnsName("mail.example.org")}) {
    std::vector<Certificate> certificates;
    std::ranges::transform(chain, std::back_inserter(certificates), read);
    return whyNotAuthentic(
        records, {certificates, names, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())});
}

TEST(DaneAuthentication, TakesEverySelectorAndMatchingType) {
    for (const std::uint8_t selector : {std::uint8_t{0}, std::uint8_t{1}}) {
        for (const std::uint8_t matchingType : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{2}}) {
            EXPECT_EQ(whyNot({record(3, selector, matchingType, own)}, whole), "");
            EXPECT_EQ(whyNot({record(2, selector, matchingType, root.root())}, whole), "");
            EXPECT_EQ(whyNot({record(2, selector, matchingType, between.root())}, whole), "");
            EXPECT_THAT(whyNot({record(3, selector, matchingType, root.root())}, whole), Not(IsEmpty()));
            EXPECT_THAT(whyNot({record(2, selector, matchingType, stranger.root())}, whole), Not(IsEmpty()));
        }
    }
}

// RFC 7672 section 3.1.3
TEST(DaneAuthentication, PassesOverRecordsOfTheWeb) {
    EXPECT_THAT(whyNot({record(1, 1, 1, own), record(0, 1, 1, root.root())}, whole), Not(IsEmpty()));
    EXPECT_EQ(whyNot({record(1, 1, 1, own), record(3, 1, 1, own)}, whole), "");
}

TEST(DaneAuthentication, WantsAnAuthorityThatHasSigned) {
    const Tlsa trusted = record(2, 1, 1, stranger.root());
    EXPECT_THAT(whyNot({trusted}, {own, stranger.root()}), Not(IsEmpty())) << "it is there, and has signed nothing";
    EXPECT_THAT(whyNot({trusted}, {own, between.root(), root.root(), stranger.root()}), Not(IsEmpty()));
    // Its name is right, its key is another's.
    const TestAuthority impostor("Between");
    EXPECT_THAT(whyNot({record(2, 1, 1, impostor.root())}, {own, impostor.root()}), Not(IsEmpty()));
    // Whoever has a certificate is no authority.
    EXPECT_THAT(whyNot({record(2, 1, 1, own)}, {own, own}), Not(IsEmpty()));
}

// RFC 7671 section 5.2.2: a digest says nothing where what it is of is not shown; a whole certificate does.
TEST(DaneAuthentication, NeedsTheAuthoritysCertificateFromTheServerOrTheRecord) {
    const Chain without{own, between.root()};
    EXPECT_THAT(whyNot({record(2, 0, 1, root.root())}, without), Not(IsEmpty()));
    EXPECT_EQ(whyNot({record(2, 0, 0, root.root())}, without), "");
    EXPECT_EQ(whyNot({record(2, 1, 0, root.root())}, without), "");
    EXPECT_EQ(whyNot({record(2, 0, 1, between.root())}, without), "") << "an authority need not be a root";
    EXPECT_THAT(whyNot({record(2, 0, 0, root.root())}, {own}), Not(IsEmpty()));
}

TEST(DaneAuthentication, HeedsNameAndDatesBelowAnAuthorityOnly) {
    const auto other = between.issue({{"www.example.org"}});
    const auto expired = between.issue({{"mail.example.org"}, -48h, -24h});
    const Tlsa authority = record(2, 1, 1, between.root());
    EXPECT_THAT(whyNot({authority}, {other, between.root()}), HasSubstr("ostname mismatch"));
    EXPECT_THAT(whyNot({authority}, {expired, between.root()}), HasSubstr("expired"));
    EXPECT_EQ(whyNot({record(3, 1, 1, other)}, {other, between.root()}), "");
    EXPECT_EQ(whyNot({record(3, 1, 1, expired)}, {expired}), "");
    EXPECT_EQ(whyNot({authority}, {other, between.root()}, {dnsName("mail.example.org"), dnsName("www.example.org")}),
              "");
}

// RFC 7671 section 9: of several digests of one kind senders use the strongest, and only it.
TEST(DaneAuthentication, UsesTheStrongestDigest) {
    Tlsa stale = record(3, 1, 2, own);
    stale.data.front() ^= 1;
    EXPECT_THAT(whyNot({record(3, 1, 1, own), stale}, whole), Not(IsEmpty()));
    EXPECT_EQ(whyNot({record(3, 1, 2, own), record(3, 1, 1, root.root())}, whole), "");
}

TEST(DaneAuthentication, ComesToNoHarmByGarbage) {
    EXPECT_THAT(whyNot({{3, 0, 0, "garbage"}, {2, 0, 0, std::string(3, '\0')}, {2, 1, 0, "x"}}, whole), Not(IsEmpty()));
    EXPECT_THAT(whyNot({}, whole), Not(IsEmpty()));
    EXPECT_THAT(whyNot({record(3, 1, 1, own)}, {}), Not(IsEmpty()));
    std::vector<Tlsa> many(1000, {2, 1, 1, std::string(32, 'x')});
    EXPECT_THAT(whyNot(many, whole), Not(IsEmpty()));
}

} // namespace
} // namespace sealwright::dane
