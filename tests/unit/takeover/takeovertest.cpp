#include "takeover/takeover.h"

#include "base/base64.h"
#include "support/fakeresolver.h"
#include "support/filecontent.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::takeover {
namespace {

using std::chrono::sys_days;
using test::FakeResolver;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::chrono::sys_seconds now = sys_days(std::chrono::year(2026) / 11 / 28);

/// Says the same to everything: off line, or a network that is down.
class Silent final : public Resolver {
public:
    explicit Silent(AnswerStatus status) : status_(status) {}
    std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token /*stop*/) override {
        std::vector<Answer> answers;
        for (const Question& question : questions) {
            answers.emplace_back(question).status = status_;
        }
        return answers;
    }

private:
    AnswerStatus status_;
};

std::string record(const std::string& selector, const std::string& type, const std::string& publicKey) {
    return selector + "._domainkey.example.org TXT v=DKIM1; k=" + type + "; p=" + publicKey + "\n";
}

class Takeovers : public testing::Test {
protected:
    /// A new key of these files; returns its p=.
    std::string add(std::vector<std::string> files) {
        folder_.keys.push_back({std::move(files), *KeyPair::generate(KeyAlgorithm::ed25519)});
        return folder_.keys.back().key.publicKey();
    }
    void addRow(const std::string& domain, const std::string& selector, const std::string& path) {
        folder_.rows.push_back({test::dnsName(domain), *Selector::parse(selector), path});
    }
    void plan(Resolver& resolver) {
        const Takeover takeover = planTakeover(folder_, domain_, resolver, now, {});
        taken_.clear();
        for (const TakenKey& key : takeover.taken) {
            taken_.push_back(folder_.keys[key.key].files[0] + " " + key.selector.toString() + " " +
                             std::string(toString(key.evidence)) + " " + std::string(toString(key.publication)));
        }
        left_.clear();
        for (const LeftFile& file : takeover.left) {
            left_.push_back(file.file + " " + std::string(toString(file.why)) + " " + file.what);
        }
    }
    void planOffLine() {
        Silent resolver(AnswerStatus::notAsked);
        plan(resolver);
    }

    DomainName domain_ = test::dnsName("example.org");
    ServerFolder folder_{"dkim", {}, {}, {}, {}};
    std::vector<std::string> taken_, left_;
};

} // namespace

TEST_F(Takeovers, AKeyIsTakenUnderTheSelectorThatPublishesIt) {
    FakeResolver resolver(record("s202602", "ed25519", add({"whatever.pem"})) +
                          record("default", "ed25519", add({"example.org/mail.private"})) +
                          record("odd-name", "ed25519", add({"example.net/odd-name.pem"})));
    addRow("example.org", "mail", "/etc/dkimkeys/example.org/mail.private");
    plan(resolver);
    EXPECT_THAT(taken_, UnorderedElementsAre("whatever.pem s202602 dns published",
                                             "example.org/mail.private default dns published",
                                             "example.net/odd-name.pem odd-name dns published"));
    EXPECT_THAT(left_, IsEmpty());
    EXPECT_EQ(resolver.rounds(), 1);
    EXPECT_LE(resolver.questions().size(), mostSelectors);
}

TEST_F(Takeovers, OfSeveralSelectorsTheOneOfTheNamesIsTaken) {
    const std::string key = add({"zz.pem"});
    FakeResolver resolver(record("default", "ed25519", key) + record("zz", "ed25519", key));
    plan(resolver);
    EXPECT_THAT(taken_, ElementsAre("zz.pem zz dns published"));
}

TEST_F(Takeovers, APublishedRsaKeyIsKnownInBothForms) {
    folder_.keys.push_back(
        {{"a.pem"}, *KeyPair::fromPem(test::contentOf(SEALWRIGHT_TEST_DATA "/keys/rsa2048-pkcs8.pem"))});
    const std::string whole = folder_.keys[0].key.publicKey();
    const std::string bare = base64Encode(base64Decode(whole)->substr(24)); // RFC 5280 puts 24 octets in front
    for (const std::string& form : {whole, bare}) {
        FakeResolver resolver(record("mail", "rsa", form));
        plan(resolver);
        EXPECT_THAT(taken_, ElementsAre("a.pem mail dns published"));
    }
}

TEST_F(Takeovers, OffLineKeyTableAndNamesCount) {
    add({"mail.private"});
    add({"example.org/s1.pem"});
    const std::string recorded = add({"recorded.key"});
    folder_.halves.push_back({"x.txt", {recorded, *Selector::parse("other"), domain_}});
    add({"dkim.pem"});
    addRow("example.org", "table", "/etc/dkimkeys/mail.private");
    planOffLine();
    EXPECT_THAT(taken_,
                UnorderedElementsAre("mail.private table keyTable unknown", "example.org/s1.pem s1 path unknown",
                                     "recorded.key other recordFile unknown", "dkim.pem dkim fileName unknown"));
    EXPECT_THAT(left_, IsEmpty());
}

TEST_F(Takeovers, WhatIsNotPublishedYetIsTakenWhereItsNamesAreSure) {
    add({"example.org/s1.pem"});
    add({"s2.pem"});
    FakeResolver resolver;
    plan(resolver);
    EXPECT_THAT(taken_, ElementsAre("example.org/s1.pem s1 path missing"));
    EXPECT_THAT(left_, ElementsAre("s2.pem selectorUnknown "));
}

TEST_F(Takeovers, KeysOfOtherDomainsAreLeftAlone) {
    add({"example.net/mail.private"});
    add({"b.private", "copy/b.private"});
    addRow("example.com", "b", "/etc/dkimkeys/b.private");
    addRow("example.com", "b", "/etc/dkimkeys/copy/b.private");
    const std::string recorded = add({"c.private"});
    folder_.halves.push_back({"c.txt", {recorded, *Selector::parse("c"), test::dnsName("example.com")}});
    FakeResolver resolver;
    const auto expected =
        UnorderedElementsAre("example.net/mail.private otherDomain example.net", "b.private otherDomain example.com",
                             "copy/b.private otherDomain example.com", "c.private otherDomain example.com");
    plan(resolver);
    EXPECT_THAT(taken_, IsEmpty());
    EXPECT_THAT(left_, expected);
    planOffLine();
    EXPECT_THAT(taken_, IsEmpty());
    EXPECT_THAT(left_, expected);
}

TEST_F(Takeovers, AKeyTablesPathsAreMatchedFromTheirEnds) {
    add({"dkimkeys/example.org/mail.private"});
    add({"dkimkeys/example.com/mail.private"});
    add({"elsewhere/only.private"});
    add({"x/twice.private"});
    add({"y/twice.private"});
    addRow("example.org", "a", "/etc/dkimkeys/example.org/mail.private");
    addRow("example.com", "b", "/etc/dkimkeys/example.com/mail.private");
    addRow("example.net", "b", "/etc/dkimkeys/example.net/mail.private");
    addRow("example.org", "c", "/etc/dkimkeys/only.private");
    addRow("example.org", "d", "/etc/dkimkeys/twice.private");
    planOffLine();
    EXPECT_THAT(taken_, UnorderedElementsAre("dkimkeys/example.org/mail.private a keyTable unknown",
                                             "elsewhere/only.private c keyTable unknown"));
    EXPECT_THAT(left_,
                UnorderedElementsAre("dkimkeys/example.com/mail.private otherDomain example.com",
                                     "x/twice.private claimedTwice twice", "y/twice.private claimedTwice twice"));
}

TEST_F(Takeovers, AKeyThatSeveralDomainsShareIsOurs) {
    add({"shared.private"});
    addRow("example.com", "a", "/etc/dkimkeys/shared.private");
    addRow("example.org", "b", "/etc/dkimkeys/shared.private");
    addRow("example.net", "c", "/etc/dkimkeys/shared.private");
    planOffLine();
    EXPECT_THAT(taken_, ElementsAre("shared.private b keyTable unknown"));
}

TEST_F(Takeovers, AKeyThatIsNoLongerPublishedIsLeft) {
    add({"example.org/mail.private"});
    add({"example.org/gone.private"});
    FakeResolver resolver(record("mail", "ed25519", KeyPair::generate(KeyAlgorithm::ed25519)->publicKey()) +
                          record("gone", "ed25519", ""));
    plan(resolver);
    EXPECT_THAT(taken_, IsEmpty());
    EXPECT_THAT(left_, UnorderedElementsAre("example.org/mail.private otherKeyPublished mail",
                                            "example.org/gone.private withdrawn gone"));
}

TEST_F(Takeovers, OfTwoKeysWithOneNameTheDnsTellsWhichItIs) {
    const std::string current = add({"example.org/mail.private"});
    add({"example.org/old/mail.private"});
    FakeResolver resolver(record("mail", "ed25519", current));
    plan(resolver);
    EXPECT_THAT(taken_, ElementsAre("example.org/mail.private mail dns published"));
    EXPECT_THAT(left_, ElementsAre("example.org/old/mail.private otherKeyPublished mail"));
    planOffLine();
    EXPECT_THAT(taken_, IsEmpty());
    EXPECT_THAT(left_, UnorderedElementsAre("example.org/mail.private claimedTwice mail",
                                            "example.org/old/mail.private claimedTwice mail"));
}

TEST_F(Takeovers, ASilentDnsIsNoReasonToGuess) {
    add({"example.org/mail.private"});
    add({"what.private"});
    addRow("example.org", "mail", "/etc/dkimkeys/example.org/mail.private");
    for (const AnswerStatus status : {AnswerStatus::timedOut, AnswerStatus::serverFailure, AnswerStatus::bogus}) {
        Silent resolver(status);
        plan(resolver);
        EXPECT_THAT(taken_, IsEmpty());
        EXPECT_THAT(left_,
                    UnorderedElementsAre("example.org/mail.private dnsSilent mail", "what.private dnsSilent what"));
    }
}

TEST_F(Takeovers, WhatTheDnsSaidCountsWhereTheRestIsSilent) {
    FakeResolver resolver(record("mail", "ed25519", add({"mail.private"})));
    add({"s1.private"});
    resolver.fail("default._domainkey.example.org", AnswerStatus::timedOut);
    plan(resolver);
    EXPECT_THAT(taken_, ElementsAre("mail.private mail dns published"));
    EXPECT_THAT(left_, ElementsAre("s1.private dnsSilent default"));
}

TEST_F(Takeovers, WithoutKeysTheDnsIsNotAsked) {
    folder_.left.push_back({"a.pem", LeftReason::tooLarge, {}, {}});
    FakeResolver resolver;
    plan(resolver);
    EXPECT_EQ(resolver.rounds(), 0);
    EXPECT_THAT(left_, ElementsAre("a.pem tooLarge "));
}

TEST_F(Takeovers, ManyKeysMakeNoMoreQuestions) {
    for (int i = 0; i < 300; ++i) {
        add({"n" + std::to_string(i) + ".pem"});
    }
    const std::string key = add({"example.org/last.pem"});
    FakeResolver resolver(record("last", "ed25519", key));
    plan(resolver);
    EXPECT_EQ(resolver.questions().size(), mostSelectors);
    EXPECT_THAT(taken_, ElementsAre("example.org/last.pem last dns published"));
}

TEST(CommonSelectors, AreFewAndOfTheRecentMonths) {
    const std::vector<Selector> selectors = commonSelectors(now);
    for (const char* name : {"default", "mail", "dkim", "s1", "exim", "2026", "s202611", "e202412", "202501"}) {
        EXPECT_TRUE(std::ranges::count(selectors, *Selector::parse(name)) == 1) << name;
    }
    EXPECT_LT(selectors.size(), 150U);
}

} // namespace sealwright::takeover
