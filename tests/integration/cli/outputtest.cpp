#include "cli.h"

#include <QProcess>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Output : public Cli {
protected:
    /// The program, started with profiles and vault of the test and not waited for.
    void start(QProcess& process, const QStringList& arguments) {
        process.setProcessEnvironment(environment_);
        process.setChildProcessModifier([] { setsid(); });
        process.start(QStringLiteral(SEALWRIGHT_CLI),
                      QStringList{u"--data-dir"_s, path(u"data"_s), u"--vault"_s, u"file:"_s + path(u"vault.pem"_s)} +
                          arguments);
        ASSERT_TRUE(process.waitForStarted());
    }
};

/// A DNS server that answers nothing, so that who asks it waits.
class SilentServer {
public:
    SilentServer() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(bind(socket_, generic, size), 0);
        EXPECT_EQ(getsockname(socket_, generic, &size), 0);
        port_ = ntohs(address.sin_port);
    }
    ~SilentServer() { close(socket_); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    [[nodiscard]] QString address() const { return u"127.0.0.1@%1"_s.arg(port_); }
    /// Waits for the first question.
    [[nodiscard]] bool isAsked() const {
        constexpr int patience = 30'000; // ms
        pollfd readable{socket_, POLLIN, 0};
        return poll(&readable, 1, patience) == 1;
    }

private:
    int socket_ = socket(AF_INET, SOCK_DGRAM, 0);
    quint16 port_ = 0;
};

} // namespace

TEST_F(Output, takesGlobalOptionsBeforeAndBehindTheCommand) {
    ASSERT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s}).status, 0);
    EXPECT_EQ(run({u"--json"_s, u"domain"_s, u"list"_s}).out, run({u"domain"_s, u"list"_s, u"--json"_s}).out);
    EXPECT_EQ(run({u"--timeout"_s, u"2"_s, u"records"_s, u"example.org"_s}).out,
              run({u"records"_s, u"example.org"_s, u"--timeout"_s, u"2"_s}).out);
}

TEST_F(Output, ofHelpAndVersionIsAResult) {
    for (const QStringList& arguments : {QStringList{u"--help"_s},
                                         {u"--version"_s},
                                         {u"setup"_s, u"--help"_s},
                                         {u"key"_s, u"import"_s, u"--help"_s}}) {
        const Done done = runPlain(arguments);
        EXPECT_EQ(done.status, 0);
        EXPECT_FALSE(done.out.isEmpty());
        EXPECT_EQ(done.err, "");
    }
    EXPECT_TRUE(runPlain({u"--version"_s}).out.startsWith("sealwright"))
        << runPlain({u"--version"_s}).out.toStdString();
}

TEST_F(Output, namesEveryCommandAndWhatTheExitStatusMeans) {
    const QByteArray help = runPlain({u"--help"_s}).out;
    for (const char* word : {"setup", "domain", "key", "records", "export", "check", "--json", "--resolver", "--zone",
                             "--offline", "--trust-anchor", "--timeout", "--data-dir", "--vault", "--verbose",
                             "Exit status", "SEALWRIGHT_PASSPHRASE"}) {
        EXPECT_TRUE(help.contains(word)) << word;
    }
}

TEST_F(Output, neverHoldsAPrivateKeyOrAPassphrase) {
    setUp(u"example.org"_s);
    ASSERT_EQ(run({u"key"_s, u"export"_s, u"example.org"_s, u"--out"_s, path(u"key.pem"_s)}).status, 0);
    const QByteArray secret = read(path(u"key.pem"_s)).split('\n').at(5);
    for (const QStringList& arguments :
         {QStringList{u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, path(u"o.zip"_s)},
          {u"--json"_s, u"key"_s, u"list"_s},
          {u"key"_s, u"list"_s},
          {u"key"_s, u"export"_s, u"example.org"_s, u"--public"_s},
          {u"--json"_s, u"domain"_s, u"show"_s, u"example.org"_s},
          {u"records"_s, u"example.org"_s},
          {u"--verbose"_s, u"check"_s, u"example.org"_s},
          {u"key"_s, u"import"_s, u"example.org"_s, path(u"key.pem"_s), u"--selector"_s, u"again"_s}}) {
        const Done done = run(arguments);
        for (const QByteArray& stream : {done.out, done.err}) {
            EXPECT_FALSE(stream.contains("PRIVATE KEY")) << arguments.join(u' ').toStdString();
            EXPECT_FALSE(stream.contains(secret)) << arguments.join(u' ').toStdString();
            EXPECT_FALSE(stream.contains("correct horse")) << arguments.join(u' ').toStdString();
        }
    }
    EXPECT_FALSE(read(path(u"data/profiles/example.org.json"_s)).contains(secret));
}

TEST_F(Output, keepsThePassphraseOutOfTheProcessTable) {
    setUp(u"example.org"_s);
    QProcess process; // waits for a key on standard input, after it has read its environment
    start(process, {u"--offline"_s, u"key"_s, u"import"_s, u"example.org"_s, u"-"_s});
    const auto ask = [&process](const char* name) {
        QFile file(QStringLiteral("/proc/%1/%2").arg(process.processId()).arg(QLatin1StringView(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    EXPECT_FALSE(ask("cmdline").contains("horse"));
    process.closeWriteChannel();
    EXPECT_TRUE(process.waitForFinished());
}

TEST_F(Output, thatNobodyReadsAnyMoreIsNoError) {
    setUp(u"example.org"_s);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    close(ends[0]);
    QProcess process;
    process.setChildProcessModifier([&ends] {
        setsid();
        dup2(ends[1], STDOUT_FILENO);
    });
    process.start(QStringLiteral(SEALWRIGHT_CLI),
                  {u"--data-dir"_s, path(u"data"_s), u"--offline"_s, u"records"_s, u"example.org"_s});
    close(ends[1]);
    ASSERT_TRUE(process.waitForFinished());
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_FALSE(process.readAllStandardError().contains("ipe"));
}

TEST_F(Output, thatCanNotBeWrittenIsAnError) {
    setUp(u"example.org"_s);
    QProcess process;
    process.setChildProcessModifier([] {
        setsid();
        dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO);
    });
    process.start(QStringLiteral(SEALWRIGHT_CLI),
                  {u"--data-dir"_s, path(u"data"_s), u"--offline"_s, u"records"_s, u"example.org"_s});
    ASSERT_TRUE(process.waitForFinished());
    EXPECT_EQ(process.exitCode(), 3);
    EXPECT_TRUE(isClearMessage(process.readAllStandardError()));
}

TEST_F(Output, stopsWhenToldTo) {
    // Nobody answers there (RFC 5737), so it would wait for its deadline.
    QProcess process;
    start(process, {u"--resolver"_s, u"192.0.2.1"_s, u"--timeout"_s, u"50"_s, u"check"_s, u"example.org"_s});
    process.setReadChannel(QProcess::StandardError); // says that the domain is not set up, then looks it up
    ASSERT_TRUE(process.waitForReadyRead());
    process.terminate();
    ASSERT_TRUE(process.waitForFinished(10'000));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 3);
}

TEST_F(Output, ofAStoppedSetUpIsNothing) {
    for (const bool atOnce : {true, false}) { // while it makes the key, and while it waits for the DNS
        const SilentServer server;
        QProcess process;
        start(process, {u"--resolver"_s, server.address(), u"--timeout"_s, u"50"_s, u"setup"_s, u"example.org"_s,
                        u"--stack"_s, u"exim4-debian"_s, u"--algorithm"_s, u"rsa4096"_s, u"--out"_s, path(u"out"_s)});
        ASSERT_TRUE(atOnce || server.isAsked());
        process.terminate();
        ASSERT_TRUE(process.waitForFinished(20'000));
        EXPECT_FALSE(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0);
        EXPECT_FALSE(QFileInfo::exists(path(u"out"_s)));
        for (const QString& name : everything()) {
            EXPECT_FALSE(name.contains(u"sealwright-new"_s) || name.endsWith(u".lock"_s)) << name.toStdString();
        }
    }
}
