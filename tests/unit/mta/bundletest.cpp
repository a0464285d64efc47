#include "mta/bundle.h"

#include "support/program.h"
#include "testdomains.h"

#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <map>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sealwright;
using namespace testing;
namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

unsigned modeOf(const fs::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

/// Every file below a folder with its content.
std::map<std::string, std::string> tree(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files[entry.path().lexically_relative(folder).generic_string()] = read(entry.path());
        }
    }
    return files;
}

std::size_t entriesOf(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class Bundles : public Test {
protected:
    Bundles() { domains.add("example.org", {"r1", "e1"}); }

    tl::expected<fs::path, BundleProblem> write(const fs::path& target, std::stop_token stop = {},
                                                Stack stack = Stack::exim4Debian) {
        return writeBundle(stack, domains.all, domains.vault, target, stop);
    }
    void expectProblem(const fs::path& target, BundleError code) {
        const auto written = write(target);
        ASSERT_FALSE(written) << target;
        EXPECT_EQ(written.error().problem.code, code) << written.error().problem.what;
    }

    test::Domains domains;
    test::TemporaryFolder folder;
};

/// A file system of a few kilobytes at that folder, gone with this object. Needs root.
class SmallDisk {
public:
    SmallDisk(fs::path place, const std::string& options) : place_(std::move(place)) {
        fs::create_directory(place_);
        mounted_ = ::mount("tmpfs", place_.c_str(), "tmpfs", 0, options.c_str()) == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(place_.c_str(), MNT_DETACH);
        }
    }
    [[nodiscard]] bool isMounted() const { return mounted_; }
    [[nodiscard]] bool makeReadOnly() const {
        return ::mount("tmpfs", place_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }

private:
    fs::path place_;
    bool mounted_ = false;
};

} // namespace

TEST_F(Bundles, FolderHoldsWhatTheDesignNamesAndOnlyItsOwnerCanOpenIt) {
    const auto written = write(folder.path() / "bundle");
    ASSERT_TRUE(written) << written.error().problem.what;
    EXPECT_EQ(modeOf(*written), 0700U);
    const auto files = tree(*written);
    for (const std::string name : {"README.txt", "install.sh", "manifest.json", "keys/example.org/r1.pem",
                                   "keys/example.org/e1.pem", "dns/example.org.zone", "files/etc/exim4/dkim/domains"}) {
        EXPECT_TRUE(files.contains(name)) << name;
    }
    EXPECT_EQ(modeOf(*written / "keys/example.org/r1.pem"), 0600U);
    EXPECT_EQ(modeOf(*written / "install.sh"), 0755U);
}

// Records that were worked out without knowing the published ones must not replace them.
TEST_F(Bundles, SaysWhetherItsRecordsKnowOfThePublishedOnes) {
    const auto zoneText = [this](bool merged) {
        for (BundleDomain& domain : domains.all) {
            domain.plan.isMerged = merged;
        }
        const auto written = write(folder.path() / "bundle");
        return written ? read(*written / "dns/example.org.zone") : std::string();
    };
    EXPECT_NE(zoneText(true).find("REPLACES"), std::string::npos);
    EXPECT_EQ(zoneText(false).find("REPLACES"), std::string::npos);
    EXPECT_NE(zoneText(false).find("CAREFUL"), std::string::npos);
}

TEST_F(Bundles, KeysInItAreTheOnesOfTheVault) {
    const auto written = write(folder.path() / "bundle");
    ASSERT_TRUE(written);
    for (const auto& key : domains.all.front().profile.keys) {
        const auto pem = read(*written / ("keys/example.org/" + key.selector.toString() + ".pem"));
        const auto pair = KeyPair::fromPem(pem);
        ASSERT_TRUE(pair);
        EXPECT_EQ(pair->fingerprint(), key.fingerprint);
    }
}

TEST_F(Bundles, KeysAreInTheFormThatTheStackReads) {
    const auto written = write(folder.path() / "bundle", {}, Stack::postfixRspamd);
    ASSERT_TRUE(written);
    EXPECT_TRUE(KeyPair::fromPem(read(*written / "keys/example.org/r1.pem")));
    const auto seed = read(*written / "keys/example.org/e1.key");
    const auto selector = Selector::parse("e1").value();
    const auto key = domains.vault.load({domains.all.front().profile.domain, selector}, {});
    ASSERT_TRUE(key);
    EXPECT_EQ(seed, key->toSeed().view());
    EXPECT_EQ(modeOf(*written / "keys/example.org/e1.key"), 0600U);
}

TEST_F(Bundles, PreviewIsWhatIsWrittenButForKeysAndTheirDigests) {
    const auto written = write(folder.path() / "bundle");
    ASSERT_TRUE(written);
    const auto files = tree(*written);
    std::size_t shown = 0;
    for (const auto& file : bundleFiles(Stack::exim4Debian, domains.all)) {
        ++shown;
        ASSERT_TRUE(files.contains(file.path)) << file.path;
        EXPECT_FALSE(file.path.starts_with("keys/"));
        EXPECT_THAT(file.content, Not(HasSubstr("PRIVATE KEY-----")));
        if (file.path != "manifest.json" && file.path != "install.sh") {
            EXPECT_EQ(files.at(file.path), file.content) << file.path;
        }
    }
    EXPECT_EQ(shown + 2, files.size());
}

TEST_F(Bundles, EveryOctetIsVouchedFor) {
    const auto written = write(folder.path() / "bundle");
    ASSERT_TRUE(written);
    const auto script = read(*written / "install.sh");
    const auto last = script.rfind("# sha256 of the lines above: ");
    ASSERT_NE(last, std::string::npos);
    const auto sum = [](const fs::path& file) { return test::run({"sha256sum", file.string()}).output.substr(0, 64); };
    EXPECT_EQ(script.substr(last + 29, 64), sum(folder.write("above", script.substr(0, last))));
    EXPECT_THAT(script, HasSubstr("manifest_sha256='" + sum(*written / "manifest.json") + "'"));
    const auto manifest = read(*written / "manifest.json");
    for (const auto& [path, content] : tree(*written)) {
        if (path != "manifest.json" && path != "install.sh") {
            EXPECT_THAT(manifest,
                        HasSubstr("{\"from\": \"" + path + "\", \"sha256\": \"" + sum(*written / path) + "\""));
        }
    }
}

TEST_F(Bundles, ArchivesHoldTheSameFilesInOneFolderWithTheSameModes) {
    if (!test::isInstalled("bsdtar")) {
        GTEST_SKIP() << "bsdtar is not installed";
    }
    const auto plain = write(folder.path() / "bundle");
    ASSERT_TRUE(plain);
    const auto expected = tree(*plain);
    for (const std::string ending : {".tar.gz", ".tgz", ".zip"}) {
        const auto archive = folder.path() / ("bundle" + ending);
        ASSERT_TRUE(write(archive));
        EXPECT_EQ(modeOf(archive), 0600U);
        const auto out = folder.path() / ("unpacked" + ending);
        fs::create_directory(out);
        ASSERT_EQ(test::run({"bsdtar", "-xpf", archive.string(), "-C", out.string()}).status, 0);
        EXPECT_EQ(entriesOf(out), 1U);
        const auto top = out / "example.org-exim4-debian";
        EXPECT_EQ(tree(top), expected) << ending;
        EXPECT_EQ(modeOf(top), 0700U) << ending;
        EXPECT_EQ(modeOf(top / "keys/example.org/r1.pem"), 0600U) << ending;
        EXPECT_EQ(modeOf(top / "install.sh"), 0755U) << ending;
    }
}

TEST_F(Bundles, OlderBundleOfOursIsReplacedAndNothingElseIsLeft) {
    for (const std::string name : {"bundle", "bundle.tar.gz", "bundle.zip"}) {
        const auto target = folder.path() / name;
        ASSERT_TRUE(write(target));
        ASSERT_TRUE(write(target)) << name;
    }
    EXPECT_EQ(entriesOf(folder.path()), 3U);
    domains.all.clear();
    domains.add("example.net", {"r1"});
    ASSERT_TRUE(write(folder.path() / "bundle"));
    EXPECT_FALSE(fs::exists(folder.path() / "bundle/keys/example.org"));
    EXPECT_TRUE(fs::exists(folder.path() / "bundle/keys/example.net"));
}

TEST_F(Bundles, EmptyFolderIsTaken) {
    fs::create_directory(folder.path() / "empty");
    EXPECT_TRUE(write(folder.path() / "empty"));
    EXPECT_TRUE(write(folder.path() / "trailing/"));
}

TEST_F(Bundles, WhatIsNotOursIsNeverReplaced) {
    const auto file = folder.write("file", "precious");
    const auto archive = folder.write("other.tar.gz", "precious");
    const auto other = folder.path() / "folder";
    fs::create_directory(other);
    std::ofstream(other / "manifest.json") << "{\"format\": \"another\"}";
    const auto link = folder.path() / "link";
    fs::create_symlink(other, link);
    for (const auto& target : {file, archive, other, link}) {
        expectProblem(target, BundleError::exists);
    }
    EXPECT_EQ(read(file), "precious");
    EXPECT_EQ(read(archive), "precious");

    const auto ours = folder.path() / "ours";
    ASSERT_TRUE(write(ours));
    std::ofstream(ours / "notes.txt") << "mine";
    expectProblem(ours, BundleError::exists);
    EXPECT_EQ(read(ours / "notes.txt"), "mine");
}

TEST_F(Bundles, MissingParentAndEmptyNameAreRefused) {
    expectProblem(folder.path() / "no/such/bundle", BundleError::cannotWrite);
    expectProblem(folder.path() / "no/such/bundle.zip", BundleError::cannotWrite);
    EXPECT_FALSE(fs::exists(folder.path() / "no"));
    expectProblem("", BundleError::unknownFormat);
    expectProblem("..", BundleError::unknownFormat);
}

TEST_F(Bundles, ReadOnlyAndFullDisksLeaveTheOldBundleAndNoScraps) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "mounting a small disk needs root";
    }
    for (const std::string name : {"bundle", "bundle.tar.gz", "bundle.zip"}) {
        const auto place = folder.path() / ("disk-" + name);
        const SmallDisk disk(place, "size=200k,mode=0700");
        ASSERT_TRUE(disk.isMounted());
        ASSERT_TRUE(write(place / name));
        const auto before = tree(place);
        std::ofstream ballast(place / "ballast", std::ios::binary);
        while (ballast.write(std::string(4096, 'x').data(), 4096).flush()) {
        }
        expectProblem(place / name, BundleError::cannotWrite);
        ballast.close();
        fs::remove(place / "ballast");
        EXPECT_EQ(tree(place), before);
        ASSERT_TRUE(disk.makeReadOnly());
        expectProblem(place / name, BundleError::cannotWrite);
        EXPECT_EQ(tree(place), before);
        EXPECT_EQ(entriesOf(place), 1U) << "scraps of " << name;
    }
}

TEST_F(Bundles, CancellingLeavesNothing) {
    std::stop_source source;
    source.request_stop();
    for (const std::string name : {"bundle", "bundle.tar.gz", "bundle.zip"}) {
        const auto written = write(folder.path() / name, source.get_token());
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().problem.code, BundleError::cancelled);
    }
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(Bundles, VaultThatDoesNotGiveAKeyIsNamedAndNothingIsWritten) {
    domains.vault.failNext(VaultError::locked);
    const auto written = write(folder.path() / "bundle");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().problem.code, BundleError::keyNotLoaded);
    ASSERT_TRUE(written.error().vault);
    EXPECT_EQ(written.error().vault->code, VaultError::locked);
    ASSERT_TRUE(written.error().key);
    EXPECT_EQ(written.error().key->domain.toString(), "example.org");
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(Bundles, KeyOfTheVaultThatIsNotThePublishedOneIsRefused) {
    const auto& key = domains.all.front().profile.keys.front();
    const auto other = KeyPair::generate(KeyAlgorithm::rsa2048).value();
    const KeyId id{domains.all.front().profile.domain, key.selector};
    ASSERT_TRUE(domains.vault.remove(id, {}));
    ASSERT_TRUE(domains.vault.store(id, other, {}));
    expectProblem(folder.path() / "bundle", BundleError::keyMismatch);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(Bundles, NothingToSignIsSaid) {
    domains.all.clear();
    expectProblem(folder.path() / "bundle", BundleError::nothingToSign);
    domains.add("keyless.example", {});
    expectProblem(folder.path() / "bundle", BundleError::nothingToSign);
}

TEST_F(Bundles, NameTellsTheDomainOrThatThereAreSeveral) {
    EXPECT_EQ(bundleName(Stack::exim4Debian, domains.all), "example.org-exim4-debian");
    domains.add("example.net", {"r1"});
    EXPECT_EQ(bundleName(Stack::postfixOpendkim, domains.all), "mail-postfix-opendkim");
}

TEST_F(Bundles, LongestDomainHasABundleToo) {
    std::string label(61, 'a');
    domains.all.clear();
    domains.add(label + "." + label + "." + label + ".example.org", {"r1"});
    for (const std::string name : {"bundle", "bundle.tar.gz", "bundle.zip"}) {
        EXPECT_TRUE(write(folder.path() / name)) << name;
    }
    EXPECT_LT(bundleName(Stack::postfixOpendkim, domains.all).size(), 256U);
}

TEST_F(Bundles, BringThePolicyOfMtaStsAndHowToServeIt) {
    const auto content = [this](std::string_view path) {
        const auto files = bundleFiles(Stack::exim4Debian, domains.all);
        const auto found = std::ranges::find(files, path, &BundleFile::path);
        return found == files.end() ? std::string() : found->content;
    };
    EXPECT_EQ(content("files/web/nginx.conf"), "") << "nobody wants MTA-STS";
    EXPECT_THAT(content("README.txt"), Not(HasSubstr("MTA-STS")));
    BundleDomain& domain = domains.all.front();
    domain.profile.mtaSts = MtaSts{};
    domain.plan = makePlan(domain.profile, {});
    EXPECT_EQ(content("files/mta-sts/example.org/mta-sts.txt"), domain.plan.mtaStsPolicy->toString());
    for (const std::string path :
         {"files/web/nginx.conf", "files/web/apache.conf", "files/web/Caddyfile", "README.txt"}) {
        EXPECT_THAT(content(path), HasSubstr("mta-sts.example.org")) << path;
    }
    const auto written = write(folder.path() / "bundle");
    ASSERT_TRUE(written) << written.error().problem.what;
    const auto before = tree(*written);
    EXPECT_TRUE(before.contains("files/mta-sts/example.org/mta-sts.txt"));
    domain.profile.mtaSts.reset();
    domain.plan = makePlan(domain.profile, {});
    ASSERT_TRUE(write(folder.path() / "bundle")) << "an older bundle of ours is replaced with these files in it";
    EXPECT_FALSE(tree(*written).contains("files/web/nginx.conf"));
}

TEST_F(Bundles, TheScriptKnowsWhatToDoWithIncomingMailAndTheReadmeTellsIt) {
    const std::vector<BundleDomain> all = domains.all;
    for (const Stack stack : allStacks) {
        for (const Inbound inbound : allInbounds) {
            const auto files = bundleFiles({stack, inbound}, all);
            const auto content = [&files](std::string_view path) {
                return std::ranges::find(files, path, &BundleFile::path)->content;
            };
            EXPECT_THAT(content("install.sh"), HasSubstr("\ninbound='" + std::string(toString(inbound)) + "'\n"));
            const bool checks = inbound == Inbound::results;
            const bool judgesDmarc = checks && stack != Stack::exim4Debian && stack != Stack::exim;
            EXPECT_EQ(content("README.txt").find("RFC 9989 section 7.4") != std::string::npos, checks);
            EXPECT_EQ(content("README.txt").find("fileinto \"Junk\"") != std::string::npos, judgesDmarc);
        }
    }
}
