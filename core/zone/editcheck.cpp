#include "zone/editcheck.h"

#include <algorithm>
#include <set>

namespace sealwright {
namespace {

using Record = ZoneFile::Record;

Problem<EditFault> fault(EditFault code, const ResourceRecord& record) {
    return problem(code, record.name.toString() + ' ' + std::string(toString(record.type)));
}

/// Those of `from` that `other` does not have as often. An SOA counts without its serial, which is to change.
std::vector<ResourceRecord> notIn(const std::vector<Record>& from, const std::vector<Record>& other) {
    const auto key = [](const Record& record) {
        std::string rdata = record.rdata;
        constexpr std::size_t numbers = 20; // RFC 1035 section 3.3.13: the serial is the first of five
        if (record.type == RecordType::soa && rdata.size() >= numbers) {
            rdata.erase(rdata.size() - numbers, 4);
        }
        return std::tuple(record.name, record.type, record.ttl, std::move(rdata));
    };
    std::multiset<decltype(key(from.front()))> rest;
    std::ranges::transform(other, std::inserter(rest, rest.end()), key);
    std::vector<ResourceRecord> missing;
    for (const Record& record : from) {
        if (const auto same = rest.find(key(record)); same != rest.end()) {
            rest.erase(same);
        } else {
            missing.push_back(resourceRecord(record));
        }
    }
    return missing;
}

bool sameBesideTtl(const ResourceRecord& a, const ResourceRecord& b) {
    return a.name == b.name && a.type == b.type && a.value == b.value;
}

/// Decodes only what may be it: a zone can be long.
bool sameBesideTtl(const Record& a, const ResourceRecord& b) {
    return a.name == b.name && a.type == b.type && resourceRecord(a).value == b.value;
}

template <class AnyRecord>
bool isReplaced(const AnyRecord& record, std::span<const ZoneChange> changes) {
    return std::ranges::any_of(changes, [&record](const ZoneChange& change) {
        return std::ranges::any_of(change.replaces,
                                   [&record](const ResourceRecord& old) { return sameBesideTtl(record, old); });
    });
}

template <class AnyRecord>
bool isWanted(const AnyRecord& record, std::span<const ZoneChange> changes) {
    return std::ranges::any_of(changes,
                               [&record](const ZoneChange& change) { return sameBesideTtl(record, change.record); });
}

} // namespace

std::optional<Problem<EditFault>> faultOf(std::string_view before, std::string_view after,
                                          const std::optional<DomainName>& origin, std::span<const ZoneChange> changes,
                                          const std::stop_token& stop) {
    const auto old = readZoneFile(before, origin, stop);
    const auto now = readZoneFile(after, origin, stop);
    if (!old || !now) {
        return problem(EditFault::unreadable, {}, now ? old.error().where : now.error().where);
    }
    for (const ZoneChange& change : changes) {
        if (std::ranges::none_of(now->records,
                                 [&change](const Record& record) { return sameBesideTtl(record, change.record); })) {
            return fault(EditFault::missing, change.record);
        }
    }
    for (const ResourceRecord& gone : notIn(old->records, now->records)) {
        if (!isReplaced(gone, changes)) {
            return fault(EditFault::lost, gone);
        }
    }
    for (const ResourceRecord& added : notIn(now->records, old->records)) {
        if (!isWanted(added, changes)) {
            return fault(EditFault::strange, added);
        }
    }
    for (const Record& record : now->records) {
        if (isReplaced(record, changes) && !isWanted(record, changes)) {
            return fault(EditFault::strange, resourceRecord(record));
        }
    }
    return std::nullopt;
}

} // namespace sealwright
