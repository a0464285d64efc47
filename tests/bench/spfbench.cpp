// What a verdict of SPF costs beside libspf2 and pyspf, in memory; and how many round trips, where the DNS is far away.
#include "cost.h"
#include "live/unboundresolver.h"
#include "spf/evaluate.h"
#include "support/dnsserver.h"
#include "support/fakeresolver.h"

#include <netinet/in.h>

extern "C" {
#include <spf2/spf.h>
#include <spf2/spf_dns_zone.h>
}

using namespace sealwright;
using namespace sealwright::bench;
using namespace std::chrono_literals;
using test::dnsName;

namespace {

constexpr std::string_view receivedBy = "mx.receiver.test";

// ---- we and they

struct ZoneLine {
    const char* name;
    ns_type type;
    const char* value;
};

constexpr const char* client = "203.0.113.25";

/// Ten domains, d0 to d9, of all sorts that are found, and what they need.
constexpr ZoneLine spfZone[] = {
    {"d0.test", ns_t_txt, "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 ip4:203.0.113.0/24 -all"},
    {"d1.test", ns_t_txt, "v=spf1 a mx -all"},
    {"d1.test", ns_t_a, "192.0.2.1"},
    {"d1.test", ns_t_mx, "10 mail.d1.test"},
    {"d1.test", ns_t_mx, "20 backup.d1.test"},
    {"mail.d1.test", ns_t_a, "192.0.2.2"},
    {"backup.d1.test", ns_t_a, client},
    {"d2.test", ns_t_txt, "v=spf1 include:_spf.service.test ~all"},
    {"_spf.service.test", ns_t_txt, "v=spf1 include:_a.service.test include:_b.service.test ~all"},
    {"_a.service.test", ns_t_txt, "v=spf1 ip4:192.0.2.0/28 ip4:192.0.2.32/27 ip6:2001:db8:1::/48 ~all"},
    {"_b.service.test", ns_t_txt, "v=spf1 ip4:198.51.100.0/25 ip4:203.0.113.16/28 ip6:2001:db8:2::/48 ~all"},
    {"d3.test", ns_t_txt, "v=spf1 redirect=_spf.service.test"},
    {"d4.test", ns_t_txt, "v=spf1 a:www.d4.test/24 -all"},
    {"www.d4.test", ns_t_a, "203.0.113.80"},
    {"d5.test", ns_t_txt, "v=spf1 exists:%{ir}.%{v}._allow.%{d} -all"},
    {"25.113.0.203.in-addr._allow.d5.test", ns_t_a, "127.0.0.2"},
    {"d6.test", ns_t_txt, "v=spf1 ptr -all"},
    {"25.113.0.203.in-addr.arpa", ns_t_ptr, "out.d6.test"},
    {"out.d6.test", ns_t_a, client},
    {"d7.test", ns_t_txt, "v=spf1 mx a:www.d7.test ip4:198.51.100.7 include:_a.service.test ip4:203.0.113.25 -all"},
    {"d7.test", ns_t_mx, "10 mail.d7.test"},
    {"mail.d7.test", ns_t_a, "198.51.100.25"},
    {"www.d7.test", ns_t_a, "198.51.100.80"},
    {"d8.test", ns_t_txt,
     "v=spf1 ip4:192.0.2.1 ip4:192.0.2.3 ip4:192.0.2.5 ip4:192.0.2.7 ip4:192.0.2.9 ip4:192.0.2.11 ip4:192.0.2.13 "
     "ip6:2001:db8:3::/48 ip6:2001:db8:4::/48 ip6:2001:db8:5::/48 ip4:203.0.113.24/30 ~all"},
    {"d9.test", ns_t_txt, "v=spf1 a include:_spf.service.test -all"},
    {"d9.test", ns_t_a, "192.0.2.9"},
};
constexpr int domains = 10;

std::string zoneText() {
    std::string text;
    for (const ZoneLine& line : spfZone) {
        const char* const type = line.type == ns_t_txt  ? "TXT"
                                 : line.type == ns_t_mx ? "MX"
                                 : line.type == ns_t_a  ? "A"
                                                        : "PTR";
        text.append(line.name).append(" ").append(type).append(" ").append(line.value).append("\n");
    }
    return text;
}

std::string senderAt(int domain) {
    return "office@d" + std::to_string(domain) + ".test";
}

void evaluateOurs(Resolver& resolver) {
    for (int i = 0; i < domains; ++i) {
        const spf::Sender sender{IpAddress::parse(client).value(), senderAt(i), "mail.example.test"};
        require(spf::evaluate(sender, resolver, {}).result == spf::Result::pass, "our verdict of SPF is pass");
    }
}

/// What a resolver that holds the answers costs, and nothing of what a test double keeps besides.
class InMemory : public Resolver {
public:
    explicit InMemory(std::string_view zone) {
        test::FakeResolver resolver(zone);
        evaluateOurs(resolver);
        for (const Question& question : resolver.questions()) {
            answers_.emplace(question, resolver.lookup(question.name, question.type));
        }
    }

    std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token /*stop*/) override {
        std::vector<Answer> answers;
        answers.reserve(questions.size());
        for (const Question& question : questions) {
            answers.push_back(answers_.at(question));
        }
        return answers;
    }

private:
    std::map<Question, Answer> answers_;
};

class Spf2 {
public:
    Spf2() {
        SPF_dns_server_t* const zone = SPF_dns_zone_new(nullptr, "bench", 0);
        for (const ZoneLine& line : spfZone) {
            require(SPF_dns_zone_add_str(zone, line.name, line.type, NETDB_SUCCESS, line.value) == SPF_E_SUCCESS,
                    line.name);
        }
        server_ = SPF_server_new_dns(zone, 0);
        require(server_ != nullptr, "libspf2 starts");
        SPF_server_set_rec_dom(server_, receivedBy.data());
    }
    ~Spf2() { SPF_server_free(server_); }
    Spf2(const Spf2&) = delete;
    Spf2& operator=(const Spf2&) = delete;

    void evaluate() {
        for (int i = 0; i < domains; ++i) {
            SPF_request_t* const request = SPF_request_new(server_);
            SPF_request_set_ipv4_str(request, client);
            SPF_request_set_helo_dom(request, "mail.example.test");
            SPF_request_set_env_from(request, senderAt(i).c_str());
            SPF_response_t* response = nullptr;
            SPF_request_query_mailfrom(request, &response);
            require(response != nullptr && SPF_response_result(response) == SPF_RESULT_PASS,
                    "libspf2's verdict of " + senderAt(i) + " is pass");
            SPF_response_free(response);
            SPF_request_free(request);
        }
    }

private:
    SPF_server_t* server_ = nullptr;
};

void benchSpfCost() {
    InMemory resolver(zoneText());
    Spf2 spf2;
    const auto [ours, theirs] = medians<2>({[&] { evaluateOurs(resolver); }, [&] { spf2.evaluate(); }}, {15, 200});
    std::printf("SPF ten records:            %.3f ms, libspf2 %.3f; ratio %.2f (target 1)", ours, theirs,
                ours / theirs);
    const test::TemporaryFolder folder;
    if (const auto pyspf = peerMilliseconds({"spf", folder.write("zone", zoneText()), client, "100"})) {
        std::printf("; pyspf %.3f, ratio %.3f", *pyspf, ours / *pyspf);
    }
    std::printf("\n");
}

// ---- round trips

/// Ten terms that ask, on three levels; with the record itself and the address of the MX host that is twelve queries.
constexpr std::string_view nestedZone = R"(
    example.test       TXT v=spf1 include:one.test include:two.test mx -all
    example.test       MX  10 mail.example.test
    mail.example.test  A   192.0.2.25
    one.test           TXT v=spf1 include:three.test a:a.one.test a:b.one.test ~all
    a.one.test         A   192.0.2.1
    b.one.test         A   192.0.2.2
    two.test           TXT v=spf1 include:four.test exists:allow.two.test ~all
    allow.two.test     A   127.0.0.2
    three.test         TXT v=spf1 a:a.three.test ~all
    a.three.test       A   192.0.2.3
    four.test          TXT v=spf1 a:a.four.test ~all
    a.four.test        A   203.0.113.25
)";

void benchSpfRoundTrips() {
    constexpr auto roundTrip = 50ms;
    test::DnsServer server(nestedZone);
    server.delayAnswers(roundTrip);
    ResolverOptions options;
    options.servers = {server.address()};
    const auto resolver = UnboundResolver::create(options).value();
    const spf::Sender sender{IpAddress::parse(client).value(), "office@example.test", "mail.example.test"};
    const auto begin = std::chrono::steady_clock::now();
    const spf::Evaluation evaluation = spf::evaluate(sender, *resolver, {});
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - begin;
    require(evaluation.result == spf::Result::pass, "the verdict of nested SPF is pass");
    std::printf("SPF nested, 50 ms away:     %.2f × 50 ms for %zu queries on four levels (target 4)\n",
                elapsed / roundTrip, server.queries().size());
}

} // namespace

int main() {
    sayHow();
    benchSpfCost();
    benchSpfRoundTrips();
}
