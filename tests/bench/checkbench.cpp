// What a whole check of a domain costs: round trips, questions, CPU; and a thousand domains.
#include "checks/checkrunner.h"
#include "cost.h"
#include "live/unboundresolver.h"
#include "support/dnsserver.h"
#include "support/ownnetwork.h"

#include <sys/resource.h>

#include <atomic>

using namespace sealwright;
using namespace std::chrono_literals;
using bench::require;
using test::dnsName;
using test::DnsServer;

namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

Milliseconds elapsed(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::steady_clock::now() - begin;
}

/// As Sealwright sets a domain up: a key, a mail host, reports inside.
Profile profileOf(const std::string& domain, const SigningKey& key) {
    Profile profile(dnsName(domain));
    profile.mailHost = dnsName("mail." + domain);
    profile.reportsTo = {defaultReportAddress(profile.domain)};
    profile.keys = {key};
    return profile;
}

SigningKey makeKey() {
    return describe(KeyPair::generate(KeyAlgorithm::rsa2048).value(), Selector::parse("s202611").value(), {});
}

std::string zoneOf(const std::string& domain, int number) {
    const std::string address = std::to_string(1 + number % 250) + "." + std::to_string(number / 250);
    const std::string reversed = std::to_string(number / 250) + "." + std::to_string(1 + number % 250);
    return domain + " SOA ns1.test. hostmaster.test. 1 3600 600 86400 300\n" + //
           domain + " NS ns1.test\n" +                                         //
           domain + " NS ns2.test\n" +                                         //
           domain + " MX 10 mail." + domain + "\n" +                           //
           "mail." + domain + " A 11.5." + address + "\n" +                    //
           reversed + ".5.11.in-addr.arpa PTR mail." + domain + "\n";
}

constexpr std::string_view zoneAbove = R"(
    test      SOA ns1.test. hostmaster.test. 1 3600 600 86400 300
    test      NS  ns1.test
    ns1.test  A   127.0.0.1
    ns2.test  A   127.0.0.2
)";

void publish(DnsServer& server, const Profile& profile) {
    test::FakeResolver nothing;
    for (const PlannedRecord& planned : makePlan(profile, readPublished(profile, nothing, {})).records) {
        if (planned.purpose != Purpose::mx) {
            server.data().add(planned.record);
        }
    }
}

std::size_t askedTwice(const DnsServer& server) {
    std::map<std::pair<Question, bool>, std::size_t> times;
    for (const DnsServer::Query& query : server.queries()) {
        if (!query.overTcp) {
            ++times[{query.question, query.recursionDesired}];
        }
    }
    return static_cast<std::size_t>(std::ranges::count_if(times, [](const auto& entry) { return entry.second > 1; }));
}

struct Seen {
    std::atomic<int> findings = 0;
    std::atomic<int> wrong = 0; ///< Keys that were not found: the laboratory does not work.

    FindingSink sink() {
        return [this](const Finding& finding) {
            ++findings;
            wrong += finding.code == FindingCode::dkimMissing || finding.code == FindingCode::unknown ? 1 : 0;
        };
    }
};

std::unique_ptr<UnboundResolver> resolverAt(const DnsServer& server) {
    ResolverOptions options;
    options.servers = {server.address()};
    return UnboundResolver::create(options).value();
}

void benchOneDomain(DnsServer& first, DnsServer& second, const Profile& profile) {
    constexpr auto roundTrip = 50ms;
    first.delayAnswers(roundTrip);
    second.delayAnswers(roundTrip);
    const auto resolver = resolverAt(first);
    NoNetwork network;
    Seen seen;
    const double cpuBefore = bench::cpuSeconds();
    const Milliseconds took = elapsed([&] { runChecks({profile, *resolver, network}, seen.sink(), {}); });
    const double cpu = (bench::cpuSeconds() - cpuBefore) * 1000;
    require(seen.findings > 0 && seen.wrong == 0, "every check finds what was published");
    const std::size_t queries = first.queries().size() + second.queries().size();
    std::printf("one domain:      %.0f ms = %.2f round trips of 50 ms; %zu questions, %zu of them twice; CPU %.0f ms "
                "with the name servers'\n",
                took.count(), took / roundTrip, queries, askedTwice(first) + askedTwice(second), cpu);
    // A checker that asks one question after the other: what the same questions cost it at least.
    std::printf("                 %.1f times as quick as the same questions one after the other\n",
                static_cast<double>(queries) * roundTrip / took);
}

void benchManyDomains(DnsServer& first, DnsServer& second, const SigningKey& key) {
    constexpr auto roundTrip = 20ms;
    constexpr int count = 1000;
    constexpr int jobs = 32;
    std::vector<Profile> profiles;
    for (int i = 0; i < count; ++i) {
        const std::string domain = "d" + std::to_string(i) + ".test";
        profiles.push_back(profileOf(domain, key));
        for (DnsServer* server : {&first, &second}) {
            server->data().add(zoneOf(domain, i));
            publish(*server, profiles.back());
        }
    }
    first.delayAnswers(roundTrip);
    second.delayAnswers(roundTrip);
    const auto resolver = resolverAt(first);
    NoNetwork network;
    Seen seen;
    std::atomic<std::size_t> next = 0;
    const Milliseconds took = elapsed([&] {
        std::vector<std::jthread> workers;
        for (int i = 0; i < jobs; ++i) {
            workers.emplace_back([&] {
                for (std::size_t at = next++; at < profiles.size(); at = next++) {
                    runChecks({profiles[at], *resolver, network}, seen.sink(), {});
                }
            });
        }
    });
    require(seen.wrong == 0, "every key of a thousand domains is found");
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%d domains:    %.1f s at 20 ms per answer with %d jobs; at most %ld MB, with the name servers and "
                "their zones\n",
                count, took.count() / 1000, jobs, usage.ru_maxrss / 1024);
}

} // namespace

int main() {
    if (!test::enterOwnNetwork()) {
        std::printf("SKIPPED, needs root for name servers on port 53\n");
        return 0;
    }
    const SigningKey key = makeKey();
    const Profile profile = profileOf("example.test", key);
    DnsServer first(std::string(zoneAbove) + zoneOf("example.test", 2000), "127.0.0.1", 53);
    DnsServer second(std::string(zoneAbove) + zoneOf("example.test", 2000), "127.0.0.2", 53);
    publish(first, profile);
    publish(second, profile);
    benchOneDomain(first, second, profile);
    benchManyDomains(first, second, key);
}
