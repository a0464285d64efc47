#include "spf/selectrecord.h"

namespace sealwright::spf {

tl::expected<Record, Selection> selectRecord(const Answer& answer) {
    std::vector<std::string> found = texts(answer);
    std::erase_if(found, [](const std::string& text) { return !isSpf(text); });
    if (found.size() != 1) {
        return tl::unexpected(Selection{found.empty() ? SelectionError::none : SelectionError::several, std::nullopt});
    }
    auto record = Record::parse(found.front());
    if (!record) {
        return tl::unexpected(Selection{SelectionError::broken, record.error()});
    }
    return std::move(*record);
}

} // namespace sealwright::spf
