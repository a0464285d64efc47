#include "store/profilestore.h"

#include "support/filecontent.h"
#include "support/temporaryfolder.h"

#include <QLockFile>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace sealwright {
namespace {

using test::contentOf;
using test::writeTo;

DomainName name(std::string_view text) {
    return DomainName::parse(text).value();
}

template <class Result>
ProfileError errorOf(const Result& result) {
    EXPECT_FALSE(result);
    return result ? ProfileError{-1} : result.error().code;
}

class ProfileStoreIn : public testing::Test {
protected:
    std::filesystem::path file(std::string_view domain) { return store.path(name(domain)).toStdString(); }

    test::TemporaryFolder folder;
    ProfileStore store{QDir(QString::fromStdString(folder.path().string()))};
    StoredProfile stored{Profile(name("example.org")), {}};
};

TEST_F(ProfileStoreIn, GivesBackWhatWasSaved) {
    stored.profile.mailHost = name("mail.example.org");
    stored.unknown[QStringLiteral("colour")] = QStringLiteral("blue");
    ASSERT_TRUE(store.save(stored));
    const auto loaded = store.load(name("example.org"));
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->profile, stored.profile);
    EXPECT_EQ(loaded->unknown, stored.unknown);
}

TEST_F(ProfileStoreIn, ListsDomainsByNameAndNothingElse) {
    EXPECT_TRUE(store.list().empty());
    for (const char* domain : {"example.org", "b.example", "xn--bcher-kva.example"}) {
        StoredProfile profile{Profile(name(domain)), {}};
        ASSERT_TRUE(store.save(profile));
    }
    for (const char* other : {"notes.txt", "example.org.json.lock", "Example.org.json", "x y.json", ".json"}) {
        writeTo(folder.path() / ("profiles/" + std::string(other)), "{}");
    }
    std::filesystem::create_directory(folder.path() / "profiles/folder.example.json");
    EXPECT_EQ(store.list(), (std::vector{name("b.example"), name("example.org"), name("xn--bcher-kva.example")}));
}

TEST_F(ProfileStoreIn, SaysAbsentWhereThereIsNone) {
    EXPECT_EQ(errorOf(store.load(name("example.org"))), ProfileError::absent);
    EXPECT_EQ(errorOf(store.remove(name("example.org"))), ProfileError::absent);
}

TEST_F(ProfileStoreIn, RemovesAProfile) {
    ASSERT_TRUE(store.save(stored));
    EXPECT_TRUE(store.remove(name("example.org")));
    EXPECT_EQ(errorOf(store.load(name("example.org"))), ProfileError::absent);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "profiles"));
}

TEST_F(ProfileStoreIn, NeverWritesOverANewerVersionsFile) {
    ASSERT_TRUE(store.save(stored));
    std::string content = contentOf(file("example.org"));
    content.replace(content.find("\"version\": 1"), 12, "\"version\": 2");
    writeTo(file("example.org"), content);
    auto newer = store.load(name("example.org"));
    ASSERT_TRUE(newer);
    EXPECT_TRUE(newer->readOnly);
    EXPECT_EQ(errorOf(store.save(*newer)), ProfileError::newerVersion);
    EXPECT_EQ(errorOf(store.save(stored)), ProfileError::newerVersion) << "also when it was opened before that came";
    EXPECT_EQ(contentOf(file("example.org")), content);
}

TEST_F(ProfileStoreIn, NeverUndoesWhatAnotherProgramSaved) {
    StoredProfile mine = stored;
    ASSERT_TRUE(store.save(stored));
    mine.profile.mailHost = name("mail.example.org");
    EXPECT_EQ(errorOf(store.save(mine)), ProfileError::changedMeanwhile) << "begun before the other one was there";

    mine = store.load(name("example.org")).value();
    stored.profile.mailHost = name("mx.example.org");
    ASSERT_TRUE(store.save(stored)) << "its own last save is no change by another";
    EXPECT_EQ(errorOf(store.save(mine)), ProfileError::changedMeanwhile);
    EXPECT_EQ(store.load(name("example.org"))->profile, stored.profile);

    ASSERT_TRUE(store.remove(name("example.org")));
    EXPECT_EQ(errorOf(store.save(stored)), ProfileError::changedMeanwhile) << "a removed domain does not come back";
}

TEST_F(ProfileStoreIn, TakesNoFileForAnotherDomains) {
    ASSERT_TRUE(store.save(stored));
    std::filesystem::copy(file("example.org"), file("example.net"));
    EXPECT_EQ(store.load(name("example.net")).error(), problem(ProfileError::badField, "domain"));
}

#ifndef _WIN32
TEST_F(ProfileStoreIn, ReadsNothingThatIsNoFileOrFarTooLong) {
    ASSERT_TRUE(store.save(stored));
    ASSERT_EQ(mkfifo(file("pipe.example").c_str(), 0600), 0);
    std::filesystem::create_directory(file("folder.example"));
    std::filesystem::create_symlink("/nowhere", file("link.example"));
    std::filesystem::create_symlink("/dev/zero", file("device.example"));
    for (const char* domain : {"pipe.example", "folder.example", "link.example", "device.example"}) {
        EXPECT_EQ(errorOf(store.load(name(domain))), ProfileError::cannotRead) << domain;
    }
    writeTo(file("long.example"), std::string(50'000'000, ' '));
    EXPECT_EQ(errorOf(store.load(name("long.example"))), ProfileError::notAProfile);
}
#endif

TEST_F(ProfileStoreIn, SaysThatAnotherProgramIsSaving) {
    ASSERT_TRUE(store.save(stored));
    QLockFile other(store.path(name("example.org")) + QStringLiteral(".lock"));
    ASSERT_TRUE(other.lock());
    EXPECT_EQ(errorOf(store.save(stored)), ProfileError::inUse);
    EXPECT_TRUE(store.load(name("example.org")));
}

TEST_F(ProfileStoreIn, SaysWhyItCannotWrite) {
    writeTo(folder.path() / "profiles", "a file where the folder should be");
    EXPECT_EQ(errorOf(store.save(stored)), ProfileError::cannotWrite);
}

TEST_F(ProfileStoreIn, SaysSoWhenANameIsTooLongForTheFileSystem) {
    const std::string label(61, 'a');
    StoredProfile longName{Profile(name(label + "." + label + "." + label + "." + label + ".com")), {}};
    const auto saved = store.save(longName);
    EXPECT_EQ(errorOf(saved), ProfileError::cannotWrite);
    EXPECT_NE(saved.error().what, "");
}

} // namespace
} // namespace sealwright
