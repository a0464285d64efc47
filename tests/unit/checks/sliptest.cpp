#include "exampledomain.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace test;

// A key as a record has it, too long for one string.
const std::string ownKey = KeyPair::generate(KeyAlgorithm::rsa2048)->publicKey();
const std::string otherKey = KeyPair::generate(KeyAlgorithm::rsa2048)->publicKey();
const std::string dkimText = "v=DKIM1; k=rsa; p=" + ownKey;
const std::string spfText = "v=spf1 mx ~all";
const std::string dmarcText = "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org";
const std::string stsText = "v=STSv1; id=20260101;";
const std::string tlsRptText = "v=TLSRPTv1; rua=mailto:tls@example.org";
const std::string certificateKey(64, 'a'); // SHA-256 as hex
const std::string tlsaText = "3 1 1 " + certificateKey;
const std::string keyName = "s202611._domainkey.example.org";

struct Slipped {
    std::string words;
    Area area;
    std::string name; ///< Where it stands.
    std::vector<std::string> texts;
    std::optional<FindingCode> code; ///< Nothing: no slip is told of.
};

void PrintTo(const Slipped& slipped, std::ostream* stream) {
    *stream << slipped.words;
}

Question right(Area area) {
    const std::map<Area, Question> all{
        {Area::dkim, {dnsName(keyName), RecordType::txt}},
        {Area::dmarc, {dnsName("_dmarc.example.org"), RecordType::txt}},
        {Area::spf, {dnsName("example.org"), RecordType::txt}},
        {Area::mtaSts, {dnsName("_mta-sts.example.org"), RecordType::txt}},
        {Area::tlsRpt, {dnsName("_smtp._tls.example.org"), RecordType::txt}},
        {Area::dane, {dnsName("_25._tcp.mail.example.org"), RecordType::tlsa}},
        {Area::mx, {dnsName("example.org"), RecordType::mx}},
    };
    return all.at(area);
}

Profile plannedProfile() {
    Profile profile = exampleProfile();
    SigningKey key{*Selector::parse("s202611"), KeyType::rsa, 2048, ownKey, "f", {}};
    profile.keys.push_back(key);
    key.selector = *Selector::parse("old");
    key.publicKey = otherKey;
    profile.keys.push_back(key);
    profile.mtaSts = mtaStsOf(mtasts::Mode::enforce);
    profile.tlsReportsTo = {*EmailAddress::parse("tls@example.org")};
    profile.certificateKeys = {certificateKey};
    return profile;
}

class Slip : public testing::TestWithParam<Slipped> {};

TEST_P(Slip, IsNamed) {
    const auto& [words, area, name, texts, code] = GetParam();
    const Question wanted = right(area);
    FakeResolver resolver(goodZone);
    resolver.setReachesNameServers(false);
    resolver.add({dnsName(keyName), RecordType::txt, std::chrono::seconds(300), dkimText});
    resolver.add({dnsName("old._domainkey.example.org"), RecordType::txt, std::chrono::seconds(300),
                  "v=DKIM1; k=rsa; p=" + otherKey});
    resolver.remove(wanted.name.toString(), wanted.type);
    for (const std::string& text : texts) {
        resolver.add({dnsName(name), RecordType::txt, std::chrono::seconds(300), text});
    }
    if (texts.empty()) {
        resolver.add(name);
    }
    std::vector<FindingCode> slips;
    for (const Finding& finding : check(plannedProfile(), resolver, {area})) {
        if (toString(finding.code).starts_with("slip-")) {
            slips.push_back(finding.code);
            EXPECT_EQ(finding.subject, wanted.name);
            EXPECT_EQ(finding.expected.size(), 1U);
        }
    }
    EXPECT_EQ(slips, code ? std::vector{*code} : std::vector<FindingCode>{}) << words;
}

std::vector<Slipped> slips() {
    const auto dkim = [](std::string words, FindingCode code, std::string text) {
        return Slipped{std::move(words), Area::dkim, keyName, {std::move(text)}, code};
    };
    const auto dkimAt = [](std::string words, FindingCode code, std::string name) {
        return Slipped{std::move(words), Area::dkim, std::move(name), {dkimText}, code};
    };
    const auto dmarc = [](std::string words, FindingCode code, std::string text) {
        return Slipped{std::move(words), Area::dmarc, "_dmarc.example.org", {std::move(text)}, code};
    };
    const auto dmarcAt = [](std::string words, FindingCode code, std::string name) {
        return Slipped{std::move(words), Area::dmarc, std::move(name), {dmarcText}, code};
    };
    const auto spf = [](std::string words, FindingCode code, std::string text) {
        return Slipped{std::move(words), Area::spf, "example.org", {std::move(text)}, code};
    };
    const auto stsAt = [](std::string words, FindingCode code, std::string name) {
        return Slipped{std::move(words), Area::mtaSts, std::move(name), {stsText}, code};
    };
    const auto tlsRptAt = [](std::string words, FindingCode code, std::string name) {
        return Slipped{std::move(words), Area::tlsRpt, std::move(name), {tlsRptText}, code};
    };
    const auto tlsaAt = [](std::string words, FindingCode code, const std::string& name) {
        return Slipped{std::move(words), Area::dane, name + " TLSA " + tlsaText, {}, code};
    };
    const auto mxAt = [](std::string words, FindingCode code, const std::string& name) {
        return Slipped{std::move(words), Area::mx, name + " MX 0 mail.example.org.", {}, code};
    };
    using enum FindingCode;
    const std::string half = dkimText.substr(0, 255);
    return {
        dkimAt("whole name into a form that adds the domain", slipDoubledDomain, keyName + ".example.org"),
        dmarcAt("DMARC, the same", slipDoubledDomain, "_dmarc.example.org.example.org"),
        {"SPF, the same", Area::spf, "example.org.example.org", {spfText}, slipDoubledDomain},
        dkimAt("no underscore", slipNoUnderscore, "s202611.domainkey.example.org"),
        dmarcAt("DMARC without underscore", slipNoUnderscore, "dmarc.example.org"),
        dkimAt("no _domainkey", slipNoDomainkey, "s202611.example.org"),
        dkimAt("_domainkey first", slipNamesSwapped, "_domainkey.s202611.example.org"),
        dkimAt("no selector", slipNoSelector, "_domainkey.example.org"),
        dkimAt("at the domain itself", slipAtDomain, "example.org"),
        dmarcAt("DMARC at the domain itself", slipAtDomain, "example.org"),
        dkimAt("below the mail server", slipAtMailHost, "s202611._domainkey.mail.example.org"),
        dmarcAt("DMARC below the mail server", slipAtMailHost, "_dmarc.mail.example.org"),
        dkimAt("in the record of another selector", slipOtherSelector, "old._domainkey.example.org"),
        {"an alias that leads nowhere", Area::dkim, keyName + " CNAME gone.provider.test.", {}, slipAlias},
        {"DMARC, an alias that leads nowhere",
         Area::dmarc,
         "_dmarc.example.org CNAME gone.provider.test.",
         {},
         slipAlias},
        dkim("cut at 255", slipCutShort, half),
        {"its strings as two records", Area::dkim, keyName, {dkimText.substr(255), half}, slipInPieces},
        {"three records",
         Area::dkim,
         keyName,
         {dkimText.substr(300), half.substr(100), dkimText.substr(255, 45), half.substr(0, 100)},
         slipInPieces},
        dkim("quotes", slipQuotes, '"' + dkimText + '"'),
        dkim("quotes of two strings", slipQuotes, '"' + half + "\" \"" + dkimText.substr(255) + '"'),
        spf("SPF in quotes", slipQuotes, '"' + spfText + '"'),
        dmarc("DMARC in quotes", slipQuotes, '"' + dmarcText + '"'),
        dkim("backslashes before semicolons", slipBackslashes, "v=DKIM1\\; k=rsa\\; p=" + ownKey),
        dmarc("backslashes and quotes", slipBackslashes, "\\\"v=DMARC1\\; p=none\\\""),
        spf("typographic quotes", slipSmartQuotes, "\u201cv=spf1 mx ~all\u201d"),
        dmarc("single ones", slipSmartQuotes, "\u2018v=DMARC1; p=none\u2019"),
        spf("a space that is none", slipInvisible, "v=spf1\u00a0mx ~all"),
        dmarc("an invisible character at the front", slipInvisible, "\u200bv=DMARC1; p=none"),
        dmarc("codes of a web page", slipHtml, "&quot;v=DMARC1&#59; p=none&quot;"),
        dkim("the lines of a key file", slipPem,
             "v=DKIM1; k=rsa; p=-----BEGIN PUBLIC KEY-----\n" + ownKey + "\n-----END PUBLIC KEY-----"),
        dkim("a whole line", slipQuotes, keyName + ". IN TXT ( \"" + half + "\" \"" + dkimText.substr(255) + "\" )"),
        spf("a whole line, without quotes", slipWholeLine, "TXT v=spf1 mx ~all"),
        dmarc("a space before it", slipSpaces, " v=DMARC1; p=none"),
        spf("a space before SPF", slipSpaces, " v=spf1 mx ~all"),
        dmarc("small letters", slipCase, "v=dmarc1; p=none"),
        dkim("small letters of DKIM", slipCase, "v=dkim1; k=rsa; p=" + ownKey),
        dmarc("commas", slipSeparators, "v=DMARC1, p=none, rua=mailto:a@example.org"),
        dkim("spaces instead of semicolons", slipSeparators, "v=DKIM1 k=rsa p=" + ownKey),
        dkim("the key alone", slipKeyAlone, ownKey),
        dmarc("no version", slipNoVersion, "p=none; rua=mailto:a@example.org"),
        spf("SPF without version", slipNoVersion, "mx ~all"),
        stsAt("MTA-STS, doubled", slipDoubledDomain, "_mta-sts.example.org.example.org"),
        stsAt("MTA-STS without underscore", slipNoUnderscore, "mta-sts.example.org"),
        stsAt("MTA-STS at the domain itself", slipAtDomain, "example.org"),
        stsAt("MTA-STS below the mail server", slipAtMailHost, "_mta-sts.mail.example.org"),
        {"MTA-STS in quotes", Area::mtaSts, "_mta-sts.example.org", {'"' + stsText + '"'}, slipQuotes},
        tlsRptAt("TLS-RPT, doubled", slipDoubledDomain, "_smtp._tls.example.org.example.org"),
        tlsRptAt("TLS-RPT without underscores", slipNoUnderscore, "smtp.tls.example.org"),
        tlsRptAt("TLS-RPT, the first label alone", slipPartOfName, "_smtp.example.org"),
        tlsRptAt("TLS-RPT, the second label alone", slipPartOfName, "_tls.example.org"),
        tlsRptAt("TLS-RPT at the domain itself", slipAtDomain, "example.org"),
        tlsRptAt("TLS-RPT below the mail server", slipAtMailHost, "_smtp._tls.mail.example.org"),
        {"TLS-RPT in quotes", Area::tlsRpt, "_smtp._tls.example.org", {'"' + tlsRptText + '"'}, slipQuotes},
        {"TLS-RPT without version",
         Area::tlsRpt,
         "_smtp._tls.example.org",
         {"rua=mailto:tls@example.org"},
         slipNoVersion},
        tlsaAt("TLSA, doubled", slipDoubledDomain, "_25._tcp.mail.example.org.example.org"),
        tlsaAt("TLSA without underscores", slipNoUnderscore, "25.tcp.mail.example.org"),
        tlsaAt("TLSA, the port alone", slipPartOfName, "_25.mail.example.org"),
        tlsaAt("TLSA at the mail server itself", slipPartOfName, "mail.example.org"),
        tlsaAt("TLSA below the domain", slipBelowDomain, "_25._tcp.example.org"),
        {"TLSA as TXT", Area::dane, "_25._tcp.mail.example.org", {tlsaText}, slipWrongType},
        {"TLSA as TXT, in quotes", Area::dane, "_25._tcp.mail.example.org", {'"' + tlsaText + '"'}, slipWrongType},
        {"another text beside TLSA's name", Area::dane, "_25._tcp.mail.example.org", {"3 1 1 00"}, std::nullopt},
        mxAt("MX, doubled", slipDoubledDomain, "example.org.example.org"),
        mxAt("MX of the mail server", slipMxOfMailHost, "mail.example.org"),
        {"MX of another host", Area::mx, "www.example.org MX 10 mail.example.org.", {}, std::nullopt},
        {"nothing anywhere", Area::dkim, "www.example.org", {"hello"}, std::nullopt},
        {"another key", Area::dkim, keyName, {"v=DKIM1; k=rsa; p=" + otherKey}, std::nullopt},
        {"another policy", Area::dmarc, "_dmarc.example.org", {"v=DMARC1; p=reject"}, std::nullopt},
        {"two SPF records", Area::spf, "example.org", {spfText, "v=spf1 a -all"}, std::nullopt},
        {"a text of somebody else", Area::spf, "example.org", {"google-site-verification=abc"}, std::nullopt},
    };
}

TEST(SlipOfPolicyHost, IsNamedWhereItStandsTwiceBelowTheDomain) {
    FakeResolver resolver(goodZone);
    resolver.setReachesNameServers(false);
    resolver.add("_mta-sts.example.org TXT " + stsText + "\nmta-sts.example.org.example.org CNAME mail.example.org.");
    const auto findings = check(plannedProfile(), resolver, {Area::mtaSts});
    ASSERT_NE(find(findings, FindingCode::mtaStsHostMissing), nullptr);
    const Finding* slip = find(findings, FindingCode::slipDoubledDomain);
    ASSERT_NE(slip, nullptr);
    EXPECT_EQ(slip->subject, dnsName("mta-sts.example.org"));
}

TEST(Slips, CostNothingWhereAllIsThere) {
    FakeResolver resolver(goodZone);
    resolver.add({dnsName(keyName), RecordType::txt, std::chrono::seconds(300), dkimText});
    resolver.add("mta-sts.example.org CNAME mail.example.org.\n_mta-sts.example.org TXT " + stsText +
                 "\n_smtp._tls.example.org TXT " + tlsRptText + "\n_25._tcp.mail.example.org TLSA " + tlsaText);
    const auto areas = {Area::mx, Area::spf, Area::dmarc, Area::mtaSts, Area::tlsRpt, Area::dane};
    (void)check(plannedProfile(), resolver, areas);
    for (const Question& question : resolver.questions()) {
        EXPECT_FALSE(question.name.toString().ends_with("example.org.example.org")) << question.name.toString();
    }
}

INSTANTIATE_TEST_SUITE_P(OfPeople, Slip, testing::ValuesIn(slips()));

} // namespace
} // namespace sealwright
