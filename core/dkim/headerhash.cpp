#include "dkim/headerhash.h"

#include "base/ascii.h"
#include "base/digest.h"

#include <map>

namespace sealwright::dkim {
std::string headerHash(const message::Header& header, std::span<const std::string> names,
                       const message::HeaderField& signature, Canonicalization canonicalization) {
    std::map<std::string, std::vector<const message::HeaderField*>> left;
    for (const message::HeaderField& field : header.fields) {
        left[lowered(field.name)].push_back(&field);
    }
    Sha256 hash;
    for (const std::string& name : names) {
        auto& fields = left[lowered(name)];
        if (!fields.empty()) {
            hash.add(canonicalField(*fields.back(), canonicalization) + "\r\n");
            fields.pop_back();
        }
    }
    hash.add(canonicalField(signature, canonicalization));
    return hash.finish();
}

} // namespace sealwright::dkim
