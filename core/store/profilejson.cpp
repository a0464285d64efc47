#include "store/profilejson.h"

#include "base/base64.h"
#include "store/jsonfields.h"

#include <QDateTime>
#include <QJsonDocument>
#include <algorithm>

namespace sealwright {

namespace {

constexpr QLatin1String format{"sealwright-profile"};
constexpr qint64 version = 1;
constexpr qint64 longestTtl = 0x7fffffff; // seconds; RFC 2181 section 8

/// The fields' names.
namespace field {
constexpr QLatin1String format{"format"}, version{"version"}, domain{"domain"}, role{"role"}, mailHost{"mailHost"},
    addresses{"addresses"}, includes{"includes"}, keys{"keys"}, policy{"policy"}, reportsTo{"reportsTo"},
    stack{"stack"}, inbound{"inbound"}, ttl{"ttl"}, mtaSts{"mtaSts"}, mode{"mode"}, maxAge{"maxAge"},
    tlsReportsTo{"tlsReportsTo"}, certificateKeys{"certificateKeys"}, selector{"selector"}, type{"type"}, bits{"bits"},
    publicKey{"publicKey"}, fingerprint{"fingerprint"}, created{"created"};
} // namespace field

QString text(std::string_view octets) {
    return QString::fromUtf8(octets.data(), static_cast<qsizetype>(octets.size()));
}

QString text(DomainRole role) {
    switch (role) {
    case DomainRole::sends:
        return QStringLiteral("sends");
    case DomainRole::neverSends:
        return QStringLiteral("never-sends");
    }
    return {};
}

QString text(KeyType type) {
    switch (type) {
    case KeyType::rsa:
        return QStringLiteral("rsa");
    case KeyType::ed25519:
        return QStringLiteral("ed25519");
    }
    return {};
}

QString text(std::chrono::sys_seconds time) {
    return QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

/// A string that `parse` understands: T::parse and the like, or a function that gives an optional.
template <auto parse>
constexpr auto parsed = [](const QJsonValue& value, const QString& /*path*/ = {}) {
    const std::string octets = value.toString().toStdString();
    auto result = parse(octets);
    using Value = std::decay_t<decltype(*result)>;
    return value.isString() && result ? std::optional<Value>(std::move(*result)) : std::nullopt;
};

/// One of the values of an enum, by the name that text() gives it.
template <auto... values>
constexpr auto oneOf = [](const QJsonValue& value) {
    using Enum = std::common_type_t<decltype(values)...>;
    std::optional<Enum> found;
    ((text(values) == value.toString() ? found = values : found), ...);
    return found;
};

/// A whole number from `least` to `most`.
template <qint64 least, qint64 most>
constexpr auto number = [](const QJsonValue& value) -> std::optional<qint64> {
    const qint64 integer = value.toInteger(least - 1);
    return integer >= least && integer <= most ? std::optional(integer) : std::nullopt;
};

std::optional<std::string> publicKeyFrom(std::string_view base64) {
    const auto octets = base64Decode(base64);
    return octets && !octets->empty() ? std::optional<std::string>(base64) : std::nullopt;
}

std::optional<std::string> fingerprintFrom(std::string_view hex) {
    return isSha256Hex(hex) ? std::optional<std::string>(hex) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> timeFrom(std::string_view iso) {
    const QDateTime time = QDateTime::fromString(text(iso), Qt::ISODate);
    if (!time.isValid() || time.timeSpec() != Qt::UTC) {
        return std::nullopt;
    }
    return std::chrono::sys_seconds(std::chrono::seconds(time.toSecsSinceEpoch()));
}

QJsonObject keyToJson(const SigningKey& key, QJsonObject object) {
    object[field::selector] = text(key.selector.toString());
    object[field::type] = text(key.type);
    object[field::bits] = key.bits;
    object[field::publicKey] = text(key.publicKey);
    object[field::fingerprint] = text(key.fingerprint);
    object[field::created] = text(key.created);
    return object;
}

/// Leaves what it does not know in `object`.
std::optional<SigningKey> keyFromJson(QJsonObject& object, const QString& path, QString& firstBad) {
    JsonFields fields(object, path + QLatin1Char('.'), firstBad);
    std::optional<Selector> selector;
    std::optional<KeyType> type;
    std::optional<qint64> bits;
    std::optional<std::string> publicKey;
    std::optional<std::string> fingerprint;
    std::optional<std::chrono::sys_seconds> created;
    fields.require(selector, field::selector, parsed<Selector::parse>);
    fields.require(type, field::type, oneOf<KeyType::rsa, KeyType::ed25519>);
    fields.require(bits, field::bits, number<1, 65536>);
    fields.require(publicKey, field::publicKey, parsed<publicKeyFrom>);
    fields.require(fingerprint, field::fingerprint, parsed<fingerprintFrom>);
    fields.require(created, field::created, parsed<timeFrom>);
    if (!selector || !type || !bits || !publicKey || !fingerprint || !created) {
        return std::nullopt;
    }
    return SigningKey{*selector, *type, static_cast<int>(*bits), *publicKey, *fingerprint, *created};
}

/// Their unknown fields go to `unknown`, by selector.
void readKeys(JsonFields& fields, std::vector<SigningKey>& keys, QJsonObject& unknown, QString& firstBad) {
    fields.readEach(keys, field::keys, [&](const QJsonValue& value, const QString& path) -> std::optional<SigningKey> {
        QJsonObject rest = value.toObject();
        auto key = value.isObject() ? keyFromJson(rest, path, firstBad) : std::nullopt;
        if (key && std::ranges::find(keys, key->selector, &SigningKey::selector) != keys.end()) {
            return std::nullopt; // the vault holds one key per domain and selector
        }
        if (key && !rest.isEmpty()) {
            unknown[text(key->selector.toString())] = rest;
        }
        return key;
    });
}

/// Leaves what it does not know in `unknown`.
void readMtaSts(JsonFields& fields, std::optional<MtaSts>& mtaSts, QJsonObject& unknown, QString& firstBad) {
    fields.read(mtaSts, field::mtaSts, [&](const QJsonValue& value) -> std::optional<MtaSts> {
        if (!value.isObject()) {
            return std::nullopt;
        }
        unknown = value.toObject();
        JsonFields inner(unknown, QStringLiteral("mtaSts."), firstBad);
        std::optional<mtasts::Mode> mode;
        std::optional<qint64> maxAge;
        inner.require(mode, field::mode, parsed<mtasts::modeFromString>);
        inner.require(maxAge, field::maxAge, number<0, mtasts::longestMaxAge.count()>);
        return mode && maxAge ? std::optional(MtaSts{*mode, std::chrono::seconds(*maxAge)}) : std::nullopt;
    });
}

/// Everything but the format mark. Leaves what it does not know in `object`; unset where a field is bad.
std::optional<StoredProfile> profileFrom(QJsonObject object, QString& firstBad) {
    JsonFields fields(object, {}, firstBad);
    std::optional<DomainName> domain;
    fields.require(domain, field::domain, parsed<DomainName::parse>);
    if (!domain) {
        return std::nullopt;
    }
    Profile profile(std::move(*domain));
    std::optional<DomainRole> role;
    std::optional<qint64> ttl;
    std::optional<Inbound> inbound;
    QJsonObject unknownOfKeys;
    QJsonObject unknownOfMtaSts;
    fields.read(role, field::role, oneOf<DomainRole::sends, DomainRole::neverSends>);
    fields.read(profile.mailHost, field::mailHost, parsed<DomainName::parse>);
    fields.readEach(profile.addresses, field::addresses, parsed<parseSender>);
    fields.readEach(profile.includes, field::includes, parsed<parseInclude>);
    readKeys(fields, profile.keys, unknownOfKeys, firstBad);
    fields.read(profile.policy, field::policy, parsed<dmarc::policyFromString>);
    fields.readEach(profile.reportsTo, field::reportsTo, parsed<EmailAddress::parse>);
    readMtaSts(fields, profile.mtaSts, unknownOfMtaSts, firstBad);
    fields.readEach(profile.tlsReportsTo, field::tlsReportsTo, parsed<EmailAddress::parse>);
    fields.readEach(profile.certificateKeys, field::certificateKeys, parsed<fingerprintFrom>);
    fields.read(profile.stack, field::stack, parsed<stackFromString>);
    fields.read(inbound, field::inbound, parsed<inboundFromString>);
    fields.read(ttl, field::ttl, number<0, longestTtl>);
    profile.role = role.value_or(profile.role);
    profile.inbound = inbound.value_or(profile.inbound);
    profile.ttl = std::chrono::seconds(ttl.value_or(profile.ttl.count()));
    if (!unknownOfKeys.isEmpty()) {
        object[field::keys] = unknownOfKeys;
    }
    if (!unknownOfMtaSts.isEmpty()) {
        object[field::mtaSts] = unknownOfMtaSts;
    }
    return firstBad.isEmpty() ? std::optional(StoredProfile{std::move(profile), std::move(object)}) : std::nullopt;
}

template <class T>
QJsonArray textsOf(const std::vector<T>& values) {
    QJsonArray array;
    std::ranges::for_each(values, [&](const T& value) { array.append(text(value.toString())); });
    return array;
}

// What was stored before these could be chosen has no such fields, and neither has what does not use them.
void addTransport(const Profile& profile, const QJsonObject& unknownOfMtaSts, QJsonObject& object) {
    if (profile.mtaSts) {
        QJsonObject mtaSts = unknownOfMtaSts;
        mtaSts[field::mode] = text(mtasts::toString(profile.mtaSts->mode));
        mtaSts[field::maxAge] = static_cast<qint64>(profile.mtaSts->maxAge.count());
        object[field::mtaSts] = mtaSts;
    }
    if (!profile.tlsReportsTo.empty()) {
        object[field::tlsReportsTo] = textsOf(profile.tlsReportsTo);
    }
    if (!profile.certificateKeys.empty()) {
        QJsonArray digests;
        std::ranges::for_each(profile.certificateKeys, [&](const std::string& hex) { digests.append(text(hex)); });
        object[field::certificateKeys] = digests;
    }
}

} // namespace

QByteArray toJson(const StoredProfile& stored) {
    const Profile& profile = stored.profile;
    QJsonObject object = stored.unknown;
    const QJsonObject unknownOfKeys = object.take(field::keys).toObject();
    addTransport(profile, object.take(field::mtaSts).toObject(), object);
    QJsonArray keys;
    for (const SigningKey& key : profile.keys) {
        keys.append(keyToJson(key, unknownOfKeys[text(key.selector.toString())].toObject()));
    }
    object[field::format] = format;
    object[field::version] = version;
    object[field::domain] = text(profile.domain.toString());
    object[field::role] = text(profile.role);
    object[field::addresses] = textsOf(profile.addresses);
    object[field::includes] = textsOf(profile.includes);
    object[field::keys] = keys;
    object[field::reportsTo] = textsOf(profile.reportsTo);
    object[field::ttl] = static_cast<qint64>(profile.ttl.count());
    if (profile.mailHost) {
        object[field::mailHost] = text(profile.mailHost->toString());
    }
    if (profile.policy) {
        object[field::policy] = text(dmarc::toString(*profile.policy));
    }
    if (profile.stack) {
        object[field::stack] = text(toString(*profile.stack));
    }
    if (profile.inbound != Inbound::unchanged) { // What was stored before this could be chosen has no such field.
        object[field::inbound] = text(toString(profile.inbound));
    }
    return QJsonDocument(object).toJson();
}

tl::expected<StoredProfile, Problem<ProfileError>> profileFromJson(const QByteArray& json) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        return tl::unexpected(problem(ProfileError::notJson, {}, static_cast<std::size_t>(error.offset)));
    }
    QJsonObject object = document.object();
    if (object.take(field::format) != format) {
        return tl::unexpected(problem(ProfileError::notAProfile));
    }
    QString firstBad;
    std::optional<qint64> writtenBy;
    JsonFields(object, {}, firstBad).require(writtenBy, field::version, number<1, INT_MAX>);
    auto stored = writtenBy ? profileFrom(object, firstBad) : std::nullopt;
    const bool newer = writtenBy.value_or(version) > version;
    if (!stored) {
        return tl::unexpected(newer ? problem(ProfileError::newerVersion, std::to_string(*writtenBy))
                                    : problem(ProfileError::badField, firstBad.toStdString()));
    }
    stored->readOnly = newer;
    return std::move(*stored);
}

} // namespace sealwright
