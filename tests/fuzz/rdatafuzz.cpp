#include "dns/rdata.h"

#include "dns/answer.h"
#include "dns/txtstrings.h"
#include "fuzz.h"
#include "zone/zonefile.h"

namespace sealwright {
namespace {

using fuzz::require;

constexpr RecordType types[] = {RecordType::a,  RecordType::ns,  RecordType::cname, RecordType::soa, RecordType::ptr,
                                RecordType::mx, RecordType::txt, RecordType::aaaa,  RecordType::ds,  RecordType::tlsa};

void checkPresentation(RecordType type, std::string_view rdata) {
    const auto shown = presentation(type, rdata);
    if (!shown || type == RecordType::soa) { // Its numbers may be times that no zone file holds.
        return;
    }
    const std::string line = ". " + std::string(toString(type)) + ' ' + *shown;
    const auto file = readZoneFile(line, std::nullopt);
    require(file && file->records.size() == 1);
    require(file->records.front().rdata.size() == rdata.size());
    require(presentation(type, file->records.front().rdata) == shown);
    require(type != RecordType::txt || file->records.front().rdata == rdata);
}

void checkDecoded(RecordType type, std::string_view rdata) {
    Answer answer({DomainName::root(), type});
    answer.status = AnswerStatus::found;
    answer.rdata = {std::string(rdata)};
    const bool isShown = presentation(type, rdata).has_value();
    for (const DomainName& name : names(answer)) {
        require(isShown && (name.isRoot() || DomainName::parseExpanded(name.toString()) == name));
    }
    require(mxHosts(answer).empty() || isShown);
    require(addresses(answer).empty() || isShown);
    require(texts(answer).empty() || isShown);
}

void checkStrings(std::string_view text) {
    std::string joined;
    for (const std::string& string : txtStrings(text)) {
        require(string.size() <= 255); // RFC 1035 section 3.3
        joined += string;
    }
    require(joined == text);
}

} // namespace
} // namespace sealwright

// An octet that chooses the type, then the data.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    fuzz::Input input(data, size);
    const RecordType type = types[input.octet() % std::size(types)];
    checkPresentation(type, input.rest());
    checkDecoded(type, input.rest());
    checkStrings(input.rest());
    return 0;
}
