#include "base/ownerfile.h"

#include "support/filecontent.h"
#include "support/ownersalone.h"
#include "support/temporaryfolder.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

class OwnerFile : public testing::Test {
protected:
    test::TemporaryFolder folder;
    std::error_code error;
};

} // namespace

TEST_F(OwnerFile, IsItsOwnersAlone) {
    const auto file = folder.path() / u8"Schlüssel";
    writeOwnerFile(file, "secret\n", 0600, error);
    EXPECT_FALSE(error) << error.message();
    EXPECT_EQ(test::contentOf(file), "secret\n");
    EXPECT_TRUE(test::isOwnersAlone(file));
}

TEST_F(OwnerFile, IsForOthersWhereItsModeSaysSo) {
    const auto file = folder.path() / "public";
    writeOwnerFile(file, "known", 0644, error);
    EXPECT_FALSE(error) << error.message();
#ifndef _WIN32 // which gives what is no secret the rights of its folder
    EXPECT_FALSE(test::isOwnersAlone(file));
#endif
}

TEST_F(OwnerFile, ReplacesNothing) {
    const auto file = folder.write("there", "precious");
    writeOwnerFile(file, "secret", 0600, error);
    EXPECT_EQ(error, std::errc::file_exists);
    EXPECT_EQ(test::contentOf(file), "precious");
}

TEST_F(OwnerFile, NeedsAFolderThatIsThere) {
    writeOwnerFile(folder.path() / "none/file", "secret", 0600, error);
    EXPECT_EQ(error, std::errc::no_such_file_or_directory);
}

TEST_F(OwnerFile, OwnerFolderIsItsOwnersAloneAndNew) {
    const auto inner = folder.path() / "inner";
    makeOwnerFolder(inner, error);
    EXPECT_FALSE(error) << error.message();
    EXPECT_TRUE(test::isOwnersAlone(inner));
    makeOwnerFolder(inner, error);
    EXPECT_EQ(error, std::errc::file_exists);
}

TEST_F(OwnerFile, ExchangeSwapsTwoFolders) {
    const auto a = folder.path() / "a";
    const auto b = folder.path() / "b";
    for (const auto& each : {a, b}) {
        makeOwnerFolder(each, error);
        writeOwnerFile(each / "name", each.filename().string(), 0600, error);
    }
    exchange(a, b, error);
    EXPECT_FALSE(error) << error.message();
    EXPECT_EQ(test::contentOf(a / "name"), "b");
    EXPECT_EQ(test::contentOf(b / "name"), "a");
}

} // namespace sealwright
