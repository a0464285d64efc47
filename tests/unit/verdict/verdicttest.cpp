#include "verdict/verdict.h"

#include "dmarc/publicsuffix.h"

#include "dkim/sign.h"
#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace sealwright::verdict {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view trace = "Return-Path: <joe@example.org>\r\n"
                                   "Received: from mail.example.org (mail.example.org [8.8.8.8])\r\n"
                                   "\tby mx.example.com with ESMTPS id 1; Fri, 27 Nov 2026 17:00:54 +0100\r\n";
constexpr std::string_view mail = "From: Joe <joe@example.org>\r\nTo: me@example.com\r\nSubject: Hello\r\n\r\n"
                                  "Hello you\r\n.dot\r\nbye\r\n";

class Judge : public testing::Test {
protected:
    Judge() {
        resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key.publicKey());
        resolver.add("example.org TXT v=spf1 ip4:8.8.8.8 -all");
        resolver.add("_dmarc.example.org TXT v=DMARC1; p=reject");
    }

    std::string signedMail(std::optional<std::chrono::sys_seconds> expires = {}) const {
        dkim::SigningOptions options{dnsName("example.org"), dnsName("s1")};
        options.headers = {"From", "To", "Subject"};
        options.expiresAt = expires;
        return dkim::sign(mail, key, options) + std::string(mail);
    }

    Verdict judged(const std::string& text, const std::optional<Envelope>& given = {}) {
        std::istringstream input(text);
        auto verdict = judge(input, given, resolver, now, {});
        EXPECT_TRUE(verdict);
        return std::move(*verdict);
    }

    KeyPair key = KeyPair::generate(KeyAlgorithm::ed25519).value();
    FakeResolver resolver;
    std::chrono::sys_seconds now = std::chrono::sys_days(std::chrono::year(2026) / 12 / 31);
};

TEST_F(Judge, TakesTheWayOfTheMessageFromWhatTheReceiverNoted) {
    const Verdict verdict = judged(std::string(trace) + signedMail());
    EXPECT_EQ(verdict.envelope, (Envelope{*IpAddress::parse("8.8.8.8"), "joe@example.org", "mail.example.org"}));
    EXPECT_EQ(verdict.receivedBy, "mx.example.com");
    ASSERT_TRUE(verdict.spf);
    EXPECT_EQ(verdict.spf->result, spf::Result::pass);
    ASSERT_TRUE(verdict.dmarc);
    EXPECT_THAT(verdict.dmarc->alignedBy, ElementsAre(dmarc::AlignedBy::dkim, dmarc::AlignedBy::spf));
    ASSERT_TRUE(verdict.legacyDmarc);
    EXPECT_EQ(verdict.legacyDmarc->result, dmarc::Result::pass);
}

TEST_F(Judge, PutsWhatIsGivenBeforeThat) {
    const Verdict verdict = judged(std::string(trace) + signedMail(),
                                   Envelope{*IpAddress::parse("192.0.2.1"), "joe@example.org", "x.example.org"});
    EXPECT_EQ(verdict.spf->result, spf::Result::fail);
    EXPECT_EQ(verdict.receivedBy, "");
    EXPECT_FALSE(judged(signedMail()).spf) << "nobody noted where it came from";
}

TEST_F(Judge, AsksWhetherASignatureHadExpiredWhenTheMessageCame) {
    const auto dayAfter = std::chrono::sys_days(std::chrono::year(2026) / 11 / 28);
    EXPECT_EQ(judged(std::string(trace) + signedMail(dayAfter)).signatures.front().result, dkim::Result::pass);
    EXPECT_EQ(judged(signedMail(dayAfter)).signatures.front().problem, dkim::VerifyProblem::expired);
}

TEST_F(Judge, TakesDotsAwayWhereTheSignatureThenPasses) {
    std::string stuffed = signedMail();
    stuffed.insert(stuffed.find("\r\n.dot") + 2, ".");
    const Verdict verdict = judged(stuffed + ".\r\n");
    EXPECT_EQ(verdict.signatures.front().result, dkim::Result::pass);
    EXPECT_THAT(verdict.forms, Contains(message::SourceForm::dotStuffed));
    dkim::SigningOptions options{dnsName("example.org"), dnsName("s1")};
    options.headers = {"From"};
    const std::string withDot = std::string(mail) + ".\r\n"; // a dot that was signed stays
    EXPECT_THAT(judged(dkim::sign(withDot, key, options) + withDot).forms, IsEmpty());
}

// A pipe: it can't go back.
class OneWay : public std::stringbuf {
public:
    using std::stringbuf::stringbuf;

protected:
    pos_type seekoff(off_type /*offset*/, std::ios_base::seekdir /*from*/, std::ios_base::openmode /*which*/) override {
        return -1;
    }
    pos_type seekpos(pos_type /*position*/, std::ios_base::openmode /*which*/) override { return -1; }
};

TEST_F(Judge, JudgesAPipeAsItDoesAFile) {
    std::string stuffed = signedMail();
    stuffed.insert(stuffed.find("\r\n.dot") + 2, ".");
    OneWay pipe(stuffed + ".\r\n");
    std::istream input(&pipe);
    const auto verdict = judge(input, {}, resolver, now, {});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->signatures.front().result, dkim::Result::pass);
    EXPECT_THAT(verdict->forms, Contains(message::SourceForm::dotStuffed));
}

TEST_F(Judge, LeavesQuotesThatWereSigned) {
    const std::string quoting = "From: joe@example.org\r\n\r\n>From here\r\n";
    dkim::SigningOptions options{dnsName("example.org"), dnsName("s1")};
    options.headers = {"From"};
    const std::string text = "From joe Fri\n" + dkim::sign(quoting, key, options) + quoting;
    const Verdict verdict = judged(text);
    EXPECT_EQ(verdict.signatures.front().result, dkim::Result::pass);
    EXPECT_THAT(verdict.forms, ::testing::Not(Contains(message::SourceForm::mboxQuoting)));
}

TEST_F(Judge, ReadsTheFirstOfAnMbox) {
    std::string text = signedMail();
    std::erase(text, '\r');
    const Verdict verdict = judged("From joe Fri\n" + text + "\nFrom joe Sat Nov 28 07:15:00 2026\n" + text);
    EXPECT_EQ(verdict.signatures.size(), 1U);
    EXPECT_EQ(verdict.signatures.front().result, dkim::Result::pass);
}

struct ClaimCase {
    std::string_view why, results;
    bool changeBody, removeKey;
    std::vector<Comparison> expected;
};

TEST_F(Judge, ComparesTheReceiversWordWithOurs) {
    using enum Comparison;
    const ClaimCase cases[] = {
        {"all the same",
         "mx; dkim=pass header.d=example.org header.s=s1; spf=pass; dmarc=pass",
         false,
         false,
         {same, same, same}},
        {"changed after it came", "mx; dkim=pass header.d=example.org", true, false, {changedSince}},
        {"the key went", "mx; dkim=pass header.i=@example.org", false, true, {keyGone}},
        {"the key came", "mx; dkim=permerror header.d=EXAMPLE.org", false, false, {keyAppeared}},
        {"another signature", "mx; dkim=pass header.d=example.net", false, false, {otherMessage}},
        {"another selector", "mx; dkim=pass header.d=example.org header.s=s2", false, false, {otherMessage}},
        {"the begin of another signature",
         "mx; dkim=pass header.d=example.org header.b=AAAAAAAA",
         false,
         false,
         {otherMessage}},
        {"SPF of another sender", "mx; spf=fail smtp.mailfrom=list@example.net", false, false, {otherSender}},
        {"SPF of HELO", "mx; spf=fail smtp.helo=mail.example.org", false, false, {otherSender}},
        {"DMARC goes by DKIM",
         "mx; dkim=fail header.d=example.org; dmarc=fail",
         false,
         false,
         {keyAppeared, consequence}},
        {"SPF has changed", "mx; spf=softfail smtp.mailfrom=example.org", false, false, {dnsChanged}},
        {"words of the receiver's own",
         "mx; dmarc=bestguesspass; dkim=policy header.d=example.org",
         false,
         false,
         {localPolicy, localPolicy}},
        {"methods that are not judged here", "mx; arc=pass; iprev=fail", false, false, {notJudged, notJudged}},
        {"nothing", "mx; none", false, false, {}},
    };
    for (const ClaimCase& each : cases) {
        SCOPED_TRACE(each.why);
        std::string text = signedMail();
        if (each.changeBody) {
            text += "footer\r\n";
        }
        FakeResolver without("_dmarc.example.org TXT v=DMARC1; p=reject");
        std::istringstream input("Authentication-Results: " + std::string(each.results) + "\r\n" + std::string(trace) +
                                 "Authentication-Results: forged; dkim=pass\r\n" + text);
        const auto verdict = judge(input, {}, each.removeKey ? without : resolver, now, {});
        ASSERT_TRUE(verdict);
        std::vector<Comparison> found;
        for (const Claim& claim : verdict->claims) {
            EXPECT_EQ(claim.server, "mx");
            found.push_back(claim.comparison);
        }
        EXPECT_EQ(found, each.expected);
    }
}

TEST_F(Judge, KnowsAReceiverOfTheOlderStandard) {
    FakeResolver psd("joe.github.io TXT v=spf1 ip4:8.8.8.8 -all\n_dmarc.github.io TXT v=DMARC1; p=reject");
    std::istringstream input("Authentication-Results: mx; dmarc=none\r\n"
                             "Return-Path: <x@other.example>\r\n"
                             "Received: from a.example (a.example [8.8.4.4]) by mx.example.com; x\r\n"
                             "From: me@joe.github.io\r\n\r\nhello\r\n");
    const auto verdict = judge(input, {}, psd, now, {});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->dmarc->result, dmarc::Result::fail);
    ASSERT_EQ(verdict->claims.size(), 1U);
    EXPECT_EQ(verdict->claims.front().comparison, Comparison::olderStandard);
}

// Under a public suffix of two labels, strangers share the last two.
TEST(DeliveryOf, TellsOrganizationsByThePublicSuffixList) {
    const auto header = message::Header::parse(
        "Received: from mail.example.co.uk (mail.example.co.uk [8.8.8.8]) by mx.receiver.co.uk; y\n"
        "Received: from forged.example (forged.example [8.8.4.4]) by mx.receiver.co.uk; y\n");
    const auto delivery = message::deliveryOf(header, dmarc::registrableDomain);
    ASSERT_TRUE(delivery.hop);
    EXPECT_EQ(delivery.hop->client->toString(), "8.8.8.8");
}

TEST(AuthorOf, WantsOneFromOfOneDomain) {
    const std::pair<std::string_view, AuthorError> cases[] = {
        {"Subject: x\n", AuthorError::noFrom},
        {"From: a@example.com\nFrom: b@example.com\n", AuthorError::severalFrom},
        {"From: a@example.com, b@example.net\n", AuthorError::severalDomains},
        {"From: Joe\n", AuthorError::badDomain},
        {"From:\n", AuthorError::noAddress},
        {"From: a@[192.0.2.1]\n", AuthorError::badDomain},
    };
    for (const auto& [header, error] : cases) {
        const auto author = authorOf(message::Header::parse(header));
        ASSERT_FALSE(author) << header;
        EXPECT_EQ(author.error().code, error) << header;
    }
    EXPECT_EQ(authorOf(message::Header::parse("From: a@EXAMPLE.com, b@example.com\n")), dnsName("example.com"));
}

} // namespace
} // namespace sealwright::verdict
