#include "dkim/signature.h"

#include "base/taglist.h"
#include "fuzz.h"

namespace sealwright::dkim {
namespace {

using fuzz::require;

void check(const Signature& signature) {
    require(!signature.signature.empty() && !signature.bodyHash.empty());
    const auto identity = DomainName::parseDns(signature.identity.substr(signature.identity.rfind('@') + 1));
    require(identity && identity->isAtOrBelow(signature.domain));
    require(signature.isIdentityOfDomain() == (identity == signature.domain));
    require(!signature.signedAt || !signature.expiresAt || *signature.expiresAt > *signature.signedAt);
    require(std::ranges::any_of(signature.headers, [](const std::string& name) {
        return message::HeaderField{name, {}}.isNamed("From");
    }));
}

// RFC 6376 section 3.7: only the value of b= goes.
void checkWithoutSignature(const message::HeaderField& field) {
    const message::HeaderField stripped = withoutSignature(field);
    require(withoutSignature(stripped).raw == stripped.raw);
    auto before = TagList::parse(field.value());
    const auto after = TagList::parse(stripped.value());
    if (before) {
        for (Tag& tag : before->tags) {
            tag.value = tag.name == "b" ? std::string() : tag.value;
        }
        require(after && after->tags == before->tags);
    }
}

void checkCanonical(const message::HeaderField& field) {
    require(canonicalField(field, Canonicalization::simple) == field.raw);
    const std::string relaxed = canonicalField(field, Canonicalization::relaxed);
    require(canonicalField({field.name, relaxed}, Canonicalization::relaxed) == relaxed);
    require(relaxed.find("  ") == std::string::npos && relaxed.find_first_of("\t\r\n") == std::string::npos);
}

} // namespace
} // namespace sealwright::dkim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string text(fuzz::Input(data, size).rest());
    const message::HeaderField field{"DKIM-Signature", "DKIM-Signature:" + text};
    const auto signature = dkim::Signature::parse(field.value());
    signature ? dkim::check(*signature) : fuzz::requireShort(signature.error());
    dkim::checkWithoutSignature(field);
    dkim::checkCanonical(field);
    return 0;
}
