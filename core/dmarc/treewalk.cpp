#include "dmarc/treewalk.h"

#include <algorithm>

namespace sealwright::dmarc {
namespace {

constexpr std::size_t mostQueries = 8;

// The ancestor of `start` that is one label longer than `name`, which the walk may have skipped; or start itself.
DomainName oneLabelBelow(const DomainName& name, const DomainName& start) {
    DomainName below = start;
    while (below.labels().size() > name.labels().size() + 1) {
        below = *below.parent();
    }
    return below;
}

} // namespace

std::vector<DomainName> treeWalkNames(const DomainName& start) {
    std::vector<DomainName> names{start};
    auto next = start.parent();
    while (next && next->labels().size() >= mostQueries) {
        next = next->parent(); // Step 4: a long name is cut to its last 7 labels.
    }
    for (; next && !next->isRoot(); next = next->parent()) {
        names.push_back(*next);
    }
    return names;
}

std::optional<Record> onlyRecord(const Answer& answer) {
    std::optional<Record> only;
    for (const std::string& text : texts(answer)) {
        if (!isDmarc(text)) {
            continue;
        }
        if (only) {
            return std::nullopt;
        }
        if (auto record = Record::parse(text)) {
            only = std::move(*record);
        }
    }
    return only;
}

DomainName organizationalDomain(std::span<const DomainName> names, std::span<const Answer> answers) {
    const DomainName* shortest = nullptr;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto record = onlyRecord(answers[i]);
        if (!record) {
            continue;
        }
        if (record->psd == PublicSuffix::no) {
            return names[i];
        }
        if (record->psd == PublicSuffix::yes) { // The walk ends here; where it began here too, there is nothing below.
            return oneLabelBelow(names[i], names.front());
        }
        shortest = &names[i];
    }
    return shortest != nullptr ? *shortest : names.front();
}

} // namespace sealwright::dmarc
