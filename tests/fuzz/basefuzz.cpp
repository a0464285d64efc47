#include "base/base64.h"
#include "base/taglist.h"
#include "fuzz.h"

namespace sealwright {
namespace {

using fuzz::require;

void checkTagList(std::string_view text) {
    const auto list = TagList::parse(text);
    if (!list) {
        fuzz::requireShort(list.error());
        require(list.error().where <= text.size());
        return;
    }
    const auto again = TagList::parse(list->toString());
    require(again && again->tags == list->tags && again->toString() == list->toString());
    for (const Tag& tag : list->tags) {
        require(list->find(tag.name) == &tag); // So no name is there twice.
        require(text.substr(tag.where).starts_with(tag.name));
    }
}

void checkBase64(std::string_view text) {
    const std::string encoded = base64Encode(text);
    require(encoded.size() == (text.size() + 2) / 3 * 4);
    require(base64Decode(encoded) == text);
    if (const auto octets = base64Decode(text)) {
        require(base64Decode(base64Encode(*octets)) == octets);
    }
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = sealwright::fuzz::Input(data, size).rest();
    sealwright::checkTagList(text);
    sealwright::checkBase64(text);
    return 0;
}
