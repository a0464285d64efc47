#include "live/livenetwork.h"
#include "live/unboundresolver.h"
#include "support/dnsserver.h"
#include "support/program.h"
#include "support/scriptedserver.h"
#include "viewmodels/verifyviewmodel.h"
#include "wizardfixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

using namespace sealwright;
using namespace sealwright::test;
using namespace std::chrono_literals;

namespace {

constexpr int rounds = 500;
constexpr int longestPause = 40; // ms; longer than a good part of a check takes here, shorter than its silent parts

constexpr std::string_view zones = R"(
    example.org             SOA   ns1.example.org. hostmaster.example.org. 1 7200 3600 1209600 300
    example.org             NS    ns1.example.org.
    example.org             NS    ns2.example.org.
    ns1.example.org         A     192.0.2.1
    ns2.example.org         A     192.0.2.2
    example.org             MX    10 mx.example.org.
    example.org             TXT   v=spf1 mx include:slow.example.net include:silent.example.net -all
    mx.example.org          A     192.0.2.25
    mx.example.org          A     192.0.2.26
    25.2.0.192.in-addr.arpa PTR   mx.example.org.
    _mta-sts.example.org    TXT   v=STSv1; id=1
    mta-sts.example.org     A     192.0.2.80
    slow.example.net        TXT   v=spf1 ip4:198.51.100.0/24 -all
    other.example           SOA   ns1.example.org. hostmaster.example.org. 1 7200 3600 1209600 300
    other.example           NS    ns1.example.org.
    other.example           MX    10 mx.example.org.
    other.example           TXT   v=spf1 mx -all
)";

/// The real resolver; name servers, wherever they are, are the two of the test.
class NearResolver final : public Resolver {
public:
    NearResolver(Resolver& behind, std::vector<NameServer> servers) : behind_(behind), servers_(std::move(servers)) {}

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override {
        return behind_.lookupAll(questions, std::move(stop));
    }
    [[nodiscard]] std::vector<Reply> askServers(std::span<const ServerQuestion> questions,
                                                std::stop_token stop) override {
        std::vector<ServerQuestion> near(questions.begin(), questions.end());
        for (std::size_t i = 0; i < near.size(); ++i) {
            near[i].server = servers_[i % servers_.size()];
        }
        return behind_.askServers(near, std::move(stop));
    }
    [[nodiscard]] std::vector<Answer> lookupFromRoot(std::span<const Question> questions,
                                                     std::stop_token stop) override {
        return behind_.lookupAll(questions, std::move(stop));
    }
    [[nodiscard]] bool reachesNameServers() const override { return true; }
    [[nodiscard]] bool validates() const override { return true; }

private:
    Resolver& behind_;
    std::vector<NameServer> servers_;
};

/// The real network; every server, wherever it is, is the one of the test.
class NearNetwork final : public Network {
public:
    NearNetwork(Network& behind, const ScriptedServer& server) : behind_(behind), server_(server) {}

    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                                  const std::stop_token& stop) override {
        std::vector<SmtpTarget> near(targets.begin(), targets.end());
        for (SmtpTarget& target : near) {
            target.address = server_.address();
            target.port = server_.port();
        }
        return behind_.probeSmtp(near, helo, stop);
    }
    [[nodiscard]] HttpsSeen fetch(const HttpsTarget& target, const std::stop_token& stop) override {
        return behind_.fetch({target.host, target.path, {server_.address()}, server_.port()}, stop);
    }

private:
    Network& behind_;
    const ScriptedServer& server_;
};

std::ptrdiff_t entries(const char* folder) {
    return std::ranges::distance(std::filesystem::directory_iterator(folder));
}

/// Of this process, in kB.
long residentMemory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stol(line.substr(6));
        }
    }
    return 0;
}

class VerifyHammer : public testing::Test {
protected:
    TemporaryFolder anchors; ///< For another zone: the server of the test signs nothing.
    DnsServer server{zones};
    DnsServer lazy{zones}; ///< Slow, and to some questions silent.
    ScriptedServer silent{[](Conversation& conversation) { conversation.keepSilent(); }};
    std::unique_ptr<UnboundResolver> unbound = makeResolver();
    std::unique_ptr<Network> live = std::move(*LiveNetwork::create({false, 60s, {}}));
    NearResolver resolver{*unbound, {server.asNameServer(), lazy.asNameServer()}};
    NearNetwork network{*live, silent};
    NoCourier courier;
    FakePasswords passwords;
    FixedClock clock;
    QTemporaryDir folder;
    ProfileStore store{QDir(folder.path())};
    WizardState state{WizardTools{.store = store,
                                  .resolver = resolver,
                                  .network = network,
                                  .courier = courier,
                                  .passwords = passwords,
                                  .clock = clock,
                                  .keychain = std::make_shared<FakeVault>(),
                                  .openKeyFile = [](SecretBytes) { return std::make_shared<FakeVault>(); },
                                  .keyFilePath = folder.filePath(QStringLiteral("keys.pem"))}};
    std::mt19937 random{20261128};

    VerifyHammer() {
        server.delayAnswer("slow.example.net", 20ms);
        server.delayAnswer("mx.example.org", 5ms);
        lazy.delayAnswers(15ms);
        for (DnsServer* each : {&server, &lazy}) {
            each->data().fail("silent.example.net", AnswerStatus::timedOut);
            each->data().fail("_smtp._tls.example.org", AnswerStatus::timedOut);
        }
        lazy.data().fail("_dmarc.example.org", AnswerStatus::timedOut);
    }

    std::unique_ptr<UnboundResolver> makeResolver() {
        ResolverOptions options;
        options.servers = {server.address()};
        options.trustAnchors =
            anchors.write("anchors", "signed.invalid. IN DS 12345 13 2 " + std::string(64, '0') + "\n");
        options.timeout = 60s;
        return std::move(*UnboundResolver::create(options));
    }

    int upTo(int most) { return std::uniform_int_distribution(0, most)(random); }
    void pause() { QTest::qWait(upTo(longestPause)); }
    void open(const char* domain) { ASSERT_TRUE(state.open(dnsName(domain))); }

    /// No finding is of an older run: of another domain's, or one that came before.
    void judge(VerifyViewModel& model) {
        const bool isFirst = state.profile().domain == dnsName("example.org");
        const auto& findings = model.model()->findings();
        for (auto finding = findings.begin(); finding != findings.end(); ++finding) {
            EXPECT_FALSE(isFirst && finding->subject.isAtOrBelow(dnsName("other.example")))
                << finding->subject.toString() << static_cast<int>(finding->code);
            EXPECT_EQ(std::count(finding, findings.end(), *finding), 1) << finding->subject.toString();
        }
    }

    /// Open files and sockets; the silent server keeps those of its connections to its end.
    std::ptrdiff_t openFiles() const { return entries("/proc/self/fd") - silent.connections(); }

    /// Stops; how long it took until all was still, in ms.
    double stop(VerifyViewModel& model) {
        QElapsedTimer timer;
        timer.start();
        model.stop();
        EXPECT_TRUE(waitUntil(model, &VerifyViewModel::changed, [&] { return !model.isRunning(); }));
        return static_cast<double>(timer.nsecsElapsed()) / 1e6;
    }
};

} // namespace

TEST_F(VerifyHammer, IsStoppedAndStartedAgainAtAnyMoment) {
    open("example.org");
    std::vector<double> waits;
    std::ptrdiff_t threads = 0;
    std::ptrdiff_t files = 0;
    long memory = 0;
    {
        VerifyViewModel model(state);
        int finished = 0;
        QObject::connect(&model, &VerifyViewModel::finished, [&] { ++finished; });
        QObject::connect(&model, &VerifyViewModel::changed, [&] { judge(model); });
        for (int round = 0; round < rounds && !HasFailure(); ++round) {
            model.run();
            pause();
            if (upTo(3) == 0) { // without stopping the one before
                model.run();
                pause();
            }
            if (upTo(5) == 0) {
                open(state.profile().domain == dnsName("example.org") ? "other.example" : "example.org");
                EXPECT_EQ(model.model()->findings().size(), 0U);
                model.run();
                pause();
            }
            waits.push_back(stop(model));
            if (round == rounds / 5) { // by then every place that is filled once is full
                threads = entries("/proc/self/task");
                files = openFiles();
                memory = residentMemory();
            }
        }
        EXPECT_EQ(finished, 0) << "silent servers keep every run from its end";
        QTest::qWait(200);
        EXPECT_LE(entries("/proc/self/task"), threads);
    }
    EXPECT_LE(openFiles(), files);
    std::ranges::sort(waits);
    std::cout << "stopping took " << waits[waits.size() / 2] << " ms (median), " << waits[waits.size() * 99 / 100]
              << " ms (99 of 100), " << waits.back() << " ms (worst); memory grew by " << residentMemory() - memory
              << " kB\n";
}
