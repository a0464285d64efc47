#include "plan/comparison.h"

#include "support/fakeresolver.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::FakeResolver;

const std::string key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const std::string otherKey = "pP+YUyRjAvKha4Oc49KAY703oLUS1NLMEuGD3IHMKww=";

Profile exampleProfile() {
    Profile profile(dnsName("example.org"));
    profile.mailHost = dnsName("mail.example.org");
    profile.keys = {{*Selector::parse("s1"), KeyType::ed25519, 256, key, "", std::chrono::sys_seconds{}}};
    profile.reportsTo = {*EmailAddress::parse("dmarc@example.net")};
    return profile;
}

ComparedRecord stateOf(Purpose purpose, FakeResolver& resolver) {
    const Profile profile = exampleProfile();
    const Published published = readPublished(profile, resolver, {});
    const auto all = compare(makePlan(profile, published), published);
    return *std::ranges::find(all, purpose, [](const ComparedRecord& each) { return each.planned.purpose; });
}

TEST(Comparison, LooksAtTheMeaningAndNotAtTheSpelling) {
    using enum RecordState;
    struct Case {
        Purpose purpose;
        std::string published;
        RecordState state;
        std::size_t seen = 1;
    };
    const std::string dkim = "s1._domainkey.example.org TXT ";
    const std::string dmarc = "_dmarc.example.org TXT ";
    const std::string consent = "example.org._report._dmarc.example.net TXT ";
    const Case cases[] = {
        {Purpose::spf, "", missing, 0},
        {Purpose::spf, "example.org TXT google-site-verification=x", missing, 0},
        {Purpose::spf, "example.org TXT hello\nexample.org TXT V=SPF1  MX  ~all ", present},
        {Purpose::spf, R"(example.org TXT "v=spf1" " mx" " ~all")", present},
        {Purpose::spf, "example.org TXT v=spf1 +mx ~all", present},
        {Purpose::spf, "example.org TXT v=spf1 a -all", differs},
        {Purpose::spf, "example.org TXT v=spf1 mx ~all\nexample.org TXT v=spf1 mx ~all", differs, 2},
        {Purpose::spf, "example.org TXT v=spf1 mx nonsense ~all", differs},
        {Purpose::hostSpf, "mail.example.org TXT v=spf1 a -all", present},
        {Purpose::dkim, "", missing, 0},
        {Purpose::dkim, dkim + "p=" + key + "; k=ed25519", present},
        {Purpose::dkim, dkim + "\"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcv\" \"PapiMlrwIaaPcHURo=\"", present},
        {Purpose::dkim, dkim + "v=DKIM1; k=ed25519; n=note; s=email; h=sha256; p=" + key, present},
        {Purpose::dkim, dkim + "v=DKIM1; k=ed25519; t=y; p=" + key, differs},
        {Purpose::dkim, dkim + "v=DKIM1; k=ed25519; s=tlsrpt; p=" + key, differs},
        {Purpose::dkim, dkim + "v=DKIM1; k=ed25519; p=" + otherKey, differs},
        {Purpose::dkim, dkim + "v=DKIM1; p=", differs},
        {Purpose::dkim, dkim + "k=ed25519; p=" + key + "\n" + dkim + "hello", differs, 2},
        {Purpose::dmarc, dmarc + "v=spf1 -all", missing, 0}, // a wildcard's
        {Purpose::dmarc, dmarc + "v=DMARC1 ;  rua = mailto:dmarc@example.net ; p = none ;", present},
        {Purpose::dmarc, dmarc + "v=DMARC1; p=none", differs},
        {Purpose::dmarc, dmarc + "v=dmarc1; p=none; rua=mailto:dmarc@example.net", differs},
        {Purpose::reportAuthorization, consent + "v=DMARC1", present},
        {Purpose::reportAuthorization, consent + "v=DMARC1;\n" + consent + "v=DMARC1; rua=mailto:x@example.net",
         present, 2},
        {Purpose::reportAuthorization, consent + "hello", missing, 0},
        {Purpose::mx, "", missing, 0},
    };
    for (const Case& each : cases) {
        FakeResolver resolver(each.published);
        const auto compared = stateOf(each.purpose, resolver);
        EXPECT_EQ(toString(compared.state), toString(each.state)) << toString(each.purpose) << ": " << each.published;
        EXPECT_EQ(compared.published.size(), each.seen) << each.published;
    }
}

TEST(Comparison, NeverTakesSilenceForAbsence) {
    const std::pair<AnswerStatus, RecordState> states[] = {
        {AnswerStatus::timedOut, RecordState::unknown}, {AnswerStatus::serverFailure, RecordState::unknown},
        {AnswerStatus::bogus, RecordState::unknown},    {AnswerStatus::cancelled, RecordState::unknown},
        {AnswerStatus::notAsked, RecordState::wanted},
    };
    for (const auto& [status, state] : states) {
        FakeResolver resolver;
        resolver.fail("example.org", status);
        EXPECT_EQ(stateOf(Purpose::spf, resolver).state, state);
    }
    const auto untold = compare(makePlan(exampleProfile(), Published()), Published());
    EXPECT_THAT(untold, ::testing::Each(::testing::Field(&ComparedRecord::state, RecordState::wanted)));
}

TEST(Comparison, FindsEveryPlannedRecordPresentOnceItIsPublished) {
    const Profile profile = exampleProfile();
    FakeResolver resolver(
        "example.org TXT v=spf1 include:_spf.example.net -all\n_dmarc.example.org TXT v=DMARC1; p=reject");
    for (const PlannedRecord& planned : makePlan(profile, readPublished(profile, resolver, {})).records) {
        resolver.remove(planned.record.name.toString(), planned.record.type);
        resolver.add(planned.record);
    }
    const Published published = readPublished(profile, resolver, {});
    const auto all = compare(makePlan(profile, published), published);
    EXPECT_EQ(all.size(), 5U); // the MX record is no longer planned
    EXPECT_THAT(all, ::testing::Each(::testing::Field(&ComparedRecord::state, RecordState::present)));
}

} // namespace
} // namespace sealwright
