#include "text/dnsproviders.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <map>

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
    if (code == "quotesAlways"_L1) {
        return tr("Enter the value in quotes, and one of more than 255 characters in parts: “Copy in quotes”.");
    }
    if (code == "longInTextMode"_L1) {
        return tr("The form takes at most 255 characters: enter longer values with “Change in text format”.");
    }
    if (code == "splitsItself"_L1) {
        return tr("Paste long values in one piece: this form splits them itself.");
    }
    if (code == "flattensCname"_L1) {
        return tr("An alias (CNAME) may be answered with its target's addresses instead: enter records of the type "
                  "that is shown, and leave the proxy off for the mail server.");
    }
    if (code == "ttlMinimum"_L1) {
        return tr("A short time to live is refused: enter 3600.");
    }
    if (code == "useTxt"_L1) {
        return tr("Choose the type TXT, not the form's own assistants for SPF, DKIM or DMARC.");
    }
    return {};
}

static DnsProvider read(const QJsonObject& object) {
    DnsProvider provider{
        object["name"_L1].toString(), {}, object["where"_L1].toString(), {}, object["nameField"_L1].toString(),
        object["apex"_L1].toString(), {}};
    for (const auto pattern : object["nameServers"_L1].toArray()) {
        provider.nameServers << pattern.toString();
    }
    for (const auto hint : object["hints"_L1].toArray()) {
        provider.codes << hint.toString();
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

std::optional<DnsProvider> providerAt(const DomainName& domain, Resolver& resolver, const std::stop_token& stop) {
    std::vector<Question> questions;
    for (auto at = std::optional(domain); at && at->labels().size() > 1; at = at->parent()) {
        questions.push_back({*at, RecordType::ns});
    }
    for (const Answer& answer : resolver.lookupAll(questions, stop)) {
        if (const auto servers = names(answer); !servers.empty()) {
            return providerOf(servers);
        }
    }
    return std::nullopt;
}

/// The field of a form in which a slip happened.
enum class FormField { none, name, longValue, value, type };

static FormField fieldOf(FindingCode code) {
    static const std::map<FindingCode, FormField> fields{
        {FindingCode::slipDoubledDomain, FormField::name}, {FindingCode::slipNoUnderscore, FormField::name},
        {FindingCode::slipNoDomainkey, FormField::name},   {FindingCode::slipNamesSwapped, FormField::name},
        {FindingCode::slipNoSelector, FormField::name},    {FindingCode::slipAtDomain, FormField::name},
        {FindingCode::slipAtMailHost, FormField::name},    {FindingCode::slipOtherSelector, FormField::name},
        {FindingCode::slipPartOfName, FormField::name},    {FindingCode::slipBelowDomain, FormField::name},
        {FindingCode::slipMxOfMailHost, FormField::name},  {FindingCode::slipWrongType, FormField::type},
        {FindingCode::slipAlias, FormField::type},         {FindingCode::slipCutShort, FormField::longValue},
        {FindingCode::slipInPieces, FormField::longValue}, {FindingCode::slipBackslashes, FormField::value},
        {FindingCode::slipQuotes, FormField::value},       {FindingCode::slipWholeLine, FormField::value},
    };
    const auto found = fields.find(code);
    return found == fields.end() ? FormField::none : found->second;
}

bool isSlip(FindingCode code) {
    return fieldOf(code) != FormField::none;
}

QString formHint(const DnsProvider& provider, FindingCode code) {
    const auto tr = [](const char* sentence) { return QCoreApplication::translate("DnsProviders", sentence); };
    const auto known = [&](const QStringList& hints) {
        QString text;
        for (const QString& hint : hints) {
            text += provider.codes.contains(hint) ? u' ' + hintText(hint) : QString();
        }
        return text.isEmpty() ? text : tr("At %1:").arg(provider.name) + text;
    };
    switch (fieldOf(code)) {
    case FormField::none:
        return {};
    case FormField::name:
        if (provider.nameField.isEmpty()) {
            return known({u"hostRelative"_s});
        }
        return provider.apex.isEmpty()
                   ? tr("At %1, the field “%2” takes only the part before the domain; for the domain itself it stays "
                        "empty.")
                         .arg(provider.name, provider.nameField)
                   : tr("At %1, the field “%2” takes only the part before the domain; %3 stands for the domain itself.")
                         .arg(provider.name, provider.nameField, provider.apex);
    case FormField::longValue:
        return known({u"quotedStrings"_s, u"quotesAlways"_s, u"longInTextMode"_s, u"splitsItself"_s});
    case FormField::value:
        return known({u"quotedStrings"_s, u"splitsItself"_s});
    case FormField::type:
        return known({u"flattensCname"_s, u"useTxt"_s});
    }
    return {};
}

} // namespace sealwright
