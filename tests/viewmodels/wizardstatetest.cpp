#include "wizardfixture.h"

#include <QFile>
#include <QJsonDocument>

using namespace sealwright;
using namespace sealwright::test;

class State : public WizardTest {};

TEST_F(State, takesUpASavedDomainWhereItWasLeft) {
    open("example.org");
    EXPECT_EQ(state.nextStep(), WizardStep::domain);
    state.change([](Profile& profile) { profile.mailHost = dnsName("mx.example.org"); });
    EXPECT_EQ(state.nextStep(), WizardStep::keys);
    ASSERT_TRUE(state.save());

    saveProfile("second.example");
    open("second.example");
    EXPECT_TRUE(state.isSaved());
    EXPECT_EQ(state.nextStep(), WizardStep::verify);
    open("example.org");
    EXPECT_EQ(state.profile().mailHost, dnsName("mx.example.org"));
    EXPECT_EQ(state.nextStep(), WizardStep::keys);
}

TEST_F(State, goesOnWithTheRecordsWhereNoServerWasChosenYet) {
    Profile profile = saveProfile("example.org");
    profile.stack.reset();
    overwrite(profile);
    open("example.org");
    EXPECT_EQ(state.nextStep(), WizardStep::records);
}

TEST_F(State, needsNoKeyForADomainThatNeverSends) {
    open("example.org");
    state.change([](Profile& profile) { profile.role = DomainRole::neverSends; });
    EXPECT_EQ(state.nextStep(), WizardStep::verify);
}

TEST_F(State, showsAProfileOfANewerVersionAndNeverWritesIt) {
    const StoredProfile stored{saveProfile("example.org"), {}};
    QJsonObject json = QJsonDocument::fromJson(toJson(stored)).object();
    json[QStringLiteral("version")] = 99;
    QFile file(store.path(stored.profile.domain));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QJsonDocument(json).toJson());
    file.close();

    open("example.org");
    EXPECT_TRUE(state.isReadOnly());
    EXPECT_EQ(state.profile().mailHost, dnsName("mx.example.org"));
    state.change([](Profile& profile) { profile.mailHost = dnsName("other.example.org"); });
    EXPECT_TRUE(state.save());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(QJsonDocument::fromJson(file.readAll()).object(), json);
}

TEST_F(State, doesNotReplaceAProfileThatCantBeRead) {
    const QString path = store.path(dnsName("example.org"));
    ASSERT_TRUE(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{ broken");
    file.close();
    const auto opened = state.open(dnsName("example.org"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ProfileError::notJson);
    EXPECT_FALSE(state.hasProfile());
}

TEST_F(State, tellsWhenAProfileCantBeSaved) {
    open("example.org");
    state.change([](Profile& profile) { profile.mailHost = dnsName("mx.example.org"); });
    // The folder for profiles can't be made where a file stands in its way.
    QFile inTheWay(folder.filePath(QStringLiteral("profiles")));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
    const auto saved = state.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ProfileError::cannotWrite);
    EXPECT_FALSE(state.isSaved());
    inTheWay.remove();
    EXPECT_TRUE(state.save());
    EXPECT_TRUE(state.isSaved());
}

TEST_F(State, doesNotUndoWhatAnotherProgramSavedMeanwhile) {
    Profile profile = saveProfile("example.org");
    open("example.org");
    profile.stack = Stack::postfixOpendkim;
    overwrite(profile);
    state.change([](Profile& changed) { changed.mailHost = dnsName("other.example.org"); });
    const auto saved = state.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ProfileError::changedMeanwhile);
    EXPECT_EQ(store.load(profile.domain)->profile, profile);

    open("example.org");
    state.change([](Profile& changed) { changed.mailHost = dnsName("other.example.org"); });
    EXPECT_TRUE(state.save());
    EXPECT_EQ(store.load(profile.domain)->profile.stack, Stack::postfixOpendkim);
}

TEST_F(State, opensTheKeyFileOnlyWithAPassphrase) {
    EXPECT_EQ(state.vault(), keychain);
    state.useKeyFile();
    EXPECT_EQ(state.vault(), nullptr);
    state.openKeyFile(SecretBytes("open sesame"));
    EXPECT_EQ(state.vault(), keyFile);
    EXPECT_EQ(passphrases, std::vector<std::string>{"open sesame"});
    state.useKeychain();
    EXPECT_EQ(state.vault(), keychain);
}
