// libspf2's verdicts: CASE -> CASE TAB result [TAB explanation]. The DNS is the suite's, as we see it ourselves.
#include "support/spfsuite.h"

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
extern "C" {
#include <spf2/spf.h>
#include <spf2/spf_dns.h>
}

#include <cstring>
#include <iostream>

namespace sealwright::test {
namespace {

SpfSuiteResolver& resolverOf(SPF_dns_server_t* server) {
    return *static_cast<SpfSuiteResolver*>(server->hook);
}

int statusFor(AnswerStatus status) {
    return status == AnswerStatus::found      ? NETDB_SUCCESS
           : status == AnswerStatus::nxDomain ? HOST_NOT_FOUND
           : status == AnswerStatus::noData   ? NO_DATA
                                              : TRY_AGAIN;
}

// As libspf2's own layers keep it: addresses in network order, everything else as a string that ends with a zero.
std::vector<std::string> contents(const Answer& answer) {
    const RecordType type = answer.question.type;
    if (type == RecordType::a || type == RecordType::aaaa) {
        return answer.rdata;
    }
    std::vector<std::string> all;
    if (type == RecordType::txt) {
        all = texts(answer);
    } else if (type == RecordType::mx) {
        for (const MxHost& host : mxHosts(answer)) {
            all.push_back(host.exchange.toString());
        }
    } else {
        for (const DomainName& name : names(answer)) {
            all.push_back(name.toString());
        }
    }
    for (std::string& one : all) {
        one.push_back('\0');
    }
    return all;
}

SPF_dns_rr_t* lookUp(SPF_dns_server_t* server, const char* domain, ns_type type, int) {
    const auto name = DomainName::parseExpanded(domain);
    const auto wanted = type == ns_t_a      ? std::optional(RecordType::a)
                        : type == ns_t_aaaa ? std::optional(RecordType::aaaa)
                        : type == ns_t_mx   ? std::optional(RecordType::mx)
                        : type == ns_t_ptr  ? std::optional(RecordType::ptr)
                        : type == ns_t_txt  ? std::optional(RecordType::txt)
                                            : std::nullopt;
    if (!name || !wanted) {
        return SPF_dns_rr_new_init(server, domain, type, 0, HOST_NOT_FOUND);
    }
    const Answer answer = resolverOf(server).lookup(*name, *wanted);
    SPF_dns_rr_t* set = SPF_dns_rr_new_init(server, domain, type, 300, statusFor(answer.status));
    for (const std::string& content : contents(answer)) {
        SPF_dns_rr_buf_realloc(set, set->num_rr, content.size() + 1);
        std::memcpy(set->rr[set->num_rr++], content.data(), content.size());
    }
    return set;
}

// Where a record can't be had or read, the result stays invalid, and what it should be is left to the caller.
std::string resultOf(SPF_response_t* response, SPF_errcode_t error) {
    const SPF_result_t result = SPF_response_result(response);
    if (result != SPF_RESULT_INVALID) {
        return SPF_strresult(result);
    }
    return error == SPF_E_DNS_ERROR ? "temperror" : "permerror";
}

std::string judge(SPF_server_t* server, const SpfSuiteCase& one) {
    SPF_request_t* request = SPF_request_new(server);
    const bool isIp6 = one.client.find(':') != std::string::npos;
    isIp6 ? SPF_request_set_ipv6_str(request, one.client.c_str())
          : SPF_request_set_ipv4_str(request, one.client.c_str());
    SPF_request_set_helo_dom(request, one.helo.c_str());
    if (!one.mailFrom.empty()) {
        SPF_request_set_env_from(request, one.mailFrom.c_str());
    }
    SPF_response_t* response = nullptr;
    const SPF_errcode_t error = SPF_request_query_mailfrom(request, &response);
    std::string verdict = resultOf(response, error);
    if (one.explanation) {
        const char* explanation = SPF_response_get_explanation(response);
        verdict += '\t' + std::string(explanation == nullptr ? "(none)" : explanation);
    }
    SPF_response_free(response);
    SPF_request_free(request);
    return verdict;
}

std::string verdict(const SpfSuiteScenario& scenario, const SpfSuiteCase& one) {
    SpfSuiteResolver resolver(scenario);
    SPF_dns_server_t dns{};
    dns.lookup = lookUp;
    dns.name = "suite";
    dns.hook = &resolver;
    SPF_server_t* server = SPF_server_new_dns(&dns, 0);
    SPF_server_set_rec_dom(server, "unknown");
    const std::string words = judge(server, one);
    SPF_server_free(server);
    return words;
}

std::string verdict(const std::string& id) {
    for (const SpfSuiteScenario& scenario : spfSuite()) {
        for (const SpfSuiteCase& one : scenario.cases) {
            if (one.id == id) {
                return verdict(scenario, one);
            }
        }
    }
    return "(no such case)";
}

} // namespace
} // namespace sealwright::test

int main() {
    for (std::string id; std::getline(std::cin, id);) {
        std::cout << id << '\t' << sealwright::test::verdict(id) << std::endl;
    }
}
