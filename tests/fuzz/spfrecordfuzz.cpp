#include "fuzz.h"
#include "spf/macro.h"
#include "spf/record.h"

namespace sealwright::spf {
namespace {

using fuzz::require;

const MacroValues values{
    .sender = "strong-bad+x@email.example.com",
    .localPart = "strong-bad+x",
    .senderDomain = "email.example.com",
    .domain = "email.example.com",
    .dottedAddress = "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B",
    .validatedName = "unknown",
    .addressKind = "ip6",
    .helo = "\xff %{h} \n",
    .address = "2001:db8::cb01",
};

void checkSpec(const std::string& spec) {
    const auto expanded = expand(spec, values, MacroUse::domainSpec);
    require(expanded.has_value());
    require(spec.find('%') != std::string::npos || *expanded == spec);
}

void check(const Term& term) {
    const auto again = parseTerm(toString(term));
    require(again && *again == term);
    if (const auto* mechanism = std::get_if<Mechanism>(&term)) {
        checkSpec(mechanism->domainSpec);
    } else {
        checkSpec(std::get<Modifier>(term).value);
    }
}

} // namespace
} // namespace sealwright::spf

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    static_cast<void>(spf::expand(text, spf::values, spf::MacroUse::explanation));
    const auto record = spf::Record::parse(text);
    if (!record) {
        fuzz::requireShort(record.error());
        return 0;
    }
    fuzz::require(spf::isSpf(text));
    const auto again = spf::Record::parse(record->toString());
    fuzz::require(again && *again == *record);
    std::ranges::for_each(record->terms, spf::check);
    return 0;
}
