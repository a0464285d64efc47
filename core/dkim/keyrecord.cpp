#include "dkim/keyrecord.h"

#include "base/base64.h"
#include "dkim/publickey.h"

#include <algorithm>

namespace sealwright::dkim {
namespace {

using Refusal = tl::unexpected<Problem<KeyRecordError>>;

constexpr std::size_t longestText = 65'535; // RFC 1035 section 3.2.1: RDLENGTH

Refusal refuse(KeyRecordError code, const Tag& tag) {
    return Refusal(problem(code, tag.value, tag.where));
}

std::vector<std::string> splitAtColons(std::string_view text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(':', begin), text.size());
        std::string part(text.substr(begin, end - begin));
        std::erase_if(part, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
        if (!part.empty()) {
            parts.push_back(std::move(part));
        }
        begin = end + 1;
    }
    return parts;
}

std::string joinedByColons(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : ":") + part;
    }
    return text;
}

bool isPublicKey(KeyType type, const std::string& base64) {
    const auto octets = base64Decode(base64);
    return octets && PublicKey::load(type, *octets);
}

std::optional<Problem<KeyRecordError>> take(const Tag& tag, KeyRecord& record) {
    if (tag.name == "k") {
        if (tag.value != "rsa" && tag.value != "ed25519") {
            return problem(KeyRecordError::badKeyType, tag.value, tag.where);
        }
        record.type = tag.value == "rsa" ? KeyType::rsa : KeyType::ed25519;
    } else if (tag.name == "p") {
        record.publicKey = tag.value;
        std::erase_if(record.publicKey, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    } else if (tag.name == "h") {
        record.hashes = splitAtColons(tag.value);
    } else if (tag.name == "s") {
        record.services = splitAtColons(tag.value);
    } else if (tag.name == "t") {
        record.flags = splitAtColons(tag.value);
    } else if (tag.name == "n") {
        record.notes = tag.value;
    } else {
        record.others.push_back(tag);
    }
    return std::nullopt;
}

} // namespace

bool KeyRecord::isTesting() const {
    return std::ranges::find(flags, "y") != flags.end();
}

bool KeyRecord::allowsMail() const {
    const auto allows = [](const std::vector<std::string>& list, std::string_view wanted) {
        return list.empty() || std::ranges::find(list, wanted) != list.end();
    };
    return allows(hashes, "sha256") && (allows(services, "email") || allows(services, "*"));
}

std::string KeyRecord::toString() const {
    TagList list;
    const auto add = [&list](std::string name, std::string value) {
        if (!value.empty()) {
            list.tags.push_back({std::move(name), std::move(value)});
        }
    };
    add("v", "DKIM1");
    add("h", joinedByColons(hashes));
    add("k", std::string(sealwright::toString(type)));
    add("n", notes);
    add("s", joinedByColons(services));
    add("t", joinedByColons(flags));
    list.tags.insert(list.tags.end(), others.begin(), others.end());
    list.tags.push_back({"p", publicKey});
    return list.toString();
}

tl::expected<KeyRecord, Problem<KeyRecordError>> KeyRecord::parse(std::string_view text) {
    if (text.size() > longestText) {
        return Refusal(problem(KeyRecordError::tooLong, text));
    }
    const auto list = TagList::parse(text);
    if (!list) {
        return Refusal(problem(KeyRecordError::badTagList, list.error().what, list.error().where));
    }
    KeyRecord record;
    for (const Tag& tag : list->tags) {
        if (tag.name == "v") { // section 3.6.1: it must be the first tag
            if (tag.value != "DKIM1" || &tag != list->tags.data()) {
                return refuse(KeyRecordError::badVersion, tag);
            }
        } else if (auto fault = take(tag, record)) {
            return tl::unexpected(std::move(*fault));
        }
    }
    const Tag* key = list->find("p");
    if (key == nullptr) {
        return Refusal(problem(KeyRecordError::missingKey, text));
    }
    if (!record.publicKey.empty() && !isPublicKey(record.type, record.publicKey)) {
        return refuse(KeyRecordError::badKey, *key);
    }
    return record;
}

} // namespace sealwright::dkim
