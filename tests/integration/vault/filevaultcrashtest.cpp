#include "vault/filevault.h"

#include "support/filecontent.h"
#include "support/killed.h"
#include "support/program.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

namespace sealwright {
namespace {

KeyId idOf(std::string_view selector) {
    return {DomainName::parse("example.org").value(), Selector::parse(selector).value()};
}

class FileVaultOn : public testing::Test {
protected:
    test::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "keys.vault";
    FileVault vault{file, [] { return SecretBytes(std::string_view("correct horse")); }};
    KeyPair key = KeyPair::generate(KeyAlgorithm::ed25519).value();
};

// Removing writes as storing does, without the second that each encryption takes.
TEST_F(FileVaultOn, AKilledProgramHasTheOldOrTheNewKeysWhateverTheMoment) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    const std::string changed = test::contentOf(file);
    ASSERT_TRUE(vault.store(idOf("b"), key, {}));
    const std::string old = test::contentOf(file);
    test::Ending ending = test::Ending::killed;
    for (int moment = 1; ending != test::Ending::finished; ++moment) {
        std::filesystem::remove_all(folder.path()); // what the program killed before left behind
        std::filesystem::create_directory(folder.path());
        test::writeTo(file, old);
        ending = test::runAndKillAt(moment, [&] { (void)vault.remove(idOf("b"), {}); });
        if (ending == test::Ending::notTraceable) {
            GTEST_SKIP() << "may not trace a process here";
        }
        const std::string found = test::contentOf(file);
        ASSERT_TRUE(found == old || found == changed) << "at system call " << moment;
    }
    EXPECT_EQ(test::contentOf(file), changed);
}

TEST_F(FileVaultOn, AFullOrReadOnlyDiskKeepsItsKeysAndSaysWhy) {
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
        GTEST_SKIP() << "only root may mount a small disk";
    }
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    {
        std::ofstream filler(folder.path() / "filler");
        filler << std::string(100'000, 'x') << std::flush;
    }
    const auto full = vault.store(idOf("b"), key, {});
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error(), problem(VaultError::unavailable, file.string() + ": No space left on device"));
    ASSERT_EQ(mount("none", folder.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
    const auto readOnly = vault.store(idOf("b"), key, {});
    ASSERT_FALSE(readOnly);
    EXPECT_EQ(readOnly.error().code, VaultError::unavailable);
    EXPECT_NE(readOnly.error().what.find("is not writable"), std::string::npos) << readOnly.error().what;
    EXPECT_TRUE(vault.load(idOf("a"), {}));
    umount2(folder.path().c_str(), MNT_DETACH);
}

} // namespace
} // namespace sealwright
