#include "dmarc/discover.h"
#include "dmarc/evaluate.h"
#include "fuzz.h"
#include "fuzzzone.h"

namespace sealwright::dmarc {
namespace {

using fuzz::require;

void checkMailto(const std::string& uri) {
    if (const auto address = mailtoAddress(uri)) {
        const std::string printed = mailtoUri(*address);
        require(printed.find_first_of(",;! ") == std::string::npos);
        require(mailtoAddress(printed) == address);
    }
}

void checkRecord(std::string_view text) {
    const auto record = Record::parse(text);
    if (!record) {
        fuzz::requireShort(record.error());
        require(!isDmarc(text) || text.size() > 65'535);
        return;
    }
    Record kept = *record;
    kept.ignored.clear();
    const auto again = Record::parse(record->toString());
    require(again && *again == kept);
    std::ranges::for_each(record->rua, checkMailto);
    std::ranges::for_each(record->ruf, checkMailto);
}

void checkDiscovery(std::string_view name, std::string_view zone) {
    const auto domain = DomainName::parseDns(name);
    if (!domain) {
        return;
    }
    fuzz::ZoneResolver resolver(zone);
    const Discovery found = discover(*domain, resolver, {});
    require(found.queries.size() <= 8); // RFC 9989 section 4.10
    require(found.record.has_value() == found.policyDomain.has_value() || found.unanswered.has_value());
    require(domain->isAtOrBelow(found.organizationalDomain));
    const Authenticated authenticated{.dkim = {*domain}, .spf = domain->parent()};
    static_cast<void>(evaluate(*domain, authenticated, resolver, {}));
}

} // namespace
} // namespace sealwright::dmarc

// A record, or a domain in the first line and the zone in the others.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    fuzz::Input input(data, size);
    static_cast<void>(dmarc::resemblesDmarc(input.rest()));
    dmarc::checkRecord(input.rest());
    dmarc::checkMailto(std::string(input.rest()));
    const std::string_view name = input.line();
    dmarc::checkDiscovery(name, input.rest());
    return 0;
}
