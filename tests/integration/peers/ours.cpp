// Our verdicts as the peers' drivers give theirs: cases on the standard input, one line for each on the output.
//
//   ours spf     CASE                                  -> CASE TAB result [TAB explanation]
//   ours dkim    CASE TAB MESSAGEFILE TAB KEYFILE      -> CASE TAB one word for each signature, top one first
#include "dkim/verify.h"
#include "spf/evaluate.h"
#include "support/fakeresolver.h"
#include "support/spfsuite.h"

#include <fstream>
#include <iostream>
#include <sstream>

namespace sealwright::test {
namespace {

std::string spfVerdict(const SpfSuiteScenario& scenario, const SpfSuiteCase& one) {
    SpfSuiteResolver resolver(scenario);
    const auto evaluation = spf::evaluate({*IpAddress::parse(one.client), one.mailFrom, one.helo}, resolver, {});
    const std::string result(toString(evaluation.result));
    return one.explanation ? result + '\t' + evaluation.explanation.value_or("(none)") : result;
}

void judgeSpf() {
    std::map<std::string, std::string> verdicts;
    for (const SpfSuiteScenario& scenario : spfSuite()) {
        for (const SpfSuiteCase& one : scenario.cases) {
            verdicts[one.id] = spfVerdict(scenario, one);
        }
    }
    for (std::string id; std::getline(std::cin, id);) {
        std::cout << id << '\t' << verdicts.at(id) << std::endl;
    }
}

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

void addKeys(const std::string& path, FakeResolver& resolver) {
    std::istringstream keys(contentOf(path));
    for (std::string line; std::getline(keys, line);) {
        const std::string name = line.substr(0, line.find('\t'));
        const std::string value = line.substr(name.size() + 1);
        if (value == "SERVFAIL") {
            resolver.fail(name, AnswerStatus::serverFailure);
        } else if (value != "NXDOMAIN") {
            resolver.add(ResourceRecord{dnsName(name), RecordType::txt, std::chrono::seconds(300), value});
        }
    }
}

std::string dkimVerdict(const std::string& octets, Resolver& resolver) {
    message::Header header = message::Header::parse(octets);
    const std::size_t body = header.bodyBegin;
    dkim::Verifier verifier(std::move(header));
    verifier.addBody(std::string_view(octets).substr(body));
    std::string words;
    for (const auto& one : verifier.finish(resolver, std::chrono::sys_days{std::chrono::year(2026) / 1 / 1}, {})) {
        words += (words.empty() ? "" : " ") + std::string(toString(one.result));
        words += one.problem ? ":" + std::string(toString(*one.problem)) : "";
        words += one.signatureError ? ":" + std::string(toString(one.signatureError->code)) : "";
    }
    return words.empty() ? "none" : words;
}

void judgeDkim() {
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words(line);
        std::string id, message, keys;
        std::getline(std::getline(std::getline(words, id, '\t'), message, '\t'), keys);
        FakeResolver resolver;
        addKeys(keys, resolver);
        std::cout << id << '\t' << dkimVerdict(contentOf(message), resolver) << std::endl;
    }
}

} // namespace
} // namespace sealwright::test

int main(int count, char** arguments) {
    const std::string_view what = count == 2 ? arguments[1] : "";
    if (what == "spf") {
        sealwright::test::judgeSpf();
    } else if (what == "dkim") {
        sealwright::test::judgeDkim();
    } else {
        std::cerr << "usage: ours spf|dkim\n";
        return 2;
    }
}
