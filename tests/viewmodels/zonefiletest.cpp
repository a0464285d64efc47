#include "viewmodels/zonefileviewmodel.h"

#include "wizardfixture.h"

#include <QFile>

#include <algorithm>

using namespace sealwright;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray zone =
    "$TTL 300\n@\tIN SOA ns1.first-ns.de. hostmaster 7 7200 3600 1209600 300\n  NS ns1.first-ns.de.\n"
    "  MX 10 mx\n  TXT \"v=spf1 a ~all\"\nmx A 192.0.2.25\nwww\tA 192.0.2.80";

class ZoneFileModel : public WizardTest {
protected:
    ZoneFileViewModel model{state};

    void SetUp() override {
        saveProfile("example.org");
        WizardTest::open("example.org");
    }

    QString write(const QString& name, const QByteArray& content) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        return file.fileName();
    }
    static QByteArray read(const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return file.readAll();
    }
    bool settled() {
        return waitUntil(model, &ZoneFileViewModel::changed, [this] { return !model.isBusy(); });
    }
    bool open(const QByteArray& content, const QString& name = u"db.example.org"_s) {
        model.open(write(name, content));
        return settled();
    }
};

} // namespace

TEST_F(ZoneFileModel, showsTheChangeThenSavesAndTakesItBack) {
    ASSERT_TRUE(open(zone));
    const QString path = folder.filePath(u"db.example.org"_s);
    ASSERT_FALSE(model.diff().empty()) << model.summary().toStdString();
    EXPECT_TRUE(model.canSave());
    EXPECT_FALSE(model.canUndo());
    EXPECT_EQ(read(path), zone) << "nothing is written unasked";
    const auto removes = [](const DiffLine& line) {
        return line.kind == DiffLine::Kind::removed && line.text.find("v=spf1 a ~all") != std::string::npos;
    };
    EXPECT_TRUE(std::ranges::any_of(model.diff(), removes)) << "what the file says counts, not the DNS";

    const QString wanted = model.newText();
    ASSERT_TRUE(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    model.save();
    EXPECT_EQ(read(path), wanted.toUtf8());
    EXPECT_EQ(read(path + u'~'), zone);
    EXPECT_EQ(QFile::permissions(path + u'~') & (QFileDevice::ReadOther | QFileDevice::ReadGroup),
              QFile::permissions(path) & (QFileDevice::ReadOther | QFileDevice::ReadGroup));
    EXPECT_TRUE(model.canUndo());
    EXPECT_FALSE(model.canSave()) << "it is saved";

    model.undo();
    ASSERT_TRUE(settled());
    EXPECT_EQ(read(path), zone);
    EXPECT_FALSE(model.canUndo());
    EXPECT_EQ(model.newText(), wanted) << "it may be saved again";
}

TEST_F(ZoneFileModel, isContentWithAFileThatHasAll) {
    ASSERT_TRUE(open(zone));
    model.save();
    model.open(folder.filePath(u"db.example.org"_s));
    ASSERT_TRUE(settled());
    EXPECT_EQ(model.severity(), Severity::ok) << model.summary().toStdString();
    EXPECT_TRUE(model.diff().empty());
    EXPECT_FALSE(model.canSave());
}

TEST_F(ZoneFileModel, leavesAFileAloneThatSomebodyElseChanged) {
    ASSERT_TRUE(open(zone));
    const QString path = write(u"db.example.org"_s, zone + "\nnew A 192.0.2.9\n");
    model.save();
    EXPECT_EQ(model.severity(), Severity::error);
    EXPECT_EQ(read(path), zone + "\nnew A 192.0.2.9\n");

    ASSERT_TRUE(open(zone));
    model.save();
    write(u"db.example.org"_s, "mine now");
    model.undo();
    EXPECT_EQ(model.severity(), Severity::error);
    EXPECT_EQ(read(path), "mine now");
}

TEST_F(ZoneFileModel, takesAPastedText) {
    model.paste(QString::fromUtf8(zone));
    ASSERT_TRUE(settled());
    EXPECT_FALSE(model.newText().isEmpty()) << model.summary().toStdString();
    EXPECT_FALSE(model.canSave()) << "there is no file";
    model.paste(u"  \n"_s);
    EXPECT_FALSE(model.summary().isEmpty());
    EXPECT_TRUE(model.newText().isEmpty());
}

TEST_F(ZoneFileModel, tellsWhichRecordsBelongToAnotherZone) {
    state.change([](Profile& profile) { profile.mailHost = dnsName("mail.other.example"); });
    resolver.add("other.example SOA ns1.first-ns.de. hostmaster.other.example. 1 7200 3600 1209600 300\n"
                 "mail.other.example A 192.0.2.26\n");
    ASSERT_TRUE(open(zone));
    EXPECT_TRUE(model.notes().join(u' ').contains(u"other.example"_s)) << model.summary().toStdString();
    EXPECT_TRUE(model.canSave());
}

TEST_F(ZoneFileModel, saysWhyItCannot) {
    QByteArray garbage;
    for (int i = 0; i < 4096; ++i) {
        garbage += static_cast<char>(i * 7919 >> 3);
    }
    const QByteArray elsewhere = "$ORIGIN stranger.example.\n" + zone;
    const std::vector<std::pair<const char*, QByteArray>> cases{
        {"nothing", ""},
        {"octets", garbage},
        {"a part of a zone", "www A 192.0.2.1\n"},
        {"records in other files", zone + "\n$INCLUDE keys.db\n"},
        {"generated records", zone + "\n$GENERATE 1-9 h$ A 192.0.2.$\n"},
        {"another domain's zone", elsewhere},
        {"too large", QByteArray((16 << 20) + 1, '\n')},
        {"what BIND refuses", zone + "\nwww CNAME mx\n"},
    };
    for (const auto& [words, content] : cases) {
        ASSERT_TRUE(open(content)) << words;
        EXPECT_EQ(model.severity(), Severity::error) << words;
        EXPECT_FALSE(model.summary().isEmpty()) << words;
        EXPECT_FALSE(model.canSave()) << words;
        EXPECT_TRUE(model.newText().isEmpty()) << words;
    }
    model.open(folder.filePath(u"nowhere"_s));
    EXPECT_EQ(model.severity(), Severity::error);
    model.open(folder.path());
    EXPECT_EQ(model.severity(), Severity::error);
}

TEST_F(ZoneFileModel, keepsWindowsLineEnds) {
    const QByteArray windows = QByteArray(zone).replace("\n", "\r\n");
    ASSERT_TRUE(open(windows));
    ASSERT_FALSE(model.newText().isEmpty());
    model.save();
    const QByteArray written = read(folder.filePath(u"db.example.org"_s));
    EXPECT_EQ(written.count('\n'), written.count("\r\n")) << written.toStdString();
}

TEST_F(ZoneFileModel, makesAScriptForWhatTheDnsSays) {
    EXPECT_TRUE(model.nsupdate().isEmpty()) << "nobody was asked yet";
    state.setPublished(std::make_shared<const Published>(readPublished(state.profile(), resolver, {})));
    EXPECT_TRUE(model.nsupdate().contains(u"prereq nxrrset _dmarc.example.org. IN TXT"_s))
        << model.nsupdate().toStdString();
}
