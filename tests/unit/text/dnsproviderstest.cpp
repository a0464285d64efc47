#include "text/dnsproviders.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using test::dnsName;

std::optional<DnsProvider> providerNamed(const QString& name) {
    for (const DnsProvider& provider : dnsProviders()) {
        if (provider.name == name) {
            return provider;
        }
    }
    return std::nullopt;
}

TEST(DnsProviders, NamesTheFieldWhereASlipHappened) {
    const auto goDaddy = providerNamed(QStringLiteral("GoDaddy"));
    ASSERT_TRUE(goDaddy);
    const QString hint = formHint(*goDaddy, FindingCode::slipDoubledDomain);
    EXPECT_TRUE(hint.contains(QStringLiteral("“Name” takes only the part before the domain")) &&
                hint.contains(QStringLiteral("GoDaddy")) && hint.contains(u'@'))
        << hint.toStdString();
    EXPECT_TRUE(formHint(*goDaddy, FindingCode::dkimMissing).isEmpty());
    const auto route53 = providerNamed(QStringLiteral("Amazon Route 53"));
    ASSERT_TRUE(route53);
    EXPECT_TRUE(formHint(*route53, FindingCode::slipCutShort).contains(QStringLiteral("in quotes")));
    const auto ovh = providerNamed(QStringLiteral("OVHcloud"));
    ASSERT_TRUE(ovh);
    EXPECT_TRUE(formHint(*ovh, FindingCode::slipInPieces).contains(QStringLiteral("Change in text format")));
    EXPECT_TRUE(formHint(*ovh, FindingCode::slipPartOfName).contains(QStringLiteral("“Sub-domain”")));
    const auto cloudflare = providerNamed(QStringLiteral("Cloudflare"));
    ASSERT_TRUE(cloudflare);
    EXPECT_TRUE(formHint(*cloudflare, FindingCode::slipAlias).contains(QStringLiteral("CNAME")));
}

TEST(DnsProviders, HaveWhatTheWordsNeed) {
    std::size_t withField = 0;
    for (const DnsProvider& provider : dnsProviders()) {
        EXPECT_FALSE(provider.name.isEmpty());
        EXPECT_FALSE(provider.nameServers.isEmpty()) << provider.name.toStdString();
        for (const QString& hint : provider.hints) {
            EXPECT_FALSE(hint.isEmpty()) << provider.name.toStdString() << ": a hint without words";
        }
        withField += provider.nameField.isEmpty() ? 0 : 1;
    }
    EXPECT_GE(withField, 15U);
}

TEST(DnsProviders, AreFoundByTheZoneOfADomain) {
    test::FakeResolver resolver("example.org NS ns1.domaincontrol.com.\nexample.net NS ns1.example.net.\n");
    const auto above = providerAt(dnsName("mail.branch.example.org"), resolver, {});
    ASSERT_TRUE(above);
    EXPECT_EQ(above->name, QStringLiteral("GoDaddy"));
    EXPECT_FALSE(providerAt(dnsName("example.net"), resolver, {}));
    EXPECT_FALSE(providerAt(dnsName("nowhere.test"), resolver, {}));
}

} // namespace
} // namespace sealwright
