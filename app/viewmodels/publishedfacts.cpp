#include "viewmodels/publishedfacts.h"

#include "dmarc/record.h"
#include "spf/record.h"
#include "text/dnsproviders.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

static QString tr(const char* sentence) {
    return QCoreApplication::translate("PublishedFacts", sentence);
}

/// An answer that holds no record: missing for certain, or not known.
static void fillAbsence(PublishedFact& fact, const Answer* answer) {
    if (answer && answer->isConclusive()) {
        fact.state = RecordState::missing;
        fact.value = tr("nothing published");
        return;
    }
    fact.state = RecordState::unknown;
    fact.value = tr("the DNS did not answer");
    if (answer && answer->status == AnswerStatus::bogus) {
        fact.value = tr("the answer can't be trusted: DNSSEC validation failed");
    } else if (answer && answer->status == AnswerStatus::notAsked) {
        fact.value = tr("not asked: Sealwright runs off line");
    }
}

static PublishedFact mxFact(const DomainName& domain, const Published& published) {
    PublishedFact fact{u"MX"_s, {}, tr("the hosts that receive mail for the domain"), RecordState::present};
    const Answer* answer = published.find(domain, RecordType::mx);
    QStringList hosts;
    for (const MxHost& host : answer ? mxHosts(*answer) : std::vector<MxHost>{}) {
        hosts << (host.exchange.isRoot() ? tr("none: the domain takes no mail")
                                         : QString::fromStdString(host.exchange.toUnicode()));
    }
    fact.value = hosts.join(", "_L1);
    if (hosts.isEmpty()) {
        fillAbsence(fact, answer);
    }
    return fact;
}

/// TXT records of one kind at a name, of which there must be one.
static PublishedFact txtFact(PublishedFact fact, const Answer* answer, bool (*isOfKind)(std::string_view)) {
    QStringList records;
    for (const std::string& text : answer ? texts(*answer) : std::vector<std::string>{}) {
        if (isOfKind(text)) {
            records << shown(text);
        }
    }
    fact.value = records.join(u'\n');
    if (records.size() > 1) {
        fact.state = RecordState::differs;
        fact.value += u'\n' + tr("More than one record: receivers refuse to use any of them.");
    } else if (records.isEmpty()) {
        fillAbsence(fact, answer);
    }
    return fact;
}

static PublishedFact hostingFact(const DomainName& domain, const Published& published) {
    PublishedFact fact{tr("DNS"), {}, tr("the provider where the records are entered"), RecordState::present};
    const Answer* answer = published.find(domain, RecordType::mx);
    if (answer && answer->status == AnswerStatus::nxDomain) {
        fact.state = RecordState::missing;
        fact.value = tr("This domain does not exist in the DNS. Is it spelled right, and registered?");
        return fact;
    }
    QStringList servers;
    const std::vector<DomainName> hosts = nameServers(domain, published);
    for (const DomainName& server : hosts) {
        servers << QString::fromStdString(server.toString());
    }
    if (servers.isEmpty()) {
        fillAbsence(fact, nullptr);
        return fact;
    }
    const auto provider = providerOf(hosts);
    fact.value = provider ? tr("hosted by %1 (%2)").arg(provider->name, servers.join(", "_L1))
                          : tr("name servers %1").arg(servers.join(", "_L1));
    return fact;
}

std::vector<DomainName> nameServers(const DomainName& domain, const Published& published) {
    const Answer* answer = published.find(published.zoneOf(domain).value_or(domain), RecordType::ns);
    return answer ? names(*answer) : std::vector<DomainName>{};
}

std::vector<PublishedFact> publishedFacts(const DomainName& domain, const Published& published) {
    const auto dmarcName = domain.child("_dmarc");
    return {
        hostingFact(domain, published),
        mxFact(domain, published),
        txtFact({u"SPF"_s, {}, tr("who may send mail for the domain"), RecordState::present},
                published.find(domain, RecordType::txt), spf::isSpf),
        txtFact({u"DMARC"_s, {}, tr("what receivers do with mail that fails"), RecordState::present},
                dmarcName ? published.find(*dmarcName, RecordType::txt) : nullptr, dmarc::isDmarc),
    };
}

} // namespace sealwright
