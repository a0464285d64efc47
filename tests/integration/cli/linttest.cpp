#include "cli.h"

#include <QDirIterator>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Lint : public Cli {
protected:
    // Every file of the bundle that stands on the server afterwards.
    QStringList filesOfBundle(const QString& stack, const QString& inbound) {
        const Done done = run({u"setup"_s, u"example.org"_s, u"--stack"_s, stack, u"--inbound"_s, inbound,
                               u"--mail-host"_s, u"mail.example.org"_s, u"--out"_s, path(stack)});
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        QStringList files;
        QDirIterator below(path(stack + u"/files"_s), QDir::Files, QDirIterator::Subdirectories);
        while (below.hasNext()) {
            files << below.next();
        }
        EXPECT_FALSE(files.isEmpty());
        return files;
    }
};

} // namespace

TEST_F(Lint, findsNothingInWhatOurBundlesWrite) {
    for (const QString& stack : {u"exim4-debian"_s, u"exim"_s, u"postfix-opendkim"_s, u"postfix-rspamd"_s}) {
        for (const QString& inbound : {u"unchanged"_s, u"results"_s}) {
            const Done done = run(QStringList{u"--json"_s, u"lint"_s} + filesOfBundle(stack, inbound));
            EXPECT_EQ(done.status, 0) << done.out.toStdString() << done.err.toStdString();
            EXPECT_TRUE(done.object()[u"findings"_s].toArray().isEmpty());
        }
    }
}

TEST_F(Lint, namesTheLineWhyAndWhatShouldStandThere) {
    const QString file =
        write(u"exim4.conf.localmacros"_s, "DKIM_CANON = relaxed\nDKIM_DOMAIN = ${lc:${domain:$h_from:}}\n");
    const Done done = run({u"--json"_s, u"lint"_s, file});
    EXPECT_EQ(done.status, 1);
    const QJsonArray findings = done.object()[u"findings"_s].toArray();
    const auto decoded =
        std::ranges::find_if(findings, [](const QJsonValue& each) { return each[u"code"_s] == u"eximDecodedFrom"_s; });
    ASSERT_NE(decoded, findings.end());
    const QJsonObject finding = (*decoded).toObject();
    EXPECT_EQ(fieldsOf(finding), (QStringList{u"code"_s, u"file"_s, u"found"_s, u"line"_s, u"mended"_s, u"remedy"_s,
                                              u"severity"_s, u"subject"_s, u"text"_s, u"why"_s}));
    EXPECT_EQ(finding[u"line"_s], 2);
    EXPECT_EQ(finding[u"mended"_s], u"DKIM_DOMAIN = ${lc:${domain:$rh_from:}}"_s);
    const Done listing = run({u"lint"_s, file});
    EXPECT_TRUE(listing.out.contains("  - DKIM_DOMAIN = ${lc:${domain:$h_from:}}\n"));
    EXPECT_TRUE(listing.out.contains("  + DKIM_DOMAIN = ${lc:${domain:$rh_from:}}\n"));
}

TEST_F(Lint, readsStandardInput) {
    const Done done = run({u"--json"_s, u"lint"_s, u"-"_s}, "smtpd_milters = inet:127.0.0.1:8891\n");
    EXPECT_EQ(done.status, 1);
    EXPECT_EQ(done.object()[u"findings"_s].toArray().size(), 3);
}

TEST_F(Lint, showsNoControlCharacters) {
    const Done done = run({u"lint"_s, write(u"main.cf"_s, "smtpd_milters = inet:1@a\x1b[31m\x07\n")});
    EXPECT_EQ(done.status, 1);
    EXPECT_FALSE(done.out.contains('\x1b'));
    EXPECT_FALSE(done.out.contains('\x07'));
}

TEST_F(Lint, doesNotCallGoodWhatItDoesNotKnow) {
    EXPECT_EQ(run({u"lint"_s, write(u"list.txt"_s, "milk\neggs\n")}).status, 3);
}

TEST_F(Lint, saysWhatItCannotRead) {
    for (const QString& file : {path(u"nowhere"_s), write(u"long"_s, QByteArray(1'100'000, 'x'))}) {
        const Done done = run({u"lint"_s, file});
        EXPECT_EQ(done.status, 2) << file.toStdString();
        EXPECT_TRUE(isClearMessage(done.err));
    }
    EXPECT_EQ(run({u"lint"_s}).status, 2);
}
