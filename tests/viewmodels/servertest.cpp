#include "viewmodels/serverviewmodel.h"

#include "wizardfixture.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <csignal>
#include <sys/resource.h>

using namespace sealwright;
using namespace sealwright::test;

class Server : public WizardTest {
protected:
    ServerViewModel model{state};

    void SetUp() override {
        saveProfile("example.org");
        open("example.org");
        model.setFolder(folder.path());
        model.refresh();
        ASSERT_TRUE(prepared());
    }
    bool prepared() {
        return waitUntil(model, &ServerViewModel::changed,
                         [this] { return !model.isPreparing() && !model.files().empty(); });
    }
    bool wrote() {
        model.writeTarget();
        return waitUntil(model, &ServerViewModel::changed, [this] { return !model.isWriting(); });
    }
    bool has(std::string_view path) {
        return std::ranges::find(model.files(), path, &BundleFile::path) != model.files().end();
    }
    bool shows(std::string_view part) {
        return std::ranges::any_of(model.files(), [&](const BundleFile& file) {
            return file.path.find(part) != std::string::npos || file.content.find(part) != std::string::npos;
        });
    }
};

TEST_F(Server, previewsEveryFileButTheKeys) {
    EXPECT_TRUE(shows("install.sh"));
    EXPECT_EQ(model.files().front().path, "README.txt");
    EXPECT_TRUE(shows("exim4"));
    for (const BundleFile& file : model.files()) {
        EXPECT_EQ(file.content.find("-----BEGIN"), std::string::npos) << file.path;
        EXPECT_FALSE(file.path.starts_with("keys/")) << file.path;
    }
    model.setStack(Stack::postfixOpendkim);
    ASSERT_TRUE(prepared());
    EXPECT_TRUE(shows("opendkim"));
    EXPECT_EQ(state.profile().stack, Stack::postfixOpendkim);
    const QString before = model.stackHint();
    model.setStack(Stack::postfixRspamd);
    ASSERT_TRUE(prepared());
    EXPECT_TRUE(shows("files/etc/rspamd/local.d/dkim_signing.conf"));
    EXPECT_FALSE(shows("files/etc/opendkim"));
    EXPECT_EQ(state.profile().stack, Stack::postfixRspamd);
    EXPECT_NE(model.stackHint(), before);
    model.setStack(Stack::exim);
    ASSERT_TRUE(prepared());
    EXPECT_TRUE(shows("files/exim.conf/main"));
    EXPECT_EQ(state.profile().stack, Stack::exim);
    EXPECT_TRUE(model.stackHint().contains(QStringLiteral("one configuration file")));
}

TEST_F(Server, hasIncomingMailCheckedWhenAskedTo) {
    EXPECT_FALSE(model.checksIncoming());
    EXPECT_FALSE(has("files/etc/exim4/sealwright_data_acl"));
    model.setChecksIncoming(true);
    ASSERT_TRUE(prepared());
    EXPECT_TRUE(has("files/etc/exim4/sealwright_data_acl"));
    EXPECT_EQ(state.profile().inbound, Inbound::results);
    const QString exims = model.incomingHint();
    EXPECT_TRUE(exims.contains(QStringLiteral("exim4-daemon-heavy")));
    model.setStack(Stack::postfixOpendkim);
    ASSERT_TRUE(prepared());
    EXPECT_TRUE(model.checksIncoming()) << "the choice is not the stack's";
    EXPECT_TRUE(has("files/etc/opendmarc.conf"));
    EXPECT_NE(model.incomingHint(), exims);
    model.setChecksIncoming(false);
    ASSERT_TRUE(prepared());
    EXPECT_FALSE(has("files/etc/opendmarc.conf"));
    EXPECT_EQ(state.profile().inbound, Inbound::unchanged);
}

TEST_F(Server, writesEachFormatUnderTheNameItProposes) {
    for (const auto& [format, ending] :
         {std::pair(ServerViewModel::Format::tarGz, ".tar.gz"), std::pair(ServerViewModel::Format::zip, ".zip"),
          std::pair(ServerViewModel::Format::folder, "exim4-debian")}) {
        model.setFormat(format);
        EXPECT_EQ(model.target(),
                  folder.filePath(QStringLiteral("example.org-exim4-debian")) +
                      (format == ServerViewModel::Format::folder ? QString() : QString::fromLatin1(ending)));
        ASSERT_TRUE(wrote());
        EXPECT_EQ(model.problem(), QString());
        EXPECT_EQ(model.written(), model.target());
        EXPECT_TRUE(QFileInfo::exists(model.written()));
        EXPECT_TRUE(model.copyCommand().startsWith(QStringLiteral("scp "))) << model.copyCommand().toStdString();
        EXPECT_TRUE(model.copyCommand().endsWith(QStringLiteral("root@mx.example.org:")));
        EXPECT_TRUE(model.installCommands().contains(QStringLiteral("install.sh install")));
    }
}

TEST_F(Server, quotesPathsForTheShell) {
    const QString path = folder.filePath(QStringLiteral("it's $HOME.tar.gz"));
    model.setTarget(path);
    ASSERT_TRUE(wrote());
    ASSERT_EQ(model.written(), path) << model.problem().toStdString();
    EXPECT_TRUE(model.copyCommand().contains(QStringLiteral("/it'\\''s $HOME.tar.gz'")))
        << model.copyCommand().toStdString();
}

TEST_F(Server, includesTheOtherDomainsOfTheSameServer) {
    saveProfile("second.example");
    Profile elsewhere = saveProfile("elsewhere.example");
    elsewhere.mailHost = dnsName("mail.elsewhere.example");
    overwrite(elsewhere);
    model.refresh();
    ASSERT_TRUE(waitUntil(model, &ServerViewModel::changed, [this] { return !model.isPreparing(); }));
    ASSERT_EQ(model.others().size(), 2U);
    EXPECT_FALSE(model.others()[0].included) << "another server's";
    EXPECT_TRUE(model.others()[1].included);
    EXPECT_TRUE(shows("second.example"));
    EXPECT_FALSE(shows("elsewhere.example"));
    model.include(1, false);
    ASSERT_TRUE(waitUntil(model, &ServerViewModel::changed, [this] { return !model.isPreparing(); }));
    EXPECT_FALSE(shows("second.example"));
}

TEST_F(Server, saysWhyABundleCantBeWritten) {
    QFile inTheWay(folder.filePath(QStringLiteral("file")));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
    for (const QString& target :
         {folder.filePath(QStringLiteral("file/bundle.tar.gz")),
          folder.filePath(QStringLiteral("absent/folder/bundle.zip")), folder.filePath(QStringLiteral("file"))}) {
        model.setTarget(target);
        ASSERT_TRUE(wrote());
        EXPECT_FALSE(model.problem().isEmpty()) << target.toStdString();
        EXPECT_TRUE(model.written().isEmpty());
    }
}

TEST_F(Server, leavesNothingBehindOnADiskThatIsFull) {
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow stands for a disk that is full
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit full = before;
    full.rlim_cur = 512;
    for (const auto format :
         {ServerViewModel::Format::tarGz, ServerViewModel::Format::zip, ServerViewModel::Format::folder}) {
        model.setFormat(format);
        setrlimit(RLIMIT_FSIZE, &full);
        const bool ended = wrote();
        setrlimit(RLIMIT_FSIZE, &before);
        ASSERT_TRUE(ended);
        EXPECT_FALSE(model.problem().isEmpty());
        EXPECT_FALSE(QFileInfo::exists(model.target()));
    }
    EXPECT_EQ(QDir(folder.path()).entryList({QStringLiteral("*exim4*")}, QDir::AllEntries | QDir::Hidden),
              QStringList());
}

TEST_F(Server, asksForTheKeysWhereTheVaultKeepsThem) {
    keychain->failNext(VaultError::locked);
    ASSERT_TRUE(wrote());
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->canUseFile);
    EXPECT_TRUE(model.written().isEmpty());
    EXPECT_FALSE(QFileInfo::exists(model.target()));

    model.useKeyFile();
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->asksPassphrase);
    model.openKeyFile(SecretBytes("passphrase")); // and the key is not in that file
    ASSERT_TRUE(waitUntil(model, &ServerViewModel::changed, [this] { return !model.isWriting(); }));
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->canUseKeychain);
    model.useKeychain();
    ASSERT_TRUE(waitUntil(model, &ServerViewModel::changed, [this] { return !model.isWriting(); }));
    EXPECT_FALSE(model.trouble());
    EXPECT_EQ(model.written(), model.target());
}
