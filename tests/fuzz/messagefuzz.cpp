#include "fuzz.h"
#include "message/header.h"
#include "message/mailboxes.h"

namespace sealwright::message {
namespace {

using fuzz::require;

bool areEqual(const Header& a, const Header& b) {
    return std::ranges::equal(a.fields, b.fields, [](const HeaderField& one, const HeaderField& other) {
        return one.name == other.name && one.raw == other.raw;
    });
}

void checkMailboxes(std::string_view value) {
    const auto separators = std::ranges::count_if(value, [](char c) { return c == ',' || c == ';' || c == '<'; });
    const auto domains = mailboxDomains(value);
    require(domains.size() <= static_cast<std::size_t>(separators) + 1);
    for (const std::string& domain : domains) {
        require(domain.find_first_of("@ \t\r\n") == std::string::npos);
    }
}

void check(const Header& header) {
    std::string text;
    for (const HeaderField& field : header.fields) {
        require(!field.name.empty() && field.raw.starts_with(field.name));
        require(field.isNamed(field.name));
        text += field.raw + "\r\n";
        checkMailboxes(field.value());
    }
    const Header again = Header::parse(text + "\r\nbody");
    require(areEqual(again, header));
    require(again.lineEndings == LineEndings::crlf && again.bodyBegin == text.size() + 2);
}

} // namespace
} // namespace sealwright::message

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    const message::Header header = message::Header::parse(text);
    fuzz::require(header.bodyBegin <= text.size());
    message::check(header);
    message::checkMailboxes(text);
    return 0;
}
