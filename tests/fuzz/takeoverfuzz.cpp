#include "fuzz.h"
#include "takeover/filename.h"
#include "takeover/keytable.h"
#include "takeover/publichalf.h"

namespace sealwright::takeover {
namespace {

using fuzz::require;

void checkTable(std::string_view text) {
    const KeyTable table = parseKeyTable(text);
    for (const KeyTableRow& row : table.rows) {
        require(!row.path.empty() && text.find(row.path) != std::string_view::npos);
        require(row.path.find('\n') == std::string::npos);
        const std::string domain = row.domain ? row.domain->toString() : "%";
        const KeyTable again = parseKeyTable("x " + domain + ":" + row.selector.toString() + ":" + row.path);
        require(again.rows == std::vector{row} && again.firstBroken == 0 && !again.holdsKeys);
    }
}

void checkHalf(const std::optional<PublicHalf>& half) {
    if (half) {
        require(isHalfOf(*half, half->publicKey));
    }
}

void checkName(std::string_view path) {
    const DomainName domain = *DomainName::parse("example.org");
    const FileName name = readFileName(path, "dkim", domain);
    require(!name.namesOurs || !name.other);
    require(name.other != domain);
    const std::string below = "example.org/" + std::string(path.substr(path.rfind('/') + 1));
    const FileName ours = readFileName(below, "dkim", domain);
    require(ours.namesOurs && !ours.other);
    static_cast<void>(isCalledPublic(path) && isCalledPrivate(path));
}

} // namespace
} // namespace sealwright::takeover

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright::takeover;
    sealwright::fuzz::Input input(data, size);
    checkTable(input.rest());
    checkHalf(readRecordFile(input.rest()));
    checkHalf(readPublicPem(input.rest()));
    checkName(input.line());
    return 0;
}
