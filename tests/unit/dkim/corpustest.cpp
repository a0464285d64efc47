#include "dkim/verify.h"
#include "support/fakeresolver.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace sealwright::dkim {
namespace {

const std::filesystem::path data = SEALWRIGHT_TEST_DATA "/dkim";

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

// The keys that a corpus was published with, or what the DNS says instead of one.
void addKeys(const std::string& origin, test::FakeResolver& resolver) {
    std::ifstream file(data / (origin + "-keys.tsv"), std::ios::binary);
    ASSERT_TRUE(file) << origin;
    for (std::string line; std::getline(file, line);) {
        const std::string name = line.substr(0, line.find('\t'));
        const std::string value = line.substr(name.size() + 1);
        const auto owner = DomainName::parseDns(name);
        if (!owner || value == "NXDOMAIN") {
            continue;
        }
        if (value == "TIMEOUT" || value == "SERVFAIL") {
            resolver.fail(name, value == "TIMEOUT" ? AnswerStatus::timedOut : AnswerStatus::serverFailure);
        } else {
            resolver.add(ResourceRecord{*owner, RecordType::txt, std::chrono::seconds(300), value});
        }
    }
}

// One word per signature: its result, and why where it is not pass.
std::string verdictOf(const std::filesystem::path& path, Resolver& resolver) {
    const std::string octets = contentOf(path);
    message::Header header = message::Header::parse(octets);
    const std::size_t body = header.bodyBegin;
    Verifier verifier(std::move(header));
    for (std::size_t at = body; at < octets.size(); at += 7) { // in pieces: they may end anywhere
        verifier.addBody(std::string_view(octets).substr(at, 7));
    }
    std::string words;
    for (const VerifiedSignature& one :
         verifier.finish(resolver, std::chrono::sys_days{std::chrono::year(2004) / 1 / 1}, {})) {
        words += (words.empty() ? "" : " ") + std::string(toString(one.result));
        words += one.problem ? ":" + std::string(toString(*one.problem)) : "";
        words += one.signatureError ? ":" + std::string(toString(one.signatureError->code)) : "";
    }
    return words.empty() ? "none" : words;
}

TEST(DkimCorpus, GivesEachMessageItsVerdict) {
    std::ifstream file(data / "verdicts.tsv");
    ASSERT_TRUE(file);
    int messages = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) {
            continue;
        }
        const std::string name = line.substr(0, line.find('\t'));
        test::FakeResolver resolver;
        addKeys(name.substr(0, name.find('/')), resolver);
        EXPECT_EQ(verdictOf(data / name, resolver), line.substr(name.size() + 1)) << name;
        ++messages;
    }
    EXPECT_EQ(messages, 67);
}

} // namespace
} // namespace sealwright::dkim
