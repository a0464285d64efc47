#include "viewmodels/dnsproviders.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

static QString hintText(const QString& code) {
    const auto tr = [](const char* sentence) { return QCoreApplication::translate("DnsProviders", sentence); };
    if (code == "hostRelative"_L1) {
        return tr("Enter the name without the domain, as shown under “Name”.");
    }
    if (code == "appendsDomain"_L1) {
        return tr("This form adds the domain itself: a full name would end up with the domain twice.");
    }
    if (code == "quotedStrings"_L1) {
        return tr("A value of more than 255 characters has to be entered in parts, each in quotes: “Copy in quotes”.");
    }
    if (code == "splitsItself"_L1) {
        return tr("Paste long values in one piece: this form splits them itself.");
    }
    if (code == "useTxt"_L1) {
        return tr("Choose the type TXT, not the form's own assistants for SPF, DKIM or DMARC.");
    }
    return {};
}

static DnsProvider read(const QJsonObject& object) {
    DnsProvider provider{object["name"_L1].toString(), {}, object["where"_L1].toString(), {}};
    for (const auto pattern : object["nameServers"_L1].toArray()) {
        provider.nameServers << pattern.toString();
    }
    for (const auto hint : object["hints"_L1].toArray()) {
        provider.hints << hintText(hint.toString());
    }
    return provider;
}

const std::vector<DnsProvider>& dnsProviders() {
    static const std::vector<DnsProvider> providers = [] {
        std::vector<DnsProvider> read;
        QFile file(u":/sealwright/dnsproviders.json"_s);
        if (file.open(QIODevice::ReadOnly)) {
            for (const auto entry : QJsonDocument::fromJson(file.readAll()).array()) {
                read.push_back(sealwright::read(entry.toObject()));
            }
        }
        return read;
    }();
    return providers;
}

std::optional<DnsProvider> providerOf(std::span<const DomainName> nameServers) {
    const auto runs = [](const DnsProvider& provider, const DomainName& server) {
        const QString name = QString::fromStdString(server.toString());
        return std::ranges::any_of(provider.nameServers, [&](const QString& pattern) {
            return QRegularExpression::fromWildcard(pattern, Qt::CaseInsensitive).match(name).hasMatch();
        });
    };
    for (const DnsProvider& provider : dnsProviders()) {
        if (std::ranges::any_of(nameServers, [&](const DomainName& server) { return runs(provider, server); })) {
            return provider;
        }
    }
    return std::nullopt;
}

} // namespace sealwright
