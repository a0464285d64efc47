#include "takeover/serverfolder.h"

#include "support/filecontent.h"
#include "support/temporaryfolder.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#ifndef _WIN32
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#endif

namespace sealwright::takeover {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string data(const std::string& name) {
    return test::contentOf(SEALWRIGHT_TEST_DATA "/keys/" + name);
}

std::string pemOf(const KeyPair& key) {
    return std::string(key.toPem().view());
}

std::optional<SecretBytes> nobodyKnows() {
    return std::nullopt;
}

class Folder : public testing::Test {
protected:
    Folder() : path_(temporary_.path() / "dkim") { fs::create_directory(path_); }

    void write(const std::string& name, std::string_view content) const {
        fs::create_directories((path_ / name).parent_path());
        test::writeTo(path_ / name, content);
    }
    [[nodiscard]] auto read(const FolderLimits& limits = {}, const AskPassphrase& ask = nobodyKnows) const {
        return readServerFolder(path_, ask, {}, limits);
    }

    test::TemporaryFolder temporary_;
    fs::path path_;
};

std::vector<std::string> filesOf(const ServerFolder& folder) {
    std::vector<std::string> files;
    for (const FoundKey& key : folder.keys) {
        files.insert(files.end(), key.files.begin(), key.files.end());
    }
    return files;
}

std::vector<std::pair<std::string, LeftReason>> leftIn(const ServerFolder& folder) {
    std::vector<std::pair<std::string, LeftReason>> left;
    for (const LeftFile& file : folder.left) {
        left.emplace_back(file.file, file.why);
    }
    return left;
}

} // namespace

TEST_F(Folder, HasTheKeysOfEveryForm) {
    const auto seed = std::string("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=\n"); // RFC 8463 appendix A.2
    write("example.org/r2026.pem", data("rsa2048-pkcs1.pem"));
    write("example.org/e2026.key", seed);
    write("example.org/copy of r2026", data("rsa2048-pkcs8.pem"));
    write("old.pem", data("rsa1024.pem"));
    write("domains", "example.org: example.org\n*.example.org: example.org\n");
    write("r2026.public", data("public.pem"));
    const auto folder = read();
    ASSERT_TRUE(folder);
    EXPECT_EQ(folder->name, "dkim");
    EXPECT_THAT(filesOf(*folder),
                ElementsAre("example.org/copy of r2026", "example.org/r2026.pem", "example.org/e2026.key", "old.pem"));
    EXPECT_EQ(folder->keys.size(), 3U);
    EXPECT_EQ(folder->halves.size(), 1U);
    EXPECT_THAT(folder->left, IsEmpty());
}

TEST_F(Folder, TellsWhatCanNotBeUsedAsAKey) {
    const std::string pem = data("rsa2048-pkcs8.pem");
    write("cut.private", pem.substr(0, 500));
    write("cut without a known ending", pem.substr(0, 500));
    write("short.pem", data("rsa512.pem"));
    write("ec.pem", data("ec.pem"));
    write("empty.pem", "");
    write("noise.key", std::string(5000, '\xf3'));
    write("noise", std::string(5000, '\xf3'));
    write("README", "Keys of the mail server");
    const auto folder = read();
    ASSERT_TRUE(folder);
    EXPECT_THAT(folder->keys, IsEmpty());
    EXPECT_THAT(leftIn(*folder), UnorderedElementsAre(std::pair("cut.private", LeftReason::refused),
                                                      std::pair("cut without a known ending", LeftReason::refused),
                                                      std::pair("short.pem", LeftReason::refused),
                                                      std::pair("ec.pem", LeftReason::refused),
                                                      std::pair("empty.pem", LeftReason::refused),
                                                      std::pair("noise.key", LeftReason::refused)));
    const auto tooShort = std::ranges::find(folder->left, "short.pem", &LeftFile::file);
    EXPECT_EQ(tooShort->refusal->code, KeyError::tooShort);
}

#ifndef _WIN32
TEST_F(Folder, NeverLeadsOutOrWaits) {
    write("mail.private", data("rsa2048-pkcs8.pem"));
    test::writeTo(temporary_.path() / "outside.pem", data("rsa1024.pem"));
    fs::create_directory(temporary_.path() / "other");
    test::writeTo(temporary_.path() / "other/outside.pem", data("rsa1024.pem"));
    fs::create_symlink("../outside.pem", path_ / "link.pem");
    fs::create_directory_symlink("../other", path_ / "linked");
    fs::create_directory_symlink(".", path_ / "loop");
    fs::create_symlink("gone", path_ / "nowhere");
    fs::create_symlink("self", path_ / "self");
    fs::create_symlink("/dev/zero", path_ / "zero.key");
    ASSERT_EQ(mkfifo((path_ / "pipe.pem").c_str(), 0600), 0);
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{AF_UNIX, {}};
    (path_ / "milter").string().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    close(listener);

    const auto folder = read();
    ASSERT_TRUE(folder);
    EXPECT_THAT(filesOf(*folder), ElementsAre("mail.private"));
    EXPECT_THAT(leftIn(*folder),
                UnorderedElementsAre(std::pair("link.pem", LeftReason::link), std::pair("linked", LeftReason::link),
                                     std::pair("loop", LeftReason::link), std::pair("nowhere", LeftReason::link),
                                     std::pair("self", LeftReason::link), std::pair("zero.key", LeftReason::link),
                                     std::pair("pipe.pem", LeftReason::notAFile),
                                     std::pair("milter", LeftReason::notAFile)));
}
#endif

#ifndef _WIN32
TEST_F(Folder, MayBeALinkItself) {
    write("mail.private", data("rsa2048-pkcs8.pem"));
    fs::create_directory_symlink(path_, temporary_.path() / "example.org");
    const auto folder = readServerFolder(temporary_.path() / "example.org", nobodyKnows, {});
    ASSERT_TRUE(folder);
    EXPECT_EQ(folder->name, "example.org");
    EXPECT_THAT(filesOf(*folder), ElementsAre("mail.private"));
    EXPECT_EQ(readServerFolder(path_ / "", nobodyKnows, {})->name, "dkim");
    EXPECT_EQ(readServerFolder(path_ / ".", nobodyKnows, {})->name, "dkim");
}
#endif

TEST_F(Folder, OfManyAndLargeFilesIsReadInSecondsOrRefused) {
    write("mail.private", data("rsa2048-pkcs8.pem"));
    write("huge.pem", "");
    fs::resize_file(path_ / "huge.pem", std::uintmax_t{1} << 30U);
    for (int i = 0; i < 10'000; ++i) {
        write("cur/" + std::to_string(i), "no key");
    }
    const auto folder = read();
    ASSERT_TRUE(folder);
    EXPECT_THAT(filesOf(*folder), ElementsAre("mail.private"));
    EXPECT_THAT(leftIn(*folder), ElementsAre(std::pair("huge.pem", LeftReason::tooLarge)));

    EXPECT_EQ(read({.files = 10'000}).error().code, FolderError::tooManyFiles);
    EXPECT_EQ(read({.allOctets = 20'000}).error().code, FolderError::tooLarge);
}

TEST_F(Folder, IsRefusedWhereItHasMoreKeysThanOneServerHas) {
    for (int i = 0; i < 4; ++i) {
        write(std::to_string(i) + ".pem", pemOf(*KeyPair::generate(KeyAlgorithm::ed25519)));
    }
    EXPECT_EQ(read({.keys = 4})->keys.size(), 4U);
    EXPECT_EQ(read({.keys = 3}).error().code, FolderError::tooManyKeys);
}

TEST_F(Folder, IsReadToADepthThatNoServerNeeds) {
    write("1/2/3/mail.private", data("rsa2048-pkcs8.pem"));
    EXPECT_THAT(leftIn(*read({.depth = 3})), ElementsAre(std::pair("1/2/3", LeftReason::tooDeep)));
    EXPECT_THAT(filesOf(*read({.depth = 4})), ElementsAre("1/2/3/mail.private"));
}

TEST_F(Folder, AsksOnceForThePassphraseOfItsProtectedKeys) {
    write("a.pem", data("rsa2048-pkcs8-aes.pem"));
    write("b.pem",
          std::string(KeyPair::generate(KeyAlgorithm::ed25519)->toEncryptedPem(SecretBytes("secret"))->view()));
    write("c.pem", std::string(KeyPair::generate(KeyAlgorithm::ed25519)->toEncryptedPem(SecretBytes("other"))->view()));
    int asked = 0;
    const auto folder = read({}, [&asked]() -> std::optional<SecretBytes> {
        ++asked;
        return SecretBytes("secret");
    });
    ASSERT_TRUE(folder);
    EXPECT_EQ(asked, 1);
    EXPECT_THAT(filesOf(*folder), ElementsAre("a.pem", "b.pem"));
    ASSERT_EQ(folder->left.size(), 1U);
    EXPECT_EQ(folder->left[0].refusal->code, KeyError::wrongPassphrase);

    const auto locked = read();
    EXPECT_THAT(locked->keys, IsEmpty());
    EXPECT_EQ(locked->left[0].refusal->code, KeyError::passphraseNeeded);
}

TEST_F(Folder, HasTheRowsOfItsKeyTableThatAreWhole) {
    write("KeyTable", "a example.org:mail:/etc/dkimkeys/mail.private\n"
                      "broken row\n"
                      "b example.net:mail:/etc/dkimkeys/net.private\n");
    const auto folder = read();
    ASSERT_TRUE(folder);
    EXPECT_EQ(folder->rows.size(), 2U);
    EXPECT_THAT(leftIn(*folder), ElementsAre(std::pair("KeyTable", LeftReason::brokenRow)));
    EXPECT_EQ(folder->left[0].what, "2");
}

TEST_F(Folder, OfAKeyTableHasTheKeysItNames) {
    write("KeyTable", "a example.org:mail:/etc/dkimkeys/mail.private\n");
    write("keys/mail.private", data("rsa2048-pkcs8.pem"));
    write("id_rsa.pem", data("rsa1024.pem"));
    const auto folder = readServerFolder(path_ / "KeyTable", nobodyKnows, {});
    ASSERT_TRUE(folder);
    EXPECT_THAT(filesOf(*folder), ElementsAre("keys/mail.private"));
    EXPECT_THAT(folder->left, IsEmpty());
    EXPECT_EQ(readServerFolder(path_ / "id_rsa.pem", nobodyKnows, {}).error().code, FolderError::noKeyTable);
    write("KeyTable", "a example.org:mail:LS0tLS1CRUdJTiBQUklWQVRF\n");
    const auto inTable = readServerFolder(path_ / "KeyTable", nobodyKnows, {});
    ASSERT_TRUE(inTable);
    EXPECT_THAT(leftIn(*inTable), ElementsAre(std::pair("KeyTable", LeftReason::keyInTable)));
}

#ifndef _WIN32
TEST_F(Folder, ThatIsNotThereIsAnError) {
    EXPECT_EQ(readServerFolder(path_ / "gone", nobodyKnows, {}).error().code, FolderError::unreadable);
    ASSERT_EQ(mkfifo((path_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(readServerFolder(path_ / "pipe", nobodyKnows, {}).error().code, FolderError::unreadable);
    EXPECT_EQ(readServerFolder("", nobodyKnows, {}).error().code, FolderError::unreadable);
}
#endif

TEST_F(Folder, IsNotReadOnAfterAStop) {
    write("mail.private", data("rsa2048-pkcs8.pem"));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(readServerFolder(path_, nobodyKnows, stop.get_token()).error().code, FolderError::cancelled);
}

} // namespace sealwright::takeover
