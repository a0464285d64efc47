#include "cli.h"

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <ostream>
#include <unistd.h>

namespace sealwright::test {

using namespace Qt::StringLiterals;

QJsonObject Done::object() const {
    const QJsonDocument document = QJsonDocument::fromJson(out);
    EXPECT_TRUE(document.isObject()) << out.toStdString();
    return document.object();
}

QJsonArray Done::array() const {
    const QJsonDocument document = QJsonDocument::fromJson(out);
    EXPECT_TRUE(document.isArray()) << out.toStdString();
    return document.array();
}

Cli::Cli() : environment_(QProcessEnvironment::systemEnvironment()) {
    environment_.insert(u"SEALWRIGHT_PASSPHRASE"_s, u"correct horse"_s);
    environment_.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment_.insert(u"HOME"_s, folder_.path());
    environment_.remove(u"XDG_DATA_HOME"_s);
}

Done Cli::run(const QStringList& arguments, const QByteArray& input) {
    return runPlain(
        QStringList{u"--data-dir"_s, path(u"data"_s), u"--vault"_s, u"file:"_s + path(u"vault.pem"_s), u"--offline"_s} +
            arguments,
        input);
}

Done Cli::runPlain(const QStringList& arguments, const QByteArray& input) {
    constexpr int patience = 60'000; // ms, for the slowest machine that makes a 4096-bit key
    QProcess process;
    process.setProcessEnvironment(environment_);
    process.setWorkingDirectory(folder_.path());
    process.setChildProcessModifier([] { setsid(); }); // without a terminal to ask at
    process.start(QStringLiteral(SEALWRIGHT_CLI), arguments);
    running_ = process.waitForStarted() ? process.processId() : 0;
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        ADD_FAILURE() << "hangs: " << arguments.join(u' ').toStdString();
    }
    Done done;
    done.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    done.out = process.readAllStandardOutput();
    done.err = process.readAllStandardError();
    return done;
}

void Cli::setUp(const QString& domain, const QStringList& more) {
    const Done done =
        run(QStringList{u"setup"_s, domain, u"--stack"_s, u"exim4-debian"_s, u"--mail-host"_s, u"mail.example.org"_s,
                        u"--selector"_s, u"s2026"_s, u"--out"_s, path(domain + u"-bundle"_s)} +
            more);
    ASSERT_EQ(done.status, 0) << done.err.toStdString();
}

QString Cli::write(const QString& name, const QByteArray& content) const {
    QFile file(path(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(content) == content.size()) << name.toStdString();
    return file.fileName();
}

QByteArray Cli::read(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
}

QStringList Cli::everything() const {
    QStringList names;
    QDirIterator each(folder_.path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (each.hasNext()) {
        names << each.next().mid(folder_.path().size() + 1);
    }
    names.sort();
    return names;
}

QStringList fieldsOf(const QJsonObject& object) {
    return object.keys();
}

QString tagOf(const QString& record, const QString& tag) {
    const QRegularExpression value(u"(?:^|[; ])%1=([^;]*)"_s.arg(tag));
    return value.match(record).captured(1).trimmed();
}

QJsonObject recordFor(const QJsonArray& records, const QString& purpose) {
    for (const QJsonValue& record : records) {
        if (record[u"purpose"_s].toString() == purpose) {
            return record.toObject();
        }
    }
    return {};
}

testing::AssertionResult isClearMessage(const QByteArray& message) {
    const QString text = QString::fromUtf8(message).trimmed();
    if (text.isEmpty()) {
        return testing::AssertionFailure() << "no message";
    }
    static const QRegularExpression inside(
        u"terminate called|std::|Segmentation|AddressSanitizer|runtime error|core/|\\.cpp|%[0-9]"_s);
    static const QRegularExpression acting(u"[\\x{00}-\\x{08}\\x{0b}-\\x{1f}\\x{7f}\\x{202a}-\\x{202e}]"_s);
    if (text.contains(inside) || text.contains(acting) || text.size() > 2500) {
        return testing::AssertionFailure() << "not a clear message: " << text.toStdString();
    }
    return testing::AssertionSuccess();
}

} // namespace sealwright::test

QT_BEGIN_NAMESPACE
void PrintTo(const QString& text, std::ostream* stream) {
    *stream << '"' << text.toStdString() << '"';
}
void PrintTo(const QByteArray& octets, std::ostream* stream) {
    *stream << '"' << octets.toStdString() << '"';
}
QT_END_NAMESPACE
