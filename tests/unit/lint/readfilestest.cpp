#include "lint/readfiles.h"

#include "lint/lint.h"
#include "support/filecontent.h"
#include "support/temporaryfolder.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright::lint {
namespace {

namespace fs = std::filesystem;
using testing::UnorderedElementsAre;

std::string data(const std::string& name) {
    return test::contentOf(SEALWRIGHT_TEST_DATA "/keys/" + name);
}

class ReadFiles : public testing::Test {
protected:
    ReadFiles() : path_(fs::canonical(temporary_.path()) / "dkimkeys") { fs::create_directory(path_); }

    void write(const std::string& name, std::string_view content) const {
        fs::create_directories((path_ / name).parent_path());
        test::writeTo(path_ / name, content);
    }
    [[nodiscard]] std::string below(const ServerFile& file) const {
        return fs::path(file.name).lexically_relative(path_).generic_string();
    }
    [[nodiscard]] static const ServerFile* find(const std::vector<ServerFile>& files, const std::string& name) {
        const auto found =
            std::ranges::find_if(files, [&](const ServerFile& file) { return file.name.ends_with(name); });
        return found == files.end() ? nullptr : &*found;
    }

    test::TemporaryFolder temporary_;
    fs::path path_;
};

} // namespace

TEST_F(ReadFiles, TakeOfAFolderWhatIsAboutSigning) {
    write("example.org/s1.private", data("rsa2048-pkcs8.pem"));
    write("KeyTable", "k example.org:s1:/etc/dkimkeys/example.org/s1.private\n");
    write("my.table", "l example.net:s1:/etc/dkimkeys/s1.private\n");
    write("example.org/s1.txt", "s1._domainkey IN TXT ( \"v=DKIM1\" )\n");
    write("README", "Nothing here.\n");
    std::vector<std::string> names;
    for (const ServerFile& file : readFiles(path_)) {
        names.push_back(below(file));
    }
    EXPECT_THAT(names, UnorderedElementsAre(".", "KeyTable", "my.table", "example.org", "example.org/s1.private"));
}

TEST_F(ReadFiles, KeepOfAKeyOnlyItsKind) {
    write("s1.private", data("rsa2048-pkcs8.pem"));
    const std::vector<ServerFile> files = readFiles(path_ / "s1.private");
    ASSERT_EQ(files.size(), 1U);
    EXPECT_TRUE(files[0].text.empty());
    ASSERT_TRUE(files[0].key);
    EXPECT_EQ(files[0].key->bits, 2048);
    const ServerFile pasted = asServerFile({}, data("rsa2048-pkcs8.pem"));
    EXPECT_TRUE(pasted.text.empty());
    EXPECT_TRUE(pasted.key);
}

#ifndef _WIN32
TEST_F(ReadFiles, TellWhoMayOpenAServersFiles) {
    if (geteuid() != 0) {
        GTEST_SKIP() << "needs root: a file of one's own is taken for a copy";
    }
    write("s1.private", data("rsa2048-pkcs8.pem"));
    fs::permissions(path_ / "s1.private", fs::perms(0644));
    const std::vector<ServerFile> files = readFiles(path_);
    const ServerFile* key = find(files, "/s1.private");
    ASSERT_TRUE(key != nullptr && key->access);
    EXPECT_EQ(key->access->mode, 0644U);
    EXPECT_EQ(key->access->owner, "root");
    const std::vector<LintFinding> findings = lint(files);
    EXPECT_TRUE(
        std::ranges::any_of(findings, [](const LintFinding& each) { return each.code == LintCode::keyReadableByAll; }));
}
#endif

#ifndef _WIN32
TEST_F(ReadFiles, FollowNoLinkAndOpenNoPipe) {
    write("s1.private", data("rsa2048-pkcs8.pem"));
    fs::create_symlink("/etc", path_ / "out");
    fs::create_symlink(path_ / "s1.private", path_ / "link.private");
    ASSERT_EQ(mkfifo((path_ / "pipe.private").c_str(), 0600), 0);
    const std::vector<ServerFile> files = readFiles(path_);
    ASSERT_EQ(files.size(), 5U);
    EXPECT_EQ(find(files, "/out")->leftOut, LeftOut::link);
    EXPECT_EQ(find(files, "/link.private")->leftOut, LeftOut::link);
    EXPECT_EQ(find(files, "/pipe.private")->leftOut, LeftOut::notAFile);
}
#endif

TEST_F(ReadFiles, EndSomewhere) {
    fs::path deep = path_;
    for (int i = 0; i < 5; ++i) {
        deep /= "a";
    }
    fs::create_directories(deep);
    const std::vector<ServerFile> files = readFiles(path_, {.depth = 3, .entries = 100});
    EXPECT_EQ(files.back().leftOut, LeftOut::tooDeep);
    for (int i = 0; i < 20; ++i) {
        write("KeyTable" + std::to_string(i), "k a:b:/c\n");
    }
    const std::vector<ServerFile> some = readFiles(path_, {.depth = 3, .entries = 10});
    EXPECT_TRUE(std::ranges::any_of(some, [](const ServerFile& file) { return file.leftOut == LeftOut::tooMany; }));
    EXPECT_LE(some.size(), 12U);
}

TEST_F(ReadFiles, SayWhatCannotBeRead) {
    EXPECT_EQ(readFiles(path_ / "absent").front().leftOut, LeftOut::unreadable);
    write("main.cf", std::string(longestFile + 1, 'x'));
    EXPECT_EQ(readFiles(path_ / "main.cf").front().leftOut, LeftOut::tooLong);
}

} // namespace sealwright::lint
