#include "cli/profiles.h"

#include "dns/txtstrings.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Profiles)
};

QString text(std::string_view octets) {
    return QString::fromUtf8(octets.data(), static_cast<qsizetype>(octets.size()));
}

template <class T, class Code>
Result<T> orBadInput(tl::expected<T, Problem<Code>> parsed) {
    if (!parsed) {
        return badInput(problemText(parsed.error()));
    }
    return std::move(*parsed);
}

template <class List, class Value>
void addOnce(List& list, const Value& value) {
    if (std::ranges::find(list, value) == list.end()) {
        list.push_back(value);
    }
}

Failure failureOf(const Problem<ProfileError>& problem, const DomainName& domain) {
    const QString name = QString::fromStdString(domain.toUnicode());
    const QString message = QStringLiteral("%1: %2").arg(name, problemText(problem));
    switch (problem.code) {
    case ProfileError::cannotRead:
    case ProfileError::cannotWrite:
    case ProfileError::inUse:
        return {ExitStatus::unknown, message};
    case ProfileError::absent:
        return {ExitStatus::usage,
                Words::tr("%1 is not set up here yet. Begin with: sealwright-cli setup %1").arg(name)};
    case ProfileError::notJson:
    case ProfileError::notAProfile:
    case ProfileError::newerVersion:
    case ProfileError::badField:
        return {ExitStatus::usage, message};
    }
    return {ExitStatus::usage, message};
}

} // namespace

Result<DomainName> parseDomain(const std::string& name) {
    return orBadInput(DomainName::parse(name));
}

Result<Selector> parseSelector(const std::string& name) {
    return orBadInput(Selector::parse(name));
}

Result<StoredProfile> loadProfile(const Context& context, const DomainName& domain) {
    auto stored = context.store.load(domain);
    if (!stored) {
        return tl::unexpected(failureOf(stored.error(), domain));
    }
    return std::move(*stored);
}

Result<std::optional<StoredProfile>> findProfile(const Context& context, const DomainName& domain) {
    auto stored = context.store.load(domain);
    if (stored) {
        return std::optional(std::move(*stored));
    }
    if (stored.error().code == ProfileError::absent) {
        return std::optional<StoredProfile>();
    }
    return tl::unexpected(failureOf(stored.error(), domain));
}

Result<void> saveProfile(const Context& context, const StoredProfile& stored) {
    if (const auto saved = context.store.save(stored); !saved) {
        return tl::unexpected(failureOf(saved.error(), stored.profile.domain));
    }
    return {};
}

Result<void> apply(const ProfileOptions& options, Profile& profile) {
    if (!options.mailHost.empty()) {
        auto host = parseDomain(options.mailHost);
        if (!host) {
            return tl::unexpected(host.error());
        }
        profile.mailHost = std::move(*host);
    }
    for (const std::string& address : options.addresses) {
        const auto network = orBadInput(IpNetwork::parse(address));
        if (!network) {
            return tl::unexpected(network.error());
        }
        addOnce(profile.addresses, *network);
    }
    for (const std::string& include : options.includes) {
        const auto name = orBadInput(DomainName::parseDns(include));
        if (!name) {
            return tl::unexpected(name.error());
        }
        addOnce(profile.includes, *name);
    }
    if (!options.reportTo.empty()) {
        const auto address = orBadInput(EmailAddress::parse(options.reportTo));
        if (!address) {
            return tl::unexpected(address.error());
        }
        profile.reportsTo = {*address};
    }
    if (!options.policy.empty()) {
        profile.policy = dmarc::policyFromString(options.policy); // CLI11 has checked it.
    }
    if (!options.stack.empty()) {
        profile.stack = stackFromString(options.stack);
    }
    if (options.neverSends) {
        profile.role = DomainRole::neverSends;
    }
    return {};
}

Result<Planned> planRecords(const Context& context, Profile& profile) {
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    Published published = readPublished(profile, **resolver, context.stop);
    if (profile.role == DomainRole::sends && !profile.mailHost) {
        profile.mailHost = guessMailHost(profile.domain, published);
        published = readPublished(profile, **resolver, context.stop); // Its own records count now.
    }
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    RecordPlan plan = makePlan(profile, published);
    std::vector<ComparedRecord> compared = compare(plan, published);
    return Planned{std::move(plan), std::move(compared)};
}

QString describe(const SigningKey& key) {
    const QString kind = key.type == KeyType::rsa ? QStringLiteral("RSA %1").arg(key.bits) : QStringLiteral("Ed25519");
    const auto made = QDateTime::fromSecsSinceEpoch(key.created.time_since_epoch().count(), Qt::UTC);
    return Words::tr("%1  %2  made %3").arg(text(key.selector.toString()), kind, made.date().toString(Qt::ISODate));
}

QJsonObject toJson(const SigningKey& key) {
    return {{QStringLiteral("selector"), text(key.selector.toString())},
            {QStringLiteral("type"), key.type == KeyType::rsa ? QStringLiteral("rsa") : QStringLiteral("ed25519")},
            {QStringLiteral("bits"), key.bits},
            {QStringLiteral("publicKey"), text(key.publicKey)},
            {QStringLiteral("fingerprint"), text(key.fingerprint)},
            {QStringLiteral("created"),
             QDateTime::fromSecsSinceEpoch(key.created.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate)}};
}

QJsonObject toJson(const Profile& profile) {
    QJsonArray addresses;
    for (const IpNetwork& address : profile.addresses) {
        addresses += text(address.toString());
    }
    QJsonArray includes;
    for (const DomainName& include : profile.includes) {
        includes += text(include.toString());
    }
    QJsonArray keys;
    for (const SigningKey& key : profile.keys) {
        keys += toJson(key);
    }
    QJsonArray reportsTo;
    for (const EmailAddress& address : profile.reportsTo) {
        reportsTo += text(address.toString());
    }
    const bool sends = profile.role == DomainRole::sends;
    return {
        {QStringLiteral("domain"), text(profile.domain.toString())},
        {QStringLiteral("sends"), sends},
        {QStringLiteral("mailHost"), profile.mailHost ? QJsonValue(text(profile.mailHost->toString())) : QJsonValue()},
        {QStringLiteral("addresses"), addresses},
        {QStringLiteral("includes"), includes},
        {QStringLiteral("keys"), keys},
        {QStringLiteral("policy"), profile.policy ? QJsonValue(text(dmarc::toString(*profile.policy))) : QJsonValue()},
        {QStringLiteral("reportsTo"), reportsTo},
        {QStringLiteral("stack"), profile.stack ? QJsonValue(text(toString(*profile.stack))) : QJsonValue()}};
}

QJsonArray toJson(const std::vector<ComparedRecord>& records) {
    QJsonArray array;
    for (const ComparedRecord& compared : records) {
        const ResourceRecord& record = compared.planned.record;
        QJsonArray strings;
        if (record.type == RecordType::txt) {
            for (const std::string& part : txtStrings(record.value)) {
                strings += text(part);
            }
        }
        QJsonArray published;
        for (const ResourceRecord& seen : compared.published) {
            published += text(seen.value);
        }
        array += QJsonObject{{QStringLiteral("name"), text(record.name.toString())},
                             {QStringLiteral("type"), text(toString(record.type))},
                             {QStringLiteral("ttl"), static_cast<qint64>(record.ttl.count())},
                             {QStringLiteral("value"), text(record.value)},
                             {QStringLiteral("strings"), strings},
                             {QStringLiteral("state"), text(toString(compared.state))},
                             {QStringLiteral("purpose"), text(toString(compared.planned.purpose))},
                             {QStringLiteral("zone"), text(compared.planned.zone.toString())},
                             {QStringLiteral("published"), published}};
    }
    return array;
}

} // namespace sealwright::cli
