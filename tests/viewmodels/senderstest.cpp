#include "viewmodels/sendersviewmodel.h"

#include "text/dnsproviders.h"
#include "viewmodels/mailservices.h"
#include "wizardfixture.h"

#include <algorithm>

using namespace sealwright;
using namespace sealwright::test;

class Senders : public WizardTest {
protected:
    SendersViewModel model{state};

    static std::size_t service(const QString& name) {
        const auto found = std::ranges::find(mailServices(), name, &MailService::name);
        EXPECT_NE(found, mailServices().end());
        return static_cast<std::size_t>(found - mailServices().begin());
    }
};

TEST_F(Senders, proposesTheMailHostThatTheMxRecordNames) {
    open("example.org");
    EXPECT_EQ(model.mailHost(), QStringLiteral("mail.example.org")) << "before the DNS has told";
    state.setPublished(std::make_shared<const Published>(readPublished(state.profile(), resolver, {})));
    EXPECT_EQ(model.mailHost(), QStringLiteral("mx.example.org"));
    EXPECT_EQ(state.profile().mailHost, dnsName("mx.example.org"));
}

TEST_F(Senders, neverOverwritesWhatTheUserTyped) {
    open("example.org");
    model.setMailHost(QStringLiteral("smtp.example.net"));
    state.setPublished(std::make_shared<const Published>(readPublished(state.profile(), resolver, {})));
    EXPECT_EQ(model.mailHost(), QStringLiteral("smtp.example.net"));
    EXPECT_EQ(state.profile().mailHost, dnsName("smtp.example.net"));
}

TEST_F(Senders, keepsTheLastGoodValueWhileATextIsWrong) {
    open("example.org");
    model.setMailHost(QStringLiteral("smtp.example.net"));
    model.setMailHost(QStringLiteral("smtp example net"));
    EXPECT_FALSE(model.mailHostProblem().isEmpty());
    EXPECT_FALSE(model.isComplete());
    EXPECT_EQ(state.profile().mailHost, dnsName("smtp.example.net"));
}

TEST_F(Senders, readsAddressesSeparatedInAnyWay) {
    open("example.org");
    model.setAddresses(QStringLiteral("192.0.2.7, 198.51.100.0/24;\n2001:db8::/64"));
    EXPECT_TRUE(model.addressesProblem().isEmpty());
    ASSERT_EQ(state.profile().addresses.size(), 3U);
    EXPECT_EQ(state.profile().addresses[1].toString(), "198.51.100.0/24");
    EXPECT_FALSE(model.addressesHint().isEmpty()) << "addresses for documentation are not reachable";
    model.setAddresses(QStringLiteral("192.0.2.7, 300.1.1.1"));
    EXPECT_FALSE(model.addressesProblem().isEmpty());
}

TEST_F(Senders, takesServicesByNameAndOthersAsTheyStandInAnSpfRecord) {
    open("example.org");
    model.setService(service(QStringLiteral("Microsoft 365")), true);
    model.setIncludes(QStringLiteral("include:_spf.example.net"));
    EXPECT_TRUE(model.includesProblem().isEmpty());
    EXPECT_EQ(state.profile().includes,
              (std::vector{dnsName("spf.protection.outlook.com"), dnsName("_spf.example.net")}));
    EXPECT_TRUE(model.servicesHint().isEmpty());
    model.setService(service(QStringLiteral("SendGrid")), true);
    EXPECT_TRUE(model.servicesHint().contains(QStringLiteral("SendGrid")));

    ASSERT_TRUE(state.save());
    open("other.example");
    EXPECT_FALSE(model.isService(service(QStringLiteral("Microsoft 365"))));
    open("example.org");
    EXPECT_TRUE(model.isService(service(QStringLiteral("Microsoft 365"))));
    EXPECT_EQ(model.includes(), QStringLiteral("_spf.example.net"));
}

TEST_F(Senders, asksForNothingMoreWhereNobodySends) {
    open("example.org");
    model.setMailHost({});
    EXPECT_FALSE(model.isComplete());
    model.setRole(DomainRole::neverSends);
    EXPECT_TRUE(model.isComplete());
    EXPECT_EQ(state.profile().role, DomainRole::neverSends);
}

TEST(Resources, haveOnlyGoodServicesAndProviders) {
    EXPECT_GE(mailServices().size(), 20U);
    EXPECT_TRUE(std::ranges::is_sorted(mailServices(), [](const MailService& a, const MailService& b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    }));
    EXPECT_GE(dnsProviders().size(), 30U);
    for (const DnsProvider& provider : dnsProviders()) {
        EXPECT_FALSE(provider.name.isEmpty());
        EXPECT_FALSE(provider.nameServers.isEmpty()) << provider.name.toStdString();
        EXPECT_FALSE(provider.hints.contains(QString())) << provider.name.toStdString() << " has an unknown hint";
    }
}

TEST(Resources, tellProvidersByTheirNameServers) {
    const auto provider = [](std::string_view server) {
        const auto found = providerOf(std::vector{dnsName(server)});
        return found ? found->name.toStdString() : std::string();
    };
    EXPECT_EQ(provider("alice.ns.cloudflare.com"), "Cloudflare");
    EXPECT_EQ(provider("ns-1234.awsdns-56.co.uk"), "Amazon Route 53");
    EXPECT_EQ(provider("ns11.domaincontrol.com"), "GoDaddy");
    EXPECT_EQ(provider("helium.ns.hetzner.de"), "Hetzner");
    EXPECT_EQ(provider("ns1.example.org"), "");
    EXPECT_EQ(provider("ns.cloudflare.com.example.org"), "");
}
