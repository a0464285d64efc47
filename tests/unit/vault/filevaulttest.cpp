#include "vault/filevault.h"

#include "support/filecontent.h"
#include "support/ownersalone.h"
#include "support/temporaryfolder.h"

#include <QFile>
#include <QLockFile>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

namespace sealwright {
namespace {

using test::contentOf;
using test::writeTo;

KeyId idOf(std::string_view selector) {
    return {DomainName::parse("example.org").value(), Selector::parse(selector).value()};
}

KeyPair newKey() {
    return KeyPair::generate(KeyAlgorithm::ed25519).value();
}

template <class Result>
VaultError errorOf(const Result& result) {
    EXPECT_FALSE(result);
    return result ? VaultError{-1} : result.error().code;
}

class FileVaultIn : public testing::Test {
protected:
    /// A vault whose user says this passphrase each time.
    FileVault vaultWith(std::string_view passphrase, int* asked = nullptr) {
        return FileVault(file, [passphrase, asked]() -> std::optional<SecretBytes> {
            if (asked != nullptr) {
                ++*asked;
            }
            return SecretBytes(passphrase);
        });
    }

    test::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "keys.vault";
    FileVault vault = vaultWith("correct horse");
    KeyPair key = newKey();
};

TEST_F(FileVaultIn, GivesBackItsKeysToANewProgram) {
    const KeyPair rsa = KeyPair::generate(KeyAlgorithm::rsa2048).value();
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    ASSERT_TRUE(vault.store(idOf("b"), rsa, {}));
    FileVault later = vaultWith("correct horse");
    EXPECT_EQ(later.load(idOf("a"), {})->fingerprint(), key.fingerprint());
    EXPECT_EQ(later.load(idOf("b"), {})->toPkcs8Der().view(), rsa.toPkcs8Der().view());
}

TEST_F(FileVaultIn, NeverReplacesAKeyByAnother) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    ASSERT_TRUE(vault.store(idOf("b"), key, {}));
    const std::string before = contentOf(file);
    EXPECT_EQ(errorOf(vault.store(idOf("a"), newKey(), {})), VaultError::occupied);
    EXPECT_TRUE(vault.store(idOf("a"), key, {})) << "the same key again";
    EXPECT_EQ(contentOf(file), before);
}

TEST_F(FileVaultIn, SaysAbsentWhereThereIsNoFileOrNoSuchKey) {
    EXPECT_EQ(errorOf(vault.load(idOf("a"), {})), VaultError::absent);
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    EXPECT_EQ(errorOf(vault.load(idOf("b"), {})), VaultError::absent);
}

TEST_F(FileVaultIn, RemovesAKeyOnceOrTwice) {
    EXPECT_TRUE(vault.remove(idOf("a"), {}));
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    EXPECT_TRUE(vault.remove(idOf("a"), {}));
    EXPECT_TRUE(vault.remove(idOf("a"), {}));
    EXPECT_EQ(errorOf(vault.load(idOf("a"), {})), VaultError::absent);
}

TEST_F(FileVaultIn, HoldsNothingOfAKeyInClear) {
    const SecretBytes pem = key.toPem();
    const std::string body(pem.view().substr(pem.view().find('\n') + 1, 60));
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    EXPECT_EQ(contentOf(file).find(body), std::string::npos);
    EXPECT_EQ(contentOf(file).find("BEGIN PRIVATE"), std::string::npos);
}

TEST_F(FileVaultIn, IsForItsOwnerOnlyWhateverItWasBefore) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    EXPECT_TRUE(test::isOwnersAlone(file));
    std::filesystem::permissions(file, std::filesystem::perms(0644));
    ASSERT_TRUE(vault.store(idOf("b"), key, {}));
    EXPECT_TRUE(test::isOwnersAlone(file));
}

TEST_F(FileVaultIn, AsksForThePassphraseOnce) {
    int asked = 0;
    FileVault counting = vaultWith("correct horse", &asked);
    ASSERT_TRUE(counting.store(idOf("a"), key, {}));
    ASSERT_TRUE(counting.store(idOf("b"), key, {}));
    ASSERT_TRUE(counting.load(idOf("a"), {}));
    EXPECT_EQ(asked, 1);
}

TEST_F(FileVaultIn, DoesNotAskForAPassphraseToSayThatAKeyIsAbsent) {
    int asked = 0;
    FileVault counting = vaultWith("correct horse", &asked);
    EXPECT_EQ(errorOf(counting.load(idOf("a"), {})), VaultError::absent);
    EXPECT_EQ(asked, 0);
}

TEST_F(FileVaultIn, TellsAWrongPassphraseAndAsksAgain) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    int asked = 0;
    FileVault wrong = vaultWith("correct house", &asked);
    EXPECT_EQ(errorOf(wrong.load(idOf("a"), {})), VaultError::wrongPassphrase);
    EXPECT_EQ(errorOf(wrong.load(idOf("a"), {})), VaultError::wrongPassphrase);
    EXPECT_EQ(asked, 2);
}

TEST_F(FileVaultIn, AddsNoKeyUnderAnotherPassphrase) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    const std::string before = contentOf(file);
    FileVault wrong = vaultWith("correct house");
    EXPECT_EQ(errorOf(wrong.store(idOf("b"), key, {})), VaultError::wrongPassphrase);
    EXPECT_EQ(errorOf(wrong.store(idOf("a"), key, {})), VaultError::wrongPassphrase);
    EXPECT_EQ(contentOf(file), before);
}

TEST_F(FileVaultIn, IsLockedWithoutAPassphrase) {
    FileVault silent(file, [] { return std::nullopt; });
    FileVault empty = vaultWith("");
    EXPECT_EQ(errorOf(silent.store(idOf("a"), key, {})), VaultError::locked);
    EXPECT_EQ(errorOf(empty.store(idOf("a"), key, {})), VaultError::locked);
    EXPECT_FALSE(std::filesystem::exists(file));
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    EXPECT_EQ(errorOf(silent.load(idOf("a"), {})), VaultError::locked);
    EXPECT_EQ(errorOf(empty.load(idOf("a"), {})), VaultError::locked);
}

TEST_F(FileVaultIn, TellsADamagedKeyFromAWrongPassphraseAndKeepsTheOthers) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    ASSERT_TRUE(vault.store(idOf("b"), key, {}));
    std::string content = contentOf(file);
    const std::size_t middle = content.find("-----\n") + 40;
    content[middle] = content[middle] == 'A' ? 'B' : 'A';
    writeTo(file, content);
    FileVault wrong = vaultWith("correct house");
    EXPECT_EQ(errorOf(vault.load(idOf("a"), {})), VaultError::damaged);
    EXPECT_EQ(errorOf(wrong.load(idOf("a"), {})), VaultError::damaged);
    EXPECT_TRUE(vault.load(idOf("b"), {}));
    EXPECT_TRUE(vault.store(idOf("a"), key, {})) << "a damaged key can be made anew";
    EXPECT_TRUE(vault.load(idOf("a"), {}));
}

TEST_F(FileVaultIn, DoesNotTakeAKeyBelowAnotherNameForThatKey) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    std::string content = contentOf(file);
    content.replace(content.find(" a "), 3, " b ");
    writeTo(file, content);
    EXPECT_EQ(errorOf(vault.load(idOf("b"), {})), VaultError::damaged);
}

TEST_F(FileVaultIn, LeavesWhatIsNoVaultAsItIs) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    const std::string good = contentOf(file);
    for (const std::string& foreign :
         {std::string(), std::string("words\n"), std::string(1000, '\0'), std::string("Sealwright key vault 2\n"),
          good.substr(0, good.size() - 10), good + "more", good + good.substr(good.find('\n') + 1),
          good.substr(good.find('\n') + 1), std::string("Sealwright key vault 1\nkey\n"),
          std::string("Sealwright key vault 1\nkey ../../x a b\n-----BEGIN"), std::string(17'000'000, 'x')}) {
        writeTo(file, foreign);
        EXPECT_EQ(errorOf(vault.load(idOf("a"), {})), VaultError::damaged) << foreign.substr(0, 40);
        EXPECT_EQ(errorOf(vault.store(idOf("a"), key, {})), VaultError::damaged);
        EXPECT_EQ(errorOf(vault.remove(idOf("a"), {})), VaultError::damaged);
        EXPECT_EQ(contentOf(file), foreign);
    }
}

#ifndef _WIN32
TEST_F(FileVaultIn, IsUnavailableWhereThereIsNoFolderOrNoFile) {
    ASSERT_EQ(mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
    std::filesystem::create_symlink(folder.path() / "nothing", folder.path() / "link");
    for (const std::filesystem::path& path :
         {folder.path() / "missing/keys.vault", folder.path(), folder.path() / "pipe", folder.path() / "link"}) {
        FileVault nowhere(path, [] { return SecretBytes(std::string_view("correct horse")); });
        const auto loaded = nowhere.load(idOf("a"), {});
        EXPECT_EQ(errorOf(loaded), VaultError::unavailable) << path;
        EXPECT_NE(loaded.error().what.find(": "), std::string::npos) << loaded.error().what;
        EXPECT_EQ(errorOf(nowhere.store(idOf("a"), key, {})), VaultError::unavailable) << path;
        EXPECT_EQ(errorOf(nowhere.remove(idOf("a"), {})), VaultError::unavailable) << path;
    }
}
#endif

TEST_F(FileVaultIn, IsReadWhileAnotherProgramWritesAndWrittenOnlyAfterwards) {
    ASSERT_TRUE(vault.store(idOf("a"), key, {}));
    QLockFile other(QFile(file).fileName() + QStringLiteral(".lock"));
    ASSERT_TRUE(other.lock());
    EXPECT_TRUE(vault.load(idOf("a"), {}));
    std::stop_source stop;
    std::jthread canceller([&] { stop.request_stop(); });
    EXPECT_EQ(errorOf(vault.store(idOf("b"), key, stop.get_token())), VaultError::cancelled);
    other.unlock();
    EXPECT_TRUE(vault.store(idOf("b"), key, {}));
}

TEST_F(FileVaultIn, LosesNoKeyOfManyWriters) {
    std::vector<std::jthread> writers;
    for (const char* selector : {"a", "b", "c", "d"}) {
        writers.emplace_back([this, selector] {
            FileVault own = vaultWith("correct horse");
            EXPECT_TRUE(own.store(idOf(selector), key, {}));
        });
    }
    writers.clear();
    for (const char* selector : {"a", "b", "c", "d"}) {
        EXPECT_TRUE(vault.load(idOf(selector), {})) << selector;
    }
}

TEST_F(FileVaultIn, KeepsTheFirstOfManyKeysForOneName) {
    std::atomic<int> kept = 0;
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&] {
            FileVault own = vaultWith("correct horse");
            const KeyPair mine = newKey();
            if (own.store(idOf("a"), mine, {})) {
                ++kept;
                EXPECT_EQ(own.load(idOf("a"), {})->fingerprint(), mine.fingerprint());
            }
        });
    }
    writers.clear();
    EXPECT_EQ(kept, 1);
}

TEST_F(FileVaultIn, DoesNothingOnceItIsStopped) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(errorOf(vault.load(idOf("a"), stop.get_token())), VaultError::cancelled);
    EXPECT_EQ(errorOf(vault.store(idOf("a"), key, stop.get_token())), VaultError::cancelled);
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(FileVaultIn, SaysItsFileToPeople) {
    EXPECT_EQ(vault.place(), file.string());
}

} // namespace
} // namespace sealwright
