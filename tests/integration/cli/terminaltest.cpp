#include "cli.h"

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

/// The program at a terminal, where somebody types a line at each of its prompts.
class Terminal : public Cli {
protected:
    Done at(const QStringList& arguments, const QList<QByteArray>& lines) {
        environment_.remove(u"SEALWRIGHT_PASSPHRASE"_s);
        QStringList command{u"env"_s, u"-i"_s};
        command << environment_.toStringList() << QStringLiteral(SEALWRIGHT_CLI) << u"--data-dir"_s << path(u"data"_s)
                << u"--vault"_s << u"file:"_s + path(u"vault.pem"_s) << u"--offline"_s << arguments;
        int terminal = -1;
        const pid_t program = forkpty(&terminal, nullptr, nullptr, nullptr);
        if (program == 0) {
            start(command);
        }
        Done done;
        for (const QByteArray& line : lines) {
            EXPECT_TRUE(readUntil(terminal, ": ", done.out)) << done.out.toStdString();
            EXPECT_EQ(::write(terminal, line.constData(), static_cast<std::size_t>(line.size())), line.size());
        }
        readUntil(terminal, {}, done.out);
        int status = 0;
        waitpid(program, &status, 0);
        done.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        close(terminal);
        return done;
    }

private:
    [[noreturn]] static void start(const QStringList& command) {
        QList<QByteArray> octets;
        std::vector<char*> words;
        for (const QString& word : command) {
            octets << word.toUtf8();
        }
        for (QByteArray& word : octets) {
            words.push_back(word.data());
        }
        words.push_back(nullptr);
        execvp(words.front(), words.data());
        _exit(127);
    }

    // An empty end: until nobody has the terminal any more.
    static bool readUntil(int terminal, const QByteArray& end, QByteArray& said) {
        char octet = 0;
        const qsizetype before = said.size();
        while (::read(terminal, &octet, 1) == 1) {
            said += octet;
            if (!end.isEmpty() && said.size() - before >= end.size() && said.endsWith(end)) {
                return true;
            }
        }
        return false;
    }
};

TEST_F(Terminal, TakesAPassphraseTypedTwiceWithoutShowingIt) {
    const Done made = at({u"key"_s, u"generate"_s, u"example.org"_s}, {"correct horse\n", "correct horse\n"});
    EXPECT_EQ(made.status, 0) << made.out.toStdString();
    EXPECT_FALSE(made.out.contains("horse"));
}

TEST_F(Terminal, TakesALongPassphraseWholeOrNotAtAll) {
    const QByteArray longest(1024, 'x');
    const Done made = at({u"key"_s, u"generate"_s, u"example.org"_s}, {longest + '\n', longest + '\n'});
    EXPECT_EQ(made.status, 0) << made.out.toStdString();
    const Done refused = at({u"key"_s, u"generate"_s, u"example.org"_s}, {longest + "y\n"});
    EXPECT_EQ(refused.status, 3);
    EXPECT_TRUE(refused.out.contains("1024 octets")) << refused.out.toStdString();
}

TEST_F(Terminal, SaysWhatWasWrongWithANewPassphrase) {
    const Done differs = at({u"key"_s, u"generate"_s, u"example.org"_s}, {"correct horse\n", "correct hearse\n"});
    EXPECT_EQ(differs.status, 3);
    EXPECT_TRUE(differs.out.contains("not the same")) << differs.out.toStdString();
}

TEST_F(Terminal, IsStoppedWhileItAsks) {
    const Done stopped = at({u"key"_s, u"generate"_s, u"example.org"_s}, {"correct \x03"});
    EXPECT_EQ(stopped.status, 3);
    EXPECT_TRUE(stopped.out.contains("Stopped.")) << stopped.out.toStdString();
    EXPECT_FALSE(stopped.out.contains("locked")) << stopped.out.toStdString();
}

} // namespace
