#include "live/unboundresolver.h"

#include "support/dnsserver.h"

#include <gmock/gmock.h>

#include <future>

namespace sealwright {
namespace {

using test::dnsName;
using test::DnsServer;
using test::Mischief;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Asks these servers and nobody else.
std::unique_ptr<UnboundResolver> resolverFor(std::initializer_list<const DnsServer*> servers,
                                             std::chrono::milliseconds timeout = 10s) {
    ResolverOptions options;
    for (const DnsServer* server : servers) {
        options.servers.push_back(server->address());
    }
    options.timeout = timeout;
    return UnboundResolver::create(options).value();
}

std::vector<Question> txtQuestions(int count) {
    std::vector<Question> questions;
    for (int i = 0; i < count; ++i) {
        questions.push_back({dnsName("n" + std::to_string(i) + ".example.test"), RecordType::txt});
    }
    return questions;
}

TEST(UnboundResolver, TellsApartWhatTheDnsSays) {
    DnsServer server(R"(
        example.test        MX    10 mail.example.test.
        example.test        TXT   v=spf1 mx -all
        www.example.test    CNAME example.test
        mail.example.test   A     192.0.2.1
        mail.example.test   AAAA  2001:db8::1
        1.2.0.192.in-addr.arpa PTR mail.example.test
        1.0.0.10.in-addr.arpa  PTR mail.example.test
    )");
    server.data().fail("broken.test", AnswerStatus::serverFailure);
    const auto resolver = resolverFor({&server});
    const struct {
        const char* name;
        RecordType type;
        AnswerStatus status;
        std::vector<std::string> records;
    } table[] = {
        {"example.test", RecordType::mx, AnswerStatus::found, {"10 mail.example.test."}},
        {"example.test", RecordType::txt, AnswerStatus::found, {"v=spf1 mx -all"}},
        {"www.example.test", RecordType::txt, AnswerStatus::found, {"v=spf1 mx -all"}},
        {"mail.example.test", RecordType::aaaa, AnswerStatus::found, {"2001:db8::1"}},
        {"1.2.0.192.in-addr.arpa", RecordType::ptr, AnswerStatus::found, {"mail.example.test."}},
        {"1.0.0.10.in-addr.arpa", RecordType::ptr, AnswerStatus::found, {"mail.example.test."}},
        {"mail.example.test", RecordType::txt, AnswerStatus::noData, {}},
        {"nothing.example.test", RecordType::a, AnswerStatus::nxDomain, {}},
        {"broken.test", RecordType::a, AnswerStatus::serverFailure, {}},
    };
    std::vector<Question> questions;
    for (const auto& row : table) {
        questions.push_back({dnsName(row.name), row.type});
    }
    const auto answers = resolver->lookupAll(questions, {});
    ASSERT_EQ(answers.size(), std::size(table));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(answers[i].status, table[i].status) << table[i].name << ' ' << answers[i].why;
        EXPECT_EQ(presentation(answers[i]), table[i].records) << table[i].name;
        EXPECT_EQ(answers[i].question, questions[i]);
        EXPECT_EQ(answers[i].security, DnsSecurity::insecure);
    }
    EXPECT_EQ(answers[2].canonicalName, dnsName("example.test"));
    EXPECT_EQ(answers[0].ttl, 300s);
    EXPECT_EQ(answers[8].why, "SERVFAIL");
}

TEST(UnboundResolver, AsksAThousandQuestionsAtOnce) {
    DnsServer server;
    const auto questions = txtQuestions(1000);
    for (const Question& question : questions) {
        server.data().add(question.name.toString() + " TXT " + question.name.toString());
    }
    server.delayAnswers(300ms);
    const auto resolver = resolverFor({&server});
    const auto begin = Clock::now();
    const auto answers = resolver->lookupAll(questions, {});
    const auto elapsed = Clock::now() - begin;
    for (const Answer& answer : answers) {
        EXPECT_THAT(texts(answer), ElementsAre(answer.question.name.toString()));
    }
    EXPECT_GE(elapsed, 300ms);
    EXPECT_LT(elapsed, 10s) << "300 s one after the other";
}

TEST(UnboundResolver, FetchesLongAnswersOverTcp) {
    DnsServer server;
    std::vector<std::string> values;
    for (int i = 0; i < 60; ++i) { // 60 kB, near the most that a message holds
        values.push_back(std::to_string(i) + std::string(1000, 'x'));
        server.data().add("long.test TXT " + values.back());
    }
    server.data().add("short.test TXT s");
    server.spoil("short.test", Mischief::truncated);
    const auto resolver = resolverFor({&server});
    EXPECT_THAT(texts(resolver->lookup(dnsName("long.test"), RecordType::txt)),
                testing::UnorderedElementsAreArray(values));
    EXPECT_THAT(texts(resolver->lookup(dnsName("short.test"), RecordType::txt)), ElementsAre("s"));
    EXPECT_TRUE(std::ranges::all_of(server.queries(), [](const auto& query) { return query.recursionDesired; }));
}

TEST(UnboundResolver, AsksTheOtherServerWhenOneIsSilent) {
    DnsServer silent;
    silent.data().fail("example.test", AnswerStatus::timedOut);
    DnsServer good("example.test TXT here");
    const auto resolver = resolverFor({&silent, &good});
    EXPECT_THAT(texts(resolver->lookup(dnsName("example.test"), RecordType::txt)), ElementsAre("here"));
}

TEST(UnboundResolver, GivesUpAtItsDeadlineAndKeepsWhatIsThere) {
    DnsServer server("here.test TXT yes");
    server.data().fail("silent.test", AnswerStatus::timedOut);
    const auto resolver = resolverFor({&server}, 200ms);
    const std::vector<Question> questions{{dnsName("here.test"), RecordType::txt},
                                          {dnsName("silent.test"), RecordType::txt}};
    const auto begin = Clock::now();
    const auto answers = resolver->lookupAll(questions, {});
    const auto elapsed = Clock::now() - begin;
    EXPECT_EQ(answers[0].status, AnswerStatus::found);
    EXPECT_EQ(answers[1].status, AnswerStatus::timedOut);
    EXPECT_GE(elapsed, 200ms);
    EXPECT_LT(elapsed, 5s) << "libunbound itself goes on for minutes";
}

class SpoiltAnswerTest : public testing::TestWithParam<Mischief> {};

TEST_P(SpoiltAnswerTest, IsNoAnswer) {
    DnsServer server("example.test TXT forged");
    server.spoil("example.test", GetParam());
    const auto resolver = resolverFor({&server}, 1s);
    const Answer answer = resolver->lookup(dnsName("example.test"), RecordType::txt);
    EXPECT_FALSE(answer.isConclusive());
    EXPECT_THAT(answer.rdata, testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(UnboundResolver, SpoiltAnswerTest, testing::Values(Mischief::wrongId, Mischief::garbage));

TEST(UnboundResolver, ReturnsAtOnceWhenStopped) {
    DnsServer server;
    server.data().fail("silent.test", AnswerStatus::timedOut);
    const auto resolver = resolverFor({&server}, 60s);
    std::stop_source stop;
    auto answers = std::async(std::launch::async, [&] {
        const Question question{dnsName("silent.test"), RecordType::txt};
        return resolver->lookupAll({&question, 1}, stop.get_token());
    });
    EXPECT_EQ(answers.wait_for(50ms), std::future_status::timeout);
    const auto begin = Clock::now();
    stop.request_stop();
    EXPECT_EQ(answers.get().front().status, AnswerStatus::cancelled);
    EXPECT_LT(Clock::now() - begin, 5s);
    EXPECT_EQ(resolver->lookup(dnsName("other.test"), RecordType::a, stop.get_token()).status, AnswerStatus::cancelled);
}

TEST(UnboundResolver, EndsCleanlyWithLookupsInFlight) {
    DnsServer server;
    for (const Question& question : txtQuestions(50)) {
        server.data().fail(question.name.toString(), AnswerStatus::timedOut);
    }
    auto resolver = resolverFor({&server}, 20ms);
    EXPECT_THAT(resolver->lookupAll(txtQuestions(50), {}), Each(Field(&Answer::status, AnswerStatus::timedOut)));
    const auto begin = Clock::now();
    resolver.reset();
    EXPECT_LT(Clock::now() - begin, 5s);
}

TEST(UnboundResolver, ServesManyThreadsAtOnce) {
    DnsServer server;
    const auto questions = txtQuestions(64);
    for (const Question& question : questions) {
        server.data().add(question.name.toString() + " TXT " + question.name.toString());
    }
    const auto resolver = resolverFor({&server});
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (const Question& question : std::span(questions).subspan(i * 8, 8)) {
                EXPECT_THAT(texts(resolver->lookup(question.name, question.type)),
                            ElementsAre(question.name.toString()));
            }
        });
    }
}

TEST(UnboundResolver, ReachesServersOverIpv6) {
    std::optional<DnsServer> server;
    try {
        server.emplace("example.test TXT six", "::1");
    } catch (const std::runtime_error&) {
        GTEST_SKIP() << "this machine has no IPv6";
    }
    const auto resolver = resolverFor({&*server});
    EXPECT_THAT(texts(resolver->lookup(dnsName("example.test"), RecordType::txt)), ElementsAre("six"));
    const std::vector<ServerQuestion> questions{{server->asNameServer(), {dnsName("example.test"), RecordType::txt}}};
    EXPECT_THAT(texts(resolver->askServers(questions, {}).at(0).answer), ElementsAre("six"));
}

const Question keyQuestion{dnsName("k.example.test"), RecordType::txt};

std::vector<ServerQuestion> atEach(std::initializer_list<const DnsServer*> servers) {
    std::vector<ServerQuestion> questions;
    for (const DnsServer* server : servers) {
        questions.push_back({server->asNameServer(), keyQuestion});
    }
    return questions;
}

TEST(UnboundResolverAtNameServers, HearsEachServerByItself) {
    DnsServer recursive("k.example.test TXT cached");
    DnsServer current("k.example.test TXT new");
    DnsServer stale("k.example.test TXT old");
    DnsServer missing("other.example.test TXT x");
    DnsServer broken;
    broken.data().fail("k.example.test", AnswerStatus::serverFailure);
    DnsServer silent;
    silent.data().fail("k.example.test", AnswerStatus::timedOut);
    const auto resolver = resolverFor({&recursive}, 2s);
    const auto replies = resolver->askServers(atEach({&current, &stale, &missing, &broken, &silent}), {});
    EXPECT_THAT(texts(replies.at(0).answer), ElementsAre("new"));
    EXPECT_TRUE(replies.at(0).isAuthoritative);
    EXPECT_THAT(texts(replies.at(1).answer), ElementsAre("old"));
    EXPECT_EQ(replies.at(2).answer.status, AnswerStatus::nxDomain);
    EXPECT_EQ(replies.at(3).answer.status, AnswerStatus::serverFailure);
    EXPECT_EQ(replies.at(3).answer.why, "SERVFAIL");
    EXPECT_EQ(replies.at(4).answer.status, AnswerStatus::timedOut);
    for (const DnsServer* server : {&current, &stale, &missing, &broken}) {
        ASSERT_EQ(server->queries().size(), 1U);
        EXPECT_FALSE(server->queries().front().recursionDesired);
    }
    EXPECT_TRUE(recursive.queries().empty());
}

TEST(UnboundResolverAtNameServers, AsksAResolverForRecursion) {
    DnsServer other("k.example.test TXT remembered");
    const auto resolver = resolverFor({&other});
    auto questions = atEach({&other});
    questions.front().server.recursive = true;
    EXPECT_THAT(texts(resolver->askServers(questions, {}).at(0).answer), ElementsAre("remembered"));
    EXPECT_TRUE(other.queries().front().recursionDesired);
}

TEST(UnboundResolverAtNameServers, RemembersNothing) {
    DnsServer server("k.example.test TXT old");
    const auto resolver = resolverFor({&server});
    EXPECT_THAT(texts(resolver->askServers(atEach({&server}), {}).at(0).answer), ElementsAre("old"));
    server.data().remove("k.example.test", RecordType::txt);
    server.data().add("k.example.test TXT new");
    EXPECT_THAT(texts(resolver->askServers(atEach({&server}), {}).at(0).answer), ElementsAre("new"));
}

TEST(UnboundResolverAtNameServers, FetchesOverTcpWhatHasNoRoom) {
    DnsServer server("k.example.test TXT " + std::string(900, 'p'));
    server.spoil("k.example.test", test::Mischief::truncated);
    const auto resolver = resolverFor({&server});
    EXPECT_THAT(texts(resolver->askServers(atEach({&server}), {}).at(0).answer), ElementsAre(std::string(900, 'p')));
    EXPECT_EQ(server.queries().size(), 2U);
}

TEST(UnboundResolverAtNameServers, TakesGarbageForNoReply) {
    DnsServer garbage("k.example.test TXT x");
    garbage.spoil("k.example.test", test::Mischief::garbage);
    DnsServer stranger("k.example.test TXT x");
    stranger.spoil("k.example.test", test::Mischief::wrongId);
    const auto resolver = resolverFor({&garbage}, 1s);
    for (const Reply& reply : resolver->askServers(atEach({&garbage, &stranger}), {})) {
        EXPECT_FALSE(reply.answer.isConclusive());
    }
}

TEST(UnboundResolverAtNameServers, ShowsAnAliasWithoutWhatIsBehindIt) {
    DnsServer authority("k.example.test CNAME key.provider.test");
    const auto resolver = resolverFor({&authority});
    const auto reply = resolver->askServers(atEach({&authority}), {}).at(0);
    EXPECT_TRUE(reply.answer.rdata.empty());
    EXPECT_EQ(reply.answer.canonicalName, dnsName("key.provider.test"));
}

TEST(UnboundResolverAtNameServers, AsksManyServersManyQuestionsAtOnce) {
    DnsServer server;
    std::vector<ServerQuestion> questions;
    for (int i = 0; i < 500; ++i) {
        const auto name = dnsName("k" + std::to_string(i) + ".example.test");
        server.data().add(name.toString() + " TXT v" + std::to_string(i));
        questions.push_back({server.asNameServer(), {name, RecordType::txt}});
    }
    const auto resolver = resolverFor({&server});
    const auto replies = resolver->askServers(questions, {});
    for (std::size_t i = 0; i < replies.size(); ++i) {
        ASSERT_THAT(texts(replies[i].answer), ElementsAre("v" + std::to_string(i)));
    }
}

TEST(UnboundResolverAtNameServers, StopsAtOnceHoweverManyAreSilent) {
    DnsServer silent;
    silent.data().fail("k.example.test", AnswerStatus::timedOut);
    const auto resolver = resolverFor({&silent}, 60s);
    const std::vector<ServerQuestion> questions(13, atEach({&silent}).front());
    std::stop_source stop;
    auto replies = std::async(std::launch::async, [&] { return resolver->askServers(questions, stop.get_token()); });
    EXPECT_EQ(replies.wait_for(100ms), std::future_status::timeout);
    const auto begin = Clock::now();
    stop.request_stop();
    for (const Reply& reply : replies.get()) {
        EXPECT_EQ(reply.answer.status, AnswerStatus::cancelled);
    }
    EXPECT_LT(Clock::now() - begin, 5s);
}

} // namespace
} // namespace sealwright
