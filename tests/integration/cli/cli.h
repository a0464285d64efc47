#pragma once

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <atomic>
#include <gtest/gtest.h>

namespace sealwright::test {

/// What one run of sealwright-cli left.
struct Done {
    int status = -1; ///< -1: it did not end by itself.
    QByteArray out, err;

    [[nodiscard]] QJsonObject object() const; ///< Standard output is one JSON object and nothing else.
    [[nodiscard]] QJsonArray array() const;
};

/// Runs sealwright-cli with profiles and a vault of its own, off line, without a terminal.
class Cli : public testing::Test {
public:
    Cli();

protected:
    Done run(const QStringList& arguments, const QByteArray& input = {});
    /// The same with nothing added to the arguments.
    Done runPlain(const QStringList& arguments, const QByteArray& input = {});
    /// A domain with one RSA key, set up for exim4-debian; the test ends where that fails.
    void setUp(const QString& domain, const QStringList& more = {});

    [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }
    QString write(const QString& name, const QByteArray& content) const; ///< Returns its path.
    [[nodiscard]] static QByteArray read(const QString& path);
    /// Every file and folder below the test's own, without the lock files of saving.
    [[nodiscard]] QStringList everything() const;

    QProcessEnvironment environment_;
    std::atomic<qint64> running_ = 0; ///< The process of the run that is under way.

private:
    QTemporaryDir folder_;
};

/// The names of an object's fields.
[[nodiscard]] QStringList fieldsOf(const QJsonObject& object);
/// The value of an "a=" parameter in a record, up to the semicolon.
[[nodiscard]] QString tagOf(const QString& record, const QString& tag);
[[nodiscard]] QJsonObject recordFor(const QJsonArray& records, const QString& purpose);

/// Whether this is a message a person can use: one or a few lines of text, and no trace of the program's inside.
[[nodiscard]] testing::AssertionResult isClearMessage(const QByteArray& message);

} // namespace sealwright::test

QT_BEGIN_NAMESPACE
void PrintTo(const QString& text, std::ostream* stream);
void PrintTo(const QByteArray& octets, std::ostream* stream);
QT_END_NAMESPACE
