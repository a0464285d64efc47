#include "cli.h"

#include <algorithm>
#include <unistd.h>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

struct Case {
    const char* name;
    QStringList arguments; ///< "@/" stands for the test's own folder.
    int status = 2;
};

QStringList setupOf(const QString& domain, const QStringList& more = {}) {
    return QStringList{u"setup"_s, domain, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, u"@/out"_s} + more;
}

const Case cases[] = {
    // Domain names
    {"nothing", setupOf(u""_s)},
    {"blanks", setupOf(u"   "_s)},
    {"one label", setupOf(u"localhost"_s)},
    {"address", setupOf(u"192.0.2.1"_s)},
    {"mailbox", setupOf(u"me@example.org"_s)},
    {"url", setupOf(u"https://example.org/"_s)},
    {"empty label", setupOf(u"example..org"_s)},
    {"dot in front", setupOf(u".example.org"_s)},
    {"hyphen at the edge", setupOf(u"example-.org"_s)},
    {"underscore", setupOf(u"exam_ple.org"_s)},
    {"long label", setupOf(QString(64, u'a') + u".org"_s)},
    {"long name", setupOf(QString(u"abcdefghi."_s).repeated(26) + u"org"_s)},
    {"100 kB of a name", setupOf(QString(100'000, u'a'))},
    {"quote", setupOf(u"exa\"mple.org"_s)},
    {"single quote", setupOf(u"exa'mple.org"_s)},
    {"newline", setupOf(u"example.org\nevil.org"_s)},
    {"carriage return", setupOf(u"example.org\r.evil.org"_s)},
    {"dollar", setupOf(u"$HOME.example.org"_s)},
    {"exim expansion", setupOf(u"${run{/bin/touch /pwned}}.org"_s)},
    {"backtick", setupOf(u"`id`.example.org"_s)},
    {"command substitution", setupOf(u"$(id).example.org"_s)},
    {"semicolon", setupOf(u"example.org;id"_s)},
    {"pipe", setupOf(u"example.org|id"_s)},
    {"slashes", setupOf(u"../../etc/passwd"_s)},
    {"backslash", setupOf(u"example\\.org"_s)},
    {"percent", setupOf(u"%{i}.example.org"_s)},
    {"asterisk", setupOf(u"*.example.org"_s)},
    {"escape sequence", setupOf(u"\x1b[31mexample.org"_s)},
    {"right to left", setupOf(u"exa\u202emple.org"_s)},
    {"broken punycode", setupOf(u"xn--a.example.org"_s)},
    {"option for a name", setupOf(u"--frobnicate"_s)},
    {"empty list", {u"check"_s, u"{}"_s}},
    {"no domain", {u"check"_s}},
    // Selectors
    {"selector: underscore", setupOf(u"example.org"_s, {u"--selector"_s, u"my_key"_s})},
    {"selector: newline", setupOf(u"example.org"_s, {u"--selector"_s, u"a\nb"_s})},
    {"selector: expansion", setupOf(u"example.org"_s, {u"--selector"_s, u"${run{id}}"_s})},
    {"selector: path", setupOf(u"example.org"_s, {u"--selector"_s, u"../key"_s})},
    {"selector: long", setupOf(u"example.org"_s, {u"--selector"_s, QString(64, u's')})},
    {"selector: too long with the domain",
     setupOf(QString(u"abcdefghi."_s).repeated(23) + u"org"_s, {u"--selector"_s, QString(60, u's')})},
    {"selector: hyphen at the edge", setupOf(u"example.org"_s, {u"--selector=-s"_s})},
    {"selector: empty", {u"key"_s, u"generate"_s, u"example.org"_s, u"--selector"_s, u""_s}},
    // Other values
    {"mail host", setupOf(u"example.org"_s, {u"--mail-host"_s, u"mail'; rm -rf /"_s})},
    {"address of words", setupOf(u"example.org"_s, {u"--ip"_s, u"192.0.2.300"_s})},
    {"address with a prefix too long", setupOf(u"example.org"_s, {u"--ip"_s, u"192.0.2.0/33"_s})},
    {"everybody's address", setupOf(u"example.org"_s, {u"--ip"_s, u"0.0.0.0/0"_s})},
    {"address of a continent", setupOf(u"example.org"_s, {u"--ip"_s, u"2001::/16"_s})},
    {"address with more behind it", setupOf(u"example.org"_s, {u"--ip"_s, u"192.0.2.1 all"_s})},
    {"include with a blank", setupOf(u"example.org"_s, {u"--include"_s, u"a.example +all"_s})},
    {"include with a macro", setupOf(u"example.org"_s, {u"--include"_s, u"%{i}.example.net"_s})},
    {"mailbox without at", setupOf(u"example.org"_s, {u"--report-to"_s, u"example.org"_s})},
    {"mailbox with a tag in it", setupOf(u"example.org"_s, {u"--report-to"_s, u"a;p=none@example.org"_s})},
    {"mailbox with quotes", setupOf(u"example.org"_s, {u"--report-to"_s, u"\"a b\"@example.org"_s})},
    {"policy", setupOf(u"example.org"_s, {u"--policy"_s, u"bounce"_s})},
    {"algorithm", setupOf(u"example.org"_s, {u"--algorithm"_s, u"rsa1024"_s})},
    {"stack", {u"setup"_s, u"example.org"_s, u"--stack"_s, u"sendmail\x1b[2J"_s, u"--out"_s, u"@/out"_s}},
    {"no stack", {u"setup"_s, u"example.org"_s, u"--out"_s, u"@/out"_s}},
    {"area", {u"check"_s, u"example.org"_s, u"--only"_s, u"spf,ptr"_s}},
    {"jobs", {u"check"_s, u"example.org"_s, u"--jobs"_s, u"0"_s}},
    {"format", {u"records"_s, u"example.org"_s, u"--format"_s, u"xml"_s}},
    // Global options
    {"resolver", {u"--resolver"_s, u"dns.example"_s, u"check"_s, u"example.org"_s}},
    {"resolver's port", {u"--resolver"_s, u"192.0.2.1@99999"_s, u"check"_s, u"example.org"_s}},
    {"timeout of words", {u"--timeout"_s, u"soon"_s, u"check"_s, u"example.org"_s}},
    {"timeout below nothing", {u"--timeout=-1"_s, u"check"_s, u"example.org"_s}},
    {"vault", {u"--vault"_s, u"cloud"_s, u"key"_s, u"generate"_s, u"example.org"_s}},
    {"vault without a path", {u"--vault"_s, u"file:"_s, u"key"_s, u"generate"_s, u"example.org"_s}},
    {"vault that is not needed", {u"--vault"_s, u"cloud"_s, u"key"_s, u"list"_s}},
    {"resolver that is not needed", {u"--resolver"_s, u"dns.example"_s, u"key"_s, u"list"_s}},
    {"zone file that is not there", {u"--zone"_s, u"@/none"_s, u"check"_s, u"example.org"_s}},
    {"zone file that is a folder", {u"--zone"_s, u"@/"_s, u"check"_s, u"example.org"_s}},
    {"unknown option", {u"--frobnicate"_s, u"check"_s, u"example.org"_s}},
    {"unknown command", {u"frobnicate"_s}},
    {"no command", {}},
    {"key without a command", {u"key"_s}},
    // What is not there
    {"records of a domain that is not set up", {u"records"_s, u"example.net"_s}},
    {"export of a domain that is not set up",
     {u"export"_s, u"example.net"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, u"@/out"_s}},
    {"domain that is not set up", {u"domain"_s, u"show"_s, u"example.net"_s}},
    {"removal of a domain that is not set up", {u"domain"_s, u"remove"_s, u"example.net"_s}},
    {"key file that is not there", {u"key"_s, u"import"_s, u"example.org"_s, u"@/none"_s}},
    {"key file that is a folder", {u"key"_s, u"import"_s, u"example.org"_s, u"@/"_s}},
};

class BadInput : public Cli {
protected:
    Done runCase(const Case& one) {
        QStringList arguments;
        for (QString argument : one.arguments) {
            arguments << (argument.startsWith(u"@/"_s) ? path(argument.mid(2)) : argument);
        }
        return arguments.isEmpty() ? runPlain(arguments) : run(arguments);
    }

    /// Fails with this status and a clear message, and leaves nothing new behind.
    void expectRefused(const Case& one) {
        SCOPED_TRACE(one.name);
        const QStringList before = everything();
        const Done done = runCase(one);
        EXPECT_EQ(done.status, one.status) << done.err.toStdString();
        EXPECT_EQ(done.out, "");
        EXPECT_TRUE(isClearMessage(done.err));
        EXPECT_EQ(everything().join(u'\n'), before.join(u'\n'));
    }
};

} // namespace

TEST_F(BadInput, isRefusedWithAClearWordAndLeavesNothing) {
    for (const Case& one : cases) {
        expectRefused(one);
    }
}

TEST_F(BadInput, ofAKeyFileIsRefusedByItsKind) {
    const QString keys = QStringLiteral(SEALWRIGHT_TEST_DATA "/keys/");
    for (const char* name : {"certificate.pem", "ec.pem", "ed448.pem", "public.pem", "rsa-pss.pem", "rsa512.pem",
                             "rsa1023.pem", "rsa4104.pem", "rsa2048-pkcs8-aes.pem", "README"}) {
        expectRefused({name, {u"key"_s, u"import"_s, u"example.org"_s, keys + QLatin1StringView(name)}});
    }
    const QString huge = write(u"huge.pem"_s, QByteArray(10'000'000, 'A'));
    expectRefused({"10 MB", {u"key"_s, u"import"_s, u"example.org"_s, huge}});
    expectRefused({"endless", {u"key"_s, u"import"_s, u"example.org"_s, u"/dev/zero"_s}});
}

TEST_F(BadInput, inASavedProfileIsNamedAndLeftAlone) {
    ASSERT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s}).status, 0);
    const QByteArray good = read(path(u"data/profiles/example.org.json"_s));
    QByteArray newer = good;
    newer.replace("\"version\": 1", "\"version\": 1000");
    for (const QByteArray& broken : {QByteArray("{"), QByteArray(), QByteArray("[]"), QByteArray("{\"a\":1}"),
                                     QByteArray("\xff\xfe\x00", 3), QByteArray(2'000'000, '['), good.chopped(10)}) {
        write(u"data/profiles/example.org.json"_s, broken);
        for (const QStringList& arguments :
             {QStringList{u"records"_s, u"example.org"_s}, {u"check"_s, u"example.org"_s}, setupOf(u"example.org"_s)}) {
            expectRefused({"broken profile", arguments});
        }
        EXPECT_EQ(read(path(u"data/profiles/example.org.json"_s)), broken);
    }
    ASSERT_NE(newer, good);
    write(u"data/profiles/example.org.json"_s, newer);
    expectRefused({"newer profile", setupOf(u"example.org"_s)});
    EXPECT_EQ(read(path(u"data/profiles/example.org.json"_s)), newer);
    EXPECT_EQ(run({u"domain"_s, u"show"_s, u"example.org"_s}).status, 0) << "it may be looked at";
}

TEST_F(BadInput, inAZoneFileIsNamedWithItsLine) {
    for (const QByteArray& broken :
         {QByteArray("example.org. 300 IN TXT \"open\n"), QByteArray("$INCLUDE /etc/passwd\n"),
          QByteArray("example.org. 300 IN A 192.0.2.300\n"), QByteArray("\x00\x01\x02", 3),
          QByteArray("$ORIGIN example.org.\n@ SOA a b 1 2 3 4 5\n@ MX ( 10 mail\n")}) {
        const QString zone = write(u"broken.zone"_s, broken);
        expectRefused({"zone", {u"--zone"_s, zone, u"check"_s, u"example.org"_s}});
    }
}

TEST_F(BadInput, ofATargetLeavesWhatIsThere) {
    setUp(u"example.org"_s);
    const auto exportTo = [](const QString& out) {
        return QStringList{u"export"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, out};
    };
    write(u"mine.txt"_s, "mine");
    expectRefused({"a file of the user's", exportTo(u"@/mine.txt"_s)});
    ASSERT_TRUE(QDir(path({})).mkpath(u"full"_s));
    write(u"full/mine.txt"_s, "mine");
    expectRefused({"a folder of the user's", exportTo(u"@/full"_s)});
    expectRefused({"no such folder", exportTo(u"@/none/out"_s), 3});
    expectRefused({"no such folder for an archive", exportTo(u"@/none/out.zip"_s), 3});
    EXPECT_EQ(read(path(u"mine.txt"_s)), "mine");
}

TEST_F(BadInput, ofAVaultIsToldApart) {
    const QStringList generate{u"key"_s, u"generate"_s, u"example.org"_s};
    const auto at = [&](const QString& vault) { return QStringList{u"--vault"_s, u"file:"_s + vault} + generate; };
    expectRefused({"folder is not there", at(path(u"none/vault.pem"_s)), 3});
    expectRefused({"is a folder", at(path({})), 3});
    expectRefused({"is something else", at(write(u"notes.txt"_s, "my notes\n")), 1});
    environment_.remove(u"SEALWRIGHT_PASSPHRASE"_s);
    expectRefused({"no passphrase", generate, 3});
    environment_.insert(u"SEALWRIGHT_PASSPHRASE"_s, u""_s);
    expectRefused({"empty passphrase", generate, 3});
}

TEST_F(BadInput, ofDisksIsAClearError) {
    if (geteuid() == 0 && !QFileInfo(u"/proc/version"_s).exists()) {
        GTEST_SKIP() << "no folder that even root can't write to";
    }
    setUp(u"example.org"_s);
    // Not even root can make files there.
    expectRefused({"bundle in a read-only place",
                   {u"export"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, u"/proc/out"_s},
                   3});
    expectRefused(
        {"key in a read-only place", {u"key"_s, u"export"_s, u"example.org"_s, u"--out"_s, u"/proc/k.pem"_s}, 3});
    expectRefused(
        {"profile in a read-only place", {u"--data-dir"_s, u"/proc/data"_s, u"domain"_s, u"add"_s, u"a.example"_s}, 3});
}
