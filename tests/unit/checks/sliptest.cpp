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

std::string rightName(Area area) {
    return area == Area::dkim ? keyName : area == Area::dmarc ? "_dmarc.example.org" : "example.org";
}

class Slip : public testing::TestWithParam<Slipped> {};

TEST_P(Slip, IsNamed) {
    const auto& [words, area, name, texts, code] = GetParam();
    Profile profile = exampleProfile();
    SigningKey key{*Selector::parse("s202611"), KeyType::rsa, 2048, ownKey, "f", {}};
    profile.keys.push_back(key);
    key.selector = *Selector::parse("old");
    key.publicKey = otherKey;
    profile.keys.push_back(key);
    FakeResolver resolver(goodZone);
    resolver.setReachesNameServers(false);
    resolver.add({dnsName(keyName), RecordType::txt, std::chrono::seconds(300), dkimText});
    resolver.add({dnsName("old._domainkey.example.org"), RecordType::txt, std::chrono::seconds(300),
                  "v=DKIM1; k=rsa; p=" + key.publicKey});
    resolver.remove(rightName(area), RecordType::txt);
    for (const std::string& text : texts) {
        resolver.add({dnsName(name), RecordType::txt, std::chrono::seconds(300), text});
    }
    if (texts.empty()) {
        resolver.add(name);
    }
    std::vector<FindingCode> slips;
    for (const Finding& finding : check(profile, resolver, {area})) {
        if (toString(finding.code).starts_with("slip-")) {
            slips.push_back(finding.code);
            EXPECT_EQ(finding.subject, dnsName(rightName(area)));
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
        {"nothing anywhere", Area::dkim, "www.example.org", {"hello"}, std::nullopt},
        {"another key", Area::dkim, keyName, {"v=DKIM1; k=rsa; p=" + otherKey}, std::nullopt},
        {"another policy", Area::dmarc, "_dmarc.example.org", {"v=DMARC1; p=reject"}, std::nullopt},
        {"two SPF records", Area::spf, "example.org", {spfText, "v=spf1 a -all"}, std::nullopt},
        {"a text of somebody else", Area::spf, "example.org", {"google-site-verification=abc"}, std::nullopt},
    };
}

INSTANTIATE_TEST_SUITE_P(OfPeople, Slip, testing::ValuesIn(slips()));

} // namespace
} // namespace sealwright
