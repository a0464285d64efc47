#include "store/profilestore.h"

#include "support/filecontent.h"
#include "support/killed.h"
#include "support/program.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright {
namespace {

DomainName domain() {
    return DomainName::parse("example.org").value();
}

/// Two profiles that differ all over, and are longer than one write.
StoredProfile profileOf(int count) {
    Profile profile(domain());
    for (int i = 0; i < count; ++i) {
        profile.includes.push_back(DomainName::parseDns("service" + std::to_string(i) + ".example").value());
    }
    return {profile, {}};
}

/// As a program does that opens the profile, changes it and saves it.
tl::expected<void, Problem<ProfileError>> saveAgain(ProfileStore& store, const StoredProfile& changed) {
    StoredProfile stored = store.load(domain()).value_or(changed);
    stored.profile = changed.profile;
    return store.save(stored);
}

QDir folderOf(const test::TemporaryFolder& folder) {
    return {QString::fromStdString(folder.path().string())};
}

TEST(KillingAProgramThatSaves, LeavesTheOldOrTheNewProfileWhateverTheMoment) {
    const test::TemporaryFolder folder;
    ProfileStore store{folderOf(folder)};
    const StoredProfile old = profileOf(3000);
    const StoredProfile changed = profileOf(2000);
    int foundOld = 0;
    int foundNew = 0;
    for (int moment = 1;; ++moment) {
        std::filesystem::remove_all(folder.path() / "profiles"); // the lock of the program killed before too
        ASSERT_TRUE(saveAgain(store, old));
        const test::Ending ending = test::runAndKillAt(moment, [&] { (void)saveAgain(store, changed); });
        if (ending == test::Ending::notTraceable) {
            GTEST_SKIP() << "may not trace a process here";
        }
        const auto found = store.load(domain());
        ASSERT_TRUE(found) << "at system call " << moment;
        ASSERT_TRUE(found->profile == old.profile || found->profile == changed.profile) << moment;
        ASSERT_EQ(store.list().size(), 1U) << moment;
        foundOld += found->profile == old.profile ? 1 : 0;
        foundNew += found->profile == changed.profile ? 1 : 0;
        if (ending == test::Ending::finished) {
            break;
        }
    }
    EXPECT_GT(foundOld, 5);
    EXPECT_GT(foundNew, 1);
}

TEST(KillingAProgramThatSaves, DoesNotKeepTheNextOneFromSaving) {
    const test::TemporaryFolder folder;
    ProfileStore store{folderOf(folder)};
    ASSERT_TRUE(saveAgain(store, profileOf(1)));
    const auto saveUntilKilled = [&] {
        while (saveAgain(store, profileOf(2))) {
        }
    };
    for (const int moment : {400, 407, 414, 421, 428, 435}) {
        ASSERT_EQ(test::runAndKillAt(moment, saveUntilKilled), test::Ending::killed);
        const auto saved = saveAgain(store, profileOf(3));
        EXPECT_TRUE(saved) << moment << ": " << static_cast<int>(saved.error().code);
    }
}

class FullOrReadOnly : public testing::Test {
protected:
    void SetUp() override {
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
            GTEST_SKIP() << "only root may mount a small disk";
        }
    }
    void TearDown() override { umount2(folder.path().c_str(), MNT_DETACH); }

    test::TemporaryFolder folder;
    ProfileStore store{folderOf(folder)};
};

TEST_F(FullOrReadOnly, DiskKeepsTheOldProfileAndSaysWhy) {
    ASSERT_TRUE(saveAgain(store, profileOf(10)));
    const auto saved = saveAgain(store, profileOf(5000));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error(), problem(ProfileError::cannotWrite, "No space left on device"));
    EXPECT_EQ(store.load(domain())->profile, profileOf(10).profile);
}

TEST_F(FullOrReadOnly, DiskWithoutRoomForASingleOctetSaysWhyToo) {
    ASSERT_TRUE(saveAgain(store, profileOf(10)));
    std::ofstream filler(folder.path() / "filler");
    filler << std::string(100'000, 'x') << std::flush;
    const auto saved = saveAgain(store, profileOf(11));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error(), problem(ProfileError::cannotWrite, "No space left on device"));
    EXPECT_EQ(store.load(domain())->profile, profileOf(10).profile);
}

TEST_F(FullOrReadOnly, FolderKeepsTheProfileAndSaysWhy) {
    ASSERT_TRUE(saveAgain(store, profileOf(10)));
    ASSERT_EQ(mount("none", folder.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    const auto saved = saveAgain(store, profileOf(11));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ProfileError::cannotWrite);
    EXPECT_NE(saved.error().what.find("is not writable"), std::string::npos) << saved.error().what;
    EXPECT_EQ(store.load(domain())->profile, profileOf(10).profile);
    const auto removed = store.remove(domain());
    ASSERT_FALSE(removed);
    EXPECT_EQ(removed.error(), problem(ProfileError::cannotWrite, "Read-only file system"));
}

} // namespace
} // namespace sealwright
