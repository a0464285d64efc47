#include "fuzz.h"
#include "fuzzzone.h"
#include "spf/evaluate.h"
#include "spf/lookupcount.h"
#include "spf/selectrecord.h"

namespace sealwright::spf {
namespace {

using fuzz::require;
using fuzz::ZoneResolver;

// Ten terms, each with ten names that it may lead to and their addresses, and what is asked for ahead of the limit.
constexpr std::size_t mostQuestions = 1'000;

bool isError(Result result) {
    return result == Result::permerror || result == Result::temperror;
}

void check(const Evaluation& evaluation) {
    require(evaluation.lookups <= mostLookups + 1); // The one too many is counted.
    require(evaluation.voidLookups <= mostVoidLookups + 1);
    require(!isError(evaluation.result) || evaluation.fault.has_value());
    require(!evaluation.explanation || evaluation.result == Result::fail);
    for (const Step& step : evaluation.trace) {
        require(step.depth <= mostLookups);
    }
}

void count(const std::string& domain, ZoneResolver& resolver) {
    const auto name = DomainName::parseDns(domain);
    const auto record = name ? selectRecord(resolver.lookup(*name, RecordType::txt)) : tl::unexpected(Selection{});
    if (record) {
        const LookupCount counted = countLookups(*name, *record, resolver, {});
        require(counted.terms >= ownLookups(*record) || counted.terms > mostLookups);
    }
}

} // namespace
} // namespace sealwright::spf

// Three lines: the client's address, HELO, MAIL FROM; then the zone.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    fuzz::Input input(data, size);
    const auto client = IpAddress::parse(input.line());
    if (!client) {
        return 0;
    }
    const std::string helo(input.line());
    const std::string mailFrom(input.line());
    fuzz::ZoneResolver resolver(input.rest());
    const spf::Sender sender{.client = *client, .mailFrom = mailFrom, .helo = helo};
    const spf::Evaluation evaluation = evaluate(sender, resolver, {});
    spf::check(evaluation);
    fuzz::require(resolver.questions() <= spf::mostQuestions);
    fuzz::require(evaluate(sender, resolver, {}).result == evaluation.result);
    spf::count(mailFrom.substr(mailFrom.rfind('@') + 1), resolver);
    return 0;
}
