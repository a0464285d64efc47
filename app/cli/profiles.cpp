#include "cli/profiles.h"

#include "cli/output.h"
#include "cli/transportoptions.h"
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

template <class T, class Code>
Result<T> orBadInput(tl::expected<T, Problem<Code>> parsed) {
    if (!parsed) {
        return badInput(problemText(parsed.error()));
    }
    return std::move(*parsed);
}

// What is given takes the place of what was saved; where nothing is given, that stays.
template <class T, class Parse>
Result<void> replace(std::vector<T>& list, const std::vector<std::string>& given, Parse parse) {
    std::vector<T> read;
    for (const std::string& word : given) {
        auto value = orBadInput(parse(word));
        if (!value) {
            return tl::unexpected(value.error());
        }
        if (std::ranges::find(read, *value) == read.end()) {
            read.push_back(std::move(*value));
        }
    }
    if (!read.empty()) {
        list = std::move(read);
    }
    return {};
}

Failure failureOf(const Problem<ProfileError>& problem, const DomainName& domain) {
    const QString name = QString::fromStdString(domain.toUnicode());
    const QString message = QStringLiteral("%1: %2").arg(name, problemText(problem));
    switch (problem.code) {
    case ProfileError::cannotRead:
    case ProfileError::cannotWrite:
    case ProfileError::inUse:
    case ProfileError::changedMeanwhile:
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

QJsonObject toJson(const MtaSts& mtaSts) {
    return {{QStringLiteral("mode"), text(mtasts::toString(mtaSts.mode))},
            {QStringLiteral("maxAge"), static_cast<qint64>(mtaSts.maxAge.count())}};
}

} // namespace

Result<DomainName> parseDomain(const std::string& name) {
    return orBadInput(DomainName::parse(name));
}

Result<Selector> parseSelector(const std::string& name) {
    return orBadInput(Selector::parse(name));
}

Result<StoredProfile> loadProfile(const Context& context, const std::string& name) {
    const auto domain = parseDomain(name);
    if (!domain) {
        return tl::unexpected(domain.error());
    }
    auto stored = context.store.load(*domain);
    if (!stored) {
        return tl::unexpected(failureOf(stored.error(), *domain));
    }
    return std::move(*stored);
}

Result<StoredProfile> loadOrBeginProfile(const Context& context, const std::string& name) {
    const auto domain = parseDomain(name);
    if (!domain) {
        return tl::unexpected(domain.error());
    }
    auto stored = context.store.load(*domain);
    if (!stored && stored.error().code == ProfileError::absent) {
        return StoredProfile{Profile(*domain), {}};
    }
    if (!stored) {
        return tl::unexpected(failureOf(stored.error(), *domain));
    }
    return std::move(*stored);
}

Result<void> saveProfile(const Context& context, StoredProfile& stored) {
    if (const auto saved = context.store.save(stored); !saved) {
        return tl::unexpected(failureOf(saved.error(), stored.profile.domain));
    }
    return {};
}

Result<void> apply(const Context& context, const ProfileOptions& options, Profile& profile) {
    if (!options.mailHost.empty()) {
        auto host = parseDomain(options.mailHost);
        if (!host) {
            return tl::unexpected(host.error());
        }
        profile.mailHost = std::move(*host);
    }
    if (const auto read = replace(profile.addresses, options.addresses, parseSender); !read) {
        return read;
    }
    if (const auto read = replace(profile.includes, options.includes, parseInclude); !read) {
        return read;
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
    if (!options.inbound.empty()) {
        profile.inbound = inboundFromString(options.inbound).value_or(profile.inbound);
    }
    if (options.neverSends) {
        profile.role = DomainRole::neverSends;
    }
    return applyTransport(context, options, profile);
}

Result<Planned> planRecords(const Context& context, Profile& profile) {
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    Published published = readPublished(profile, **resolver, context.stop);
    Profile planned = profile;
    if (profile.role == DomainRole::sends && !profile.mailHost) {
        const DomainName proposal = guessMailHost(profile.domain, published);
        const Answer* mx = published.find(profile.domain, RecordType::mx);
        // An MX host elsewhere may be a mailbox provider's. A guess that the DNS had no part in is not for keeps.
        if (proposal.isAtOrBelow(published.zoneOf(profile.domain).value_or(profile.domain))) {
            planned.mailHost = proposal;
            if (mx != nullptr && mx->isConclusive()) {
                profile.mailHost = proposal;
            }
            published = readPublished(planned, **resolver, context.stop); // Its own records count now.
        }
    }
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    RecordPlan plan = makePlan(planned, published);
    std::vector<ComparedRecord> compared = compare(plan, published);
    return Planned{std::move(published), std::move(plan), std::move(compared)};
}

Outcome seenByDns(const Planned& planned) {
    const auto unknown = std::ranges::count(planned.compared, RecordState::unknown, &ComparedRecord::state);
    if (unknown > 0) {
        return notFoundOut(
            Words::tr("The DNS did not tell about %n of these records, so an existing one could not be seen.", nullptr,
                      static_cast<int>(unknown)));
    }
    return ExitStatus::ok;
}

QString describe(const SigningKey& key) {
    const QString kind = key.type == KeyType::rsa ? QStringLiteral("RSA %1").arg(key.bits) : QStringLiteral("Ed25519");
    const auto made = QDateTime::fromSecsSinceEpoch(key.created.time_since_epoch().count(), Qt::UTC);
    return Words::tr("%1  %2  made %3").arg(text(key.selector.toString()), kind, made.date().toString(Qt::ISODate));
}

QJsonObject toJson(const SigningKey& key) {
    return {{QStringLiteral("selector"), text(key.selector.toString())},
            {QStringLiteral("type"), text(toString(key.type))},
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
    QJsonArray tlsReportsTo;
    for (const EmailAddress& address : profile.tlsReportsTo) {
        tlsReportsTo += text(address.toString());
    }
    QJsonArray certificateKeys;
    for (const std::string& digest : profile.certificateKeys) {
        certificateKeys += text(digest);
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
        {QStringLiteral("stack"), profile.stack ? QJsonValue(text(toString(*profile.stack))) : QJsonValue()},
        {QStringLiteral("inbound"), text(toString(profile.inbound))},
        {QStringLiteral("mtaSts"), profile.mtaSts ? QJsonValue(toJson(*profile.mtaSts)) : QJsonValue()},
        {QStringLiteral("tlsReportsTo"), tlsReportsTo},
        {QStringLiteral("certificateKeys"), certificateKeys}};
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
