#include "dns/answer.h"
#include "spf/record.h"
#include "support/fakeresolver.h"

#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace sealwright::spf {
namespace {

// Those whose permerror comes of what a record leads to, and not of how it is written.
const std::set<std::string> ofMeaning = {"multitxt1",       "multitxt2",
                                         "multispf1",       "include-permerror",
                                         "include-none",    "redirect-none",
                                         "redirect-loop",   "include-loop",
                                         "mx-limit",        "ptr-limit",
                                         "mech-over-limit", "include-over-limit",
                                         "void-over-limit", "include-syntax-error-in-included"};

struct Suite {
    int readable = 0;
    int broken = 0;
};

std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find('\t', begin), line.size());
        all.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return all;
}

std::string lowered(std::string text) {
    for (char& c : text) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return text;
}

std::string txtOf(const std::string& quoted) {
    Answer answer({test::dnsName("example.org"), RecordType::txt});
    answer.status = AnswerStatus::found;
    answer.rdata = {test::wireRdata(RecordType::txt, quoted)};
    return texts(answer).at(0);
}

void expectReadable(const std::string& text) {
    const auto record = Record::parse(text);
    ASSERT_TRUE(record) << text << ": " << static_cast<int>(record.error().code) << " at " << record.error().where;
    EXPECT_EQ(Record::parse(record->toString()), *record) << text;
}

// One test of the suite: what its domain publishes can be read, or is broken as the expected result says.
void judge(const std::vector<std::string>& test, const std::map<std::string, std::string>& records, Suite& suite) {
    const std::string& id = test.at(1);
    const std::string& results = test.at(5);
    const std::string sender = test.at(4).empty() ? test.at(3) : test.at(4).substr(test.at(4).rfind('@') + 1);
    const auto record = records.find(lowered(sender));
    if (record == records.end() || !isSpf(record->second) || results.find(',') != std::string::npos) {
        return;
    }
    SCOPED_TRACE(id);
    if (results == "permerror" && !ofMeaning.contains(id)) {
        EXPECT_FALSE(Record::parse(record->second)) << record->second;
        ++suite.broken;
    } else {
        expectReadable(record->second);
        ++suite.readable;
    }
}

TEST(SpfSuite, OfRfc7208ReadsWhatIsValidAndRefusesWhatIsNot) {
    std::ifstream file(SEALWRIGHT_TEST_DATA "/spf/rfc7208-tests.tsv", std::ios::binary);
    ASSERT_TRUE(file);
    std::map<std::string, std::string> records;
    Suite suite;
    for (std::string line; std::getline(file, line);) {
        const auto words = fields(line);
        if (words.front() == "scenario") {
            records.clear();
        } else if (words.front() == "rr" && words.at(2) == "TXT" && !words.at(3).empty()) {
            const std::string text = txtOf(words.at(3));
            if (isSpf(text)) {
                records[lowered(words.at(1))] = text;
            }
        } else if (words.front() == "test") {
            judge(words, records, suite);
        }
    }
    EXPECT_GT(suite.broken, 50); // 203 tests, most of them about the meaning of readable records
    EXPECT_GT(suite.readable, 100);
}

} // namespace
} // namespace sealwright::spf
