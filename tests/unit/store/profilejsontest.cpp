#include "store/profilejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

SigningKey keyNamed(std::string_view selector) {
    return {Selector::parse(selector).value(),
            KeyType::rsa,
            2048,
            "AAAA",
            std::string(64, 'a'),
            std::chrono::sys_seconds(std::chrono::seconds(1'795'000'000))};
}

Profile fullProfile() {
    Profile profile(DomainName::parse("bücher.example").value());
    profile.role = DomainRole::neverSends;
    profile.mailHost = DomainName::parse("mail.example.org").value();
    profile.addresses = {IpNetwork::parse("192.0.2.1").value(), IpNetwork::parse("2001:db8::/48").value()};
    profile.includes = {DomainName::parseDns("_spf.example.net").value()};
    profile.keys = {keyNamed("s202611"), keyNamed("e202611")};
    profile.keys[1].type = KeyType::ed25519;
    profile.policy = dmarc::Policy::quarantine;
    profile.reportsTo = {EmailAddress::parse("dmarc@example.org").value()};
    profile.mtaSts = MtaSts{mtasts::Mode::enforce, std::chrono::seconds(1'209'600)};
    profile.tlsReportsTo = {EmailAddress::parse("tls@example.org").value()};
    profile.certificateKeys = {std::string(64, 'b'), std::string(64, 'c')};
    profile.stack = Stack::postfixOpendkim;
    profile.inbound = Inbound::results;
    profile.ttl = std::chrono::seconds(3600);
    return profile;
}

QJsonObject jsonOf(const StoredProfile& stored) {
    return QJsonDocument::fromJson(toJson(stored)).object();
}

auto parse(const QJsonObject& object) {
    return profileFromJson(QJsonDocument(object).toJson());
}

TEST(ProfileJson, ComesBackTheSame) {
    for (const Profile& profile : {fullProfile(), Profile(DomainName::parse("example.org").value())}) {
        const auto read = profileFromJson(toJson({profile, {}}));
        ASSERT_TRUE(read) << read.error().what;
        EXPECT_EQ(read->profile, profile);
        EXPECT_TRUE(read->unknown.isEmpty());
        EXPECT_FALSE(read->readOnly);
    }
}

TEST(ProfileJson, HoldsNoUnsetField) {
    const QJsonObject json = jsonOf({Profile(DomainName::parse("example.org").value()), {}});
    EXPECT_FALSE(json.contains(QStringLiteral("mailHost")));
    EXPECT_FALSE(json.contains(QStringLiteral("policy")));
    EXPECT_FALSE(json.contains(QStringLiteral("stack")));
    EXPECT_FALSE(json.contains(QStringLiteral("inbound")));
    EXPECT_FALSE(json.contains(QStringLiteral("mtaSts")));
    EXPECT_FALSE(json.contains(QStringLiteral("tlsReportsTo")));
    EXPECT_FALSE(json.contains(QStringLiteral("certificateKeys")));
}

TEST(ProfileJson, KeepsFieldsItDoesNotKnowAlsoThoseOfKeys) {
    QJsonObject json = jsonOf({fullProfile(), {}});
    json[QStringLiteral("colour")] = QJsonObject{{QStringLiteral("deep"), QJsonArray{1, QStringLiteral("x")}}};
    QJsonArray keys = json[QStringLiteral("keys")].toArray();
    QJsonObject first = keys[0].toObject();
    first[QStringLiteral("retired")] = QStringLiteral("2027-01-01");
    keys[0] = first;
    json[QStringLiteral("keys")] = keys;
    auto stored = parse(json);
    ASSERT_TRUE(stored);
    EXPECT_EQ(jsonOf(*stored), json);
    std::swap(stored->profile.keys[0], stored->profile.keys[1]);
    EXPECT_EQ(jsonOf(*stored)[QStringLiteral("keys")].toArray()[1].toObject(), first) << "it goes with its key";
    stored->profile.keys.pop_back();
    EXPECT_FALSE(toJson(*stored).contains("retired")) << "and with its key it is gone";
}

// As it was stored before MTA-STS, TLS reports and DANE could be chosen.
TEST(ProfileJson, OfAnEarlierReleaseReadsAsBefore) {
    const auto stored = profileFromJson(R"({"format": "sealwright-profile", "version": 1, "domain": "example.org",
        "role": "sends", "mailHost": "mail.example.org", "addresses": ["192.0.2.1"], "includes": [], "keys": [],
        "reportsTo": ["dmarc@example.org"], "ttl": 3600, "policy": "none", "stack": "exim4-debian"})");
    ASSERT_TRUE(stored);
    Profile profile(DomainName::parse("example.org").value());
    profile.mailHost = DomainName::parse("mail.example.org").value();
    profile.addresses = {IpNetwork::parse("192.0.2.1").value()};
    profile.reportsTo = {EmailAddress::parse("dmarc@example.org").value()};
    profile.policy = dmarc::Policy::none;
    profile.stack = Stack::exim4Debian;
    profile.ttl = std::chrono::seconds(3600);
    EXPECT_EQ(stored->profile, profile);
}

TEST(ProfileJson, KeepsFieldsOfAPolicyThatItDoesNotKnow) {
    QJsonObject json = jsonOf({fullProfile(), {}});
    QJsonObject mtaSts = json[QStringLiteral("mtaSts")].toObject();
    mtaSts[QStringLiteral("served")] = QStringLiteral("by hand");
    json[QStringLiteral("mtaSts")] = mtaSts;
    auto stored = parse(json);
    ASSERT_TRUE(stored);
    EXPECT_EQ(jsonOf(*stored), json);
    stored->profile.mtaSts.reset();
    EXPECT_FALSE(jsonOf(*stored).contains(QStringLiteral("mtaSts"))) << "it goes with the policy";
}

TEST(ProfileJson, OfANewerVersionIsReadOnlyOrRefusedWithItsVersion) {
    QJsonObject json = jsonOf({fullProfile(), {}});
    json[QStringLiteral("version")] = 7;
    EXPECT_TRUE(parse(json)->readOnly);
    json[QStringLiteral("stack")] = QStringLiteral("a-server-of-the-future");
    const auto refused = parse(json);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), problem(ProfileError::newerVersion, "7"));
}

struct NotAProfile {
    QByteArray text;
    ProfileError code;
};

TEST(ProfileJson, IsRefusedWhereItIsNoProfile) {
    const QByteArray good = toJson({fullProfile(), {}});
    for (const auto& [text, code] : {
             NotAProfile{"", ProfileError::notJson},
             NotAProfile{"words", ProfileError::notJson},
             NotAProfile{QByteArray(1000, '\0'), ProfileError::notJson},
             NotAProfile{good.chopped(3), ProfileError::notJson},
             NotAProfile{good + "}", ProfileError::notJson},
             NotAProfile{QByteArray(100'000, '['), ProfileError::notJson},
             NotAProfile{QByteArray("{\"a\":").repeated(100'000), ProfileError::notJson},
             NotAProfile{"{\"format\":\"sealwright-profile\",\"domain\":\"\xff\"}", ProfileError::notJson},
             NotAProfile{"[]", ProfileError::notAProfile},
             NotAProfile{"{}", ProfileError::notAProfile},
             NotAProfile{"{\"format\":1}", ProfileError::notAProfile},
             NotAProfile{"{\"format\":\"something-else\",\"version\":1}", ProfileError::notAProfile},
         }) {
        const auto read = profileFromJson(text);
        ASSERT_FALSE(read) << text.left(60).toStdString();
        EXPECT_EQ(read.error().code, code) << text.left(60).toStdString();
    }
}

struct BadField {
    std::string_view path; ///< As the problem names it.
    QJsonValue value;
};

/// The object with `value` at `path`: "a", "a[0]" or "a[0].b".
QJsonObject withValue(QJsonObject json, const QString& path, const QJsonValue& value) {
    const qsizetype bracket = path.indexOf(QLatin1Char('['));
    if (bracket < 0) {
        json[path] = value;
        return json;
    }
    const QString list = path.left(bracket);
    const int index = path.mid(bracket + 1, 1).toInt();
    const QString field = path.mid(bracket + 4);
    QJsonArray elements = json[list].toArray();
    elements[index] = field.isEmpty() ? value : withValue(elements[index].toObject(), field, value);
    json[list] = elements;
    return json;
}

TEST(ProfileJson, NamesTheFieldThatIsBad) {
    const QJsonObject good = jsonOf({fullProfile(), {}});
    const QString nul = QStringLiteral("example.org") + QChar(u'\0') + QStringLiteral(".evil");
    for (const auto& [path, value] : {
             BadField{"version", 0},
             BadField{"version", 1.5},
             BadField{"version", QStringLiteral("1")},
             BadField{"version", QJsonValue::Undefined},
             BadField{"domain", QJsonValue::Undefined},
             BadField{"domain", QJsonValue::Null},
             BadField{"domain", 1},
             BadField{"domain", QStringLiteral("../../etc/passwd")},
             BadField{"domain", nul},
             BadField{"domain", QStringLiteral("example.org\nevil")},
             BadField{"role", QStringLiteral("reads")},
             BadField{"role", true},
             BadField{"mailHost", QStringLiteral("${run{touch /tmp/x}}")},
             BadField{"mailHost", QJsonValue::Null},
             BadField{"addresses", QStringLiteral("192.0.2.1")},
             BadField{"addresses[1]", QStringLiteral("192.0.2.1/33")},
             BadField{"addresses[0]", 3232235777.0},
             BadField{"includes[0]", QStringLiteral("`id`")},
             BadField{"keys", QJsonObject()},
             BadField{"keys[0]", QStringLiteral("s1")},
             BadField{"keys[1].selector", QStringLiteral("a/b")},
             BadField{"keys[1].selector", QJsonValue::Undefined},
             BadField{"keys[0].type", QStringLiteral("dsa")},
             BadField{"keys[0].bits", 1e300},
             BadField{"keys[0].bits", -1},
             BadField{"keys[0].publicKey", QStringLiteral("\";}")},
             BadField{"keys[0].publicKey", QString()},
             BadField{"keys[0].fingerprint", QStringLiteral("AA")},
             BadField{"keys[0].created", QStringLiteral("yesterday")},
             BadField{"keys[0].created", QStringLiteral("2026-11-24T02:00:00")},
             BadField{"policy", QStringLiteral("p=none")},
             BadField{"reportsTo[0]", QStringLiteral("a b@example.org")},
             BadField{"mtaSts", QJsonValue::Null},
             BadField{"tlsReportsTo[0]", QStringLiteral("a b@example.org")},
             BadField{"certificateKeys[1]", QStringLiteral("AA")},
             BadField{"stack", QStringLiteral("sendmail")},
             BadField{"inbound", QStringLiteral("reject")},
             BadField{"ttl", -1},
             BadField{"ttl", 4294967296.0},
         }) {
        const auto read = parse(withValue(good, QString::fromUtf8(path.data(), qsizetype(path.size())), value));
        ASSERT_FALSE(read) << path;
        EXPECT_EQ(read.error(), problem(ProfileError::badField, path));
    }
}

TEST(ProfileJson, NamesTheFieldOfThePolicyThatIsBad) {
    for (const auto& [field, value] :
         {BadField{"mode", QStringLiteral("Enforce")}, BadField{"mode", 1}, BadField{"mode", QJsonValue::Undefined},
          BadField{"maxAge", -1}, BadField{"maxAge", 31'557'601}, BadField{"maxAge", QStringLiteral("86400")},
          BadField{"maxAge", QJsonValue::Undefined}}) {
        QJsonObject json = jsonOf({fullProfile(), {}});
        QJsonObject mtaSts = json[QStringLiteral("mtaSts")].toObject();
        mtaSts[QString::fromUtf8(field.data(), qsizetype(field.size()))] = value;
        json[QStringLiteral("mtaSts")] = mtaSts;
        const auto read = parse(json);
        ASSERT_FALSE(read) << field;
        EXPECT_EQ(read.error(), problem(ProfileError::badField, "mtaSts." + std::string(field)));
    }
}

TEST(ProfileJson, HasEachSelectorOnce) {
    Profile profile = fullProfile();
    profile.keys[1].selector = profile.keys[0].selector;
    EXPECT_EQ(profileFromJson(toJson({profile, {}})).error(), problem(ProfileError::badField, "keys[1]"));
}

} // namespace
} // namespace sealwright
