#include "dns/answer.h"
#include "dns/rdata.h"
#include "fuzz.h"
#include "zone/zonefile.h"

namespace sealwright {
namespace {

using fuzz::require;

const DomainName origin = *DomainName::parseDns("example.org");

// As the records of a plan look.
ResourceRecord asWritten(const ZoneFile::Record& record) {
    Answer answer({record.name, record.type});
    answer.rdata = {record.rdata};
    const std::vector<std::string> values = presentation(answer);
    require(values.size() == 1);
    return {record.name, record.type, record.ttl, values.front()};
}

std::vector<ResourceRecord> asWritten(const ZoneFile& file) {
    std::vector<ResourceRecord> records;
    for (const ZoneFile::Record& record : file.records) {
        records.push_back(asWritten(record));
    }
    return records;
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    static_cast<void>(readZoneFile(text, std::nullopt));
    const auto file = readZoneFile(text, origin);
    if (!file) {
        fuzz::requireShort(file.error());
        const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
        fuzz::require(file.error().where >= 1 && file.error().where <= lines);
        return 0;
    }
    const auto records = asWritten(*file);
    for (const ZoneNames names : {ZoneNames::relative, ZoneNames::absolute}) {
        const auto again = readZoneFile(zoneText(records, origin, names), origin);
        fuzz::require(again && again->zone == file->zone && asWritten(*again) == records);
    }
    return 0;
}
