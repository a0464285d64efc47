#include "viewmodels/lintviewmodel.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace sealwright;
using namespace Qt::StringLiterals;

namespace {

const QString macros =
    u"DKIM_DOMAIN = ${domain:$rh_from:}\nDKIM_SELECTOR = s1\nDKIM_PRIVATE_KEY = /etc/dkim/$dkim_domain.pem\n"_s;

class LintView : public testing::Test {
protected:
    LintViewModel model;
    QTemporaryDir folder;

    QString write(const QString& name, const QByteArray& content) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        return file.fileName();
    }
};

} // namespace

TEST_F(LintView, namesTheLineAndWhatShouldStandThere) {
    EXPECT_TRUE(model.isEmpty());
    EXPECT_TRUE(model.summary().isEmpty());
    QSignalSpy changed(&model, &LintViewModel::changed);
    model.addFiles({write(u"exim4.conf.localmacros"_s, macros.toUtf8())});
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(model.severity(), Severity::error);
    EXPECT_TRUE(model.summary().contains(u"exim4.conf.localmacros"_s)) << model.summary().toStdString();
    const auto& lines = model.lines();
    const auto tainted = std::ranges::find(lines, u"exim4.conf.localmacros, line 3"_s, &LintViewModel::Line::place);
    ASSERT_NE(tainted, lines.end());
    EXPECT_EQ(tainted->text, u"DKIM_PRIVATE_KEY = /etc/dkim/$dkim_domain.pem"_s);
    EXPECT_TRUE(tainted->mended.contains(u"dsearch"_s)) << tainted->mended.toStdString();
    EXPECT_FALSE(tainted->words.why.isEmpty());
    EXPECT_EQ(lines[static_cast<std::size_t>(model.worstRow())].severity, Severity::error);
    model.clear();
    EXPECT_TRUE(model.lines().empty());
    EXPECT_TRUE(model.summary().isEmpty());
}

TEST_F(LintView, looksAtAllFilesTogetherAndAtTheNewestOfEach) {
    const QByteArray good = "smtpd_milters = inet:127.0.0.1:8891\nnon_smtpd_milters = $smtpd_milters\n"
                            "milter_default_action = accept\ndisable_mime_output_conversion = yes\n";
    model.addFiles({write(u"main.cf"_s, good)});
    EXPECT_EQ(model.severity(), Severity::ok) << model.summary().toStdString();
    const QByteArray daemon =
        "Mode sv\nKeyTable /k\nSigningTable /s\nCanonicalization relaxed/relaxed\nOversignHeaders From\nSocket ";
    model.addFiles({write(u"opendkim.conf"_s, daemon + "inet:12345@localhost\n")});
    EXPECT_EQ(model.severity(), Severity::error) << "that is not where Postfix looks";
    model.addFiles({write(u"opendkim.conf"_s, daemon + "inet:8891@127.0.0.1\n")});
    EXPECT_EQ(model.severity(), Severity::ok) << model.summary().toStdString();
}

TEST_F(LintView, takesWhatIsPasted) {
    model.addText(u"# postconf -n\nsmtpd_milters = inet:127.0.0.1:8891\nmilter_default_action = accept\n"_s);
    EXPECT_EQ(model.severity(), Severity::error); // mail from cron and PHP stays unsigned
    EXPECT_TRUE(model.summary().contains(u"pasted text"_s));
    model.addText(u"hello"_s);
    EXPECT_FALSE(model.lines().empty());
}

TEST_F(LintView, saysWhatIsNoConfiguration) {
    ASSERT_EQ(mkfifo(qPrintable(folder.filePath(u"pipe"_s)), 0600), 0);
    for (const QString& path :
         {folder.filePath(u"absent"_s), folder.filePath(u"pipe"_s), write(u"huge"_s, QByteArray(1'100'000, 'x'))}) {
        model.addFiles({path});
        EXPECT_EQ(model.severity(), Severity::error);
        EXPECT_GT(model.summary().size(), 10);
        EXPECT_TRUE(model.isEmpty());
    }
    model.addText(QString());
    EXPECT_EQ(model.severity(), Severity::error);
    model.addFiles({folder.path()}); // nothing in it is about signing
    EXPECT_EQ(model.severity(), Severity::unknown);
    model.clear();
    model.addText(u"hello\n"_s);
    EXPECT_EQ(model.severity(), Severity::unknown);
}
