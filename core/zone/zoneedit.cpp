#include "zone/zoneedit.h"

#include "dns/rdata.h"

#include <algorithm>
#include <set>

namespace sealwright {

namespace {

/// An entry of the file and what it says; `value` as a ResourceRecord has it.
struct Entry {
    MasterFileEntry raw;
    std::optional<DomainName> owner;
    std::optional<RecordType> type;
    std::string value;
};
using Entries = std::vector<Entry>;

/// Octets of the old text and what stands there afterwards.
struct Edit {
    std::size_t begin;
    std::size_t end;
    std::string text;
};

ZoneEditProblem failure(ZoneEditError code, std::string_view what = {}, std::size_t line = 0) {
    return {problem(code, what, line), {}};
}

tl::expected<Entries, ZoneEditProblem> readEntries(std::string_view text, const std::optional<DomainName>& origin,
                                                   const std::stop_token& stop) {
    const auto unreadable = [](const Problem<MasterFileError>& error) {
        return tl::unexpected(ZoneEditProblem{problem(ZoneEditError::unreadable, error.what, error.where), error.code});
    };
    Entries entries;
    MasterFileReader reader(text, origin, stop);
    while (true) {
        auto raw = reader.next();
        if (!raw) {
            return unreadable(raw.error());
        }
        if (!*raw) {
            return entries;
        }
        Entry entry{std::move(**raw), {}, {}, {}};
        entry.owner = RdataReader(entry.raw.owner).domainName();
        entry.type = recordTypeFromString(entry.raw.type);
        if (entry.type && entry.owner) {
            const auto rdata = wireRdata(*entry.type, entry.raw);
            if (!rdata) {
                return unreadable(rdata.error());
            }
            entry.value = resourceRecord({*entry.owner, *entry.type, entry.raw.ttl, *rdata}).value;
        }
        entries.push_back(std::move(entry));
    }
}

bool says(const Entry& entry, const ResourceRecord& record) {
    return entry.owner == record.name && entry.type == record.type && entry.value == record.value;
}

std::size_t commonLabels(const DomainName& a, const DomainName& b) {
    const auto left = a.labels();
    const auto right = b.labels();
    const auto [end, _] = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend());
    return static_cast<std::size_t>(end - left.rbegin());
}

std::size_t behindLine(std::string_view text, std::size_t at) {
    const std::size_t newline = text.find('\n', at);
    return newline == std::string_view::npos ? text.size() : newline + 1;
}

/// What an entry says, wherever it stands.
std::string meaning(const Entry& entry) {
    std::string text = entry.raw.owner + '\0' + entry.raw.type + '\0' + std::to_string(entry.raw.ttl.count()) + '\0';
    for (const MasterFileField& field : entry.raw.fields) {
        text += field.text + '\0';
    }
    return text + entry.raw.origin;
}

/// Works out what has to change in one text.
class Editor {
public:
    Editor(std::string_view text, const Entries& entries)
        : text_(text), entries_(entries), newline_(text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n") {}

    [[nodiscard]] tl::expected<void, ZoneEditProblem> begin();
    [[nodiscard]] tl::expected<void, ZoneEditProblem> add(const ZoneChange& change);
    void raiseSerial(std::uint32_t serial);

    [[nodiscard]] const DomainName& zone() const { return *soa_->owner; }
    [[nodiscard]] std::uint32_t serial() const { return serial_; }
    [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }
    /// Whether nothing but our records and the serial has changed.
    [[nodiscard]] bool isAllElseIn(const Entries& after) const;

private:
    [[nodiscard]] std::optional<ZoneEditProblem> obstacle(const ResourceRecord& record) const;
    [[nodiscard]] const Entry& neighbour(const DomainName& name) const;
    [[nodiscard]] std::string recordText(ResourceRecord record, const Entry& place) const;
    void insert(const ResourceRecord& record);
    void remove(std::size_t index);

    std::string_view text_;
    const Entries& entries_;
    std::string_view newline_;
    const Entry* soa_ = nullptr;
    std::uint32_t serial_ = 0;
    std::vector<Edit> edits_;
    std::set<std::size_t> removed_;
    std::size_t added_ = 0;
};

tl::expected<void, ZoneEditProblem> Editor::begin() {
    for (const Entry& entry : entries_) {
        if (entry.raw.type == "RRSIG") {
            return tl::unexpected(failure(ZoneEditError::signedZone, "RRSIG", entry.raw.line));
        }
        if (soa_ == nullptr && entry.type == RecordType::soa && entry.owner) {
            soa_ = &entry;
        }
    }
    if (soa_ == nullptr) {
        return tl::unexpected(failure(ZoneEditError::noSoa));
    }
    const MasterFileField& field = soa_->raw.fields[2]; // RFC 1035 section 3.3.13
    if (!std::ranges::all_of(field.text, [](char c) { return c >= '0' && c <= '9'; }) || field.text.size() > 10 ||
        std::stoull(field.text) > 0xffffffffU) {
        return tl::unexpected(failure(ZoneEditError::badSerial, field.text, field.line));
    }
    serial_ = static_cast<std::uint32_t>(std::stoull(field.text));
    return {};
}

std::optional<ZoneEditProblem> Editor::obstacle(const ResourceRecord& record) const {
    if (!record.name.isAtOrBelow(zone())) {
        return failure(ZoneEditError::outsideZone, record.name.toString());
    }
    for (const Entry& entry : entries_) {
        if (!entry.owner) {
            continue;
        }
        if (entry.type == RecordType::cname && *entry.owner == record.name) {
            return failure(ZoneEditError::alias, record.name.toString(), entry.raw.line);
        }
        if (entry.type == RecordType::ns && *entry.owner != zone() && record.name.isAtOrBelow(*entry.owner)) {
            return failure(ZoneEditError::delegated, entry.owner->toString(), entry.raw.line);
        }
    }
    return std::nullopt;
}

/// The entry to write behind: the last of that name, or of the names that have most in common with it. The one behind
/// it must name its owner, or it would get ours.
const Entry& Editor::neighbour(const DomainName& name) const {
    const Entry* best = soa_;
    auto bestRank = std::pair(std::size_t{0}, std::size_t{0});
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const Entry& entry = entries_[i];
        const bool last = i + 1 == entries_.size() || entries_[i + 1].raw.namesOwner;
        if (!entry.owner || !last || !entry.owner->isAtOrBelow(zone())) {
            continue;
        }
        const auto origin = RdataReader(entry.raw.origin).domainName();
        const std::size_t common = commonLabels(*entry.owner, name) + (*entry.owner == name ? 1 : 0);
        const auto rank = std::pair(common, origin && name.isAtOrBelow(*origin) ? origin->labels().size() + 1 : 0);
        if (rank >= bestRank) {
            bestRank = rank;
            best = &entry;
        }
    }
    return *best;
}

std::string Editor::recordText(ResourceRecord record, const Entry& place) const {
    if (!place.raw.hasDefaultTtl) { // What stands behind may take its TTL from us.
        record.ttl = place.raw.ttl;
    }
    const auto origin = RdataReader(place.raw.origin).domainName();
    std::string text =
        zoneText({&record, 1}, origin.value_or(zone()), origin ? ZoneNames::relative : ZoneNames::absolute);
    text.pop_back(); // its newline
    return text;
}

void Editor::insert(const ResourceRecord& record) {
    const Entry& place = neighbour(record.name);
    const std::size_t at = behindLine(text_, place.raw.end);
    std::string line = recordText(record, place) + std::string(newline_);
    const bool isFirst = std::ranges::find(edits_, at, &Edit::begin) == edits_.end();
    if (isFirst && !text_.substr(0, at).ends_with('\n')) { // the last line of the file
        line.insert(0, newline_);
    }
    edits_.push_back({at, at, std::move(line)});
}

void Editor::remove(std::size_t index) {
    const MasterFileEntry& entry = entries_[index].raw;
    edits_.push_back({entry.begin, behindLine(text_, entry.end), {}});
    // The next one may have been of the same owner without saying so.
    if (entry.namesOwner && index + 1 < entries_.size() && !entries_[index + 1].raw.namesOwner) {
        const std::size_t begin = entries_[index + 1].raw.begin;
        edits_.push_back(
            {begin, begin,
             std::string(text_.substr(entry.begin, text_.find_first_of(" \t", entry.begin) - entry.begin))});
    }
}

tl::expected<void, ZoneEditProblem> Editor::add(const ZoneChange& change) {
    if (auto trouble = obstacle(change.record)) {
        return tl::unexpected(std::move(*trouble));
    }
    const auto isReplaced = [&change](const Entry& entry) {
        return std::ranges::any_of(change.replaces, [&entry](const ResourceRecord& old) { return says(entry, old); });
    };
    ResourceRecord record = change.record;
    bool written = false;
    for (const Entry& entry : entries_) {
        if (entry.owner == record.name && entry.type == record.type && !isReplaced(entry)) {
            record.ttl = entry.raw.ttl; // RFC 2181 section 5.2: one for all of a name and type
            written = written || entry.value == record.value;
        }
    }
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (!isReplaced(entries_[i]) || !removed_.insert(i).second) {
            continue;
        }
        if (written) {
            remove(i);
            continue;
        }
        edits_.push_back({entries_[i].raw.begin, entries_[i].raw.end, recordText(record, entries_[i])});
        ++added_;
        written = true;
    }
    if (!written) {
        insert(record);
        ++added_;
    }
    return {};
}

void Editor::raiseSerial(std::uint32_t serial) {
    const MasterFileField& field = soa_->raw.fields[2];
    edits_.push_back({field.begin, field.begin + field.text.size(), std::to_string(serial)});
    std::ranges::stable_sort(edits_, {}, &Edit::begin);
}

bool Editor::isAllElseIn(const Entries& after) const {
    std::multiset<std::string> rest;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (!removed_.contains(i) && &entries_[i] != soa_) {
            rest.insert(meaning(entries_[i]));
        }
    }
    std::multiset<std::string> now;
    std::ranges::transform(after, std::inserter(now, now.end()), meaning);
    return std::ranges::includes(now, rest) && now.size() == rest.size() + added_ + 1;
}

std::string applied(std::string_view text, std::span<const Edit> edits) {
    std::string result;
    std::size_t at = 0;
    for (const Edit& edit : edits) {
        result += text.substr(at, edit.begin - at);
        result += edit.text;
        at = std::max(at, edit.end);
    }
    return result.append(text.substr(at));
}

} // namespace

std::uint32_t nextSerial(std::uint32_t serial, std::chrono::year_month_day today) {
    using namespace std::chrono;
    const auto isDate = [](std::uint32_t number) {
        const year_month_day date{year(static_cast<int>(number / 10000)), month(number / 100 % 100), day(number % 100)};
        return date.ok() && date.year() >= year(1980) && date.year() <= year(2100);
    };
    const std::uint32_t firstOfToday = (static_cast<std::uint32_t>(static_cast<int>(today.year())) * 10000 +
                                        unsigned(today.month()) * 100 + unsigned(today.day())) *
                                           100 +
                                       1;
    if (isDate(serial / 100) && firstOfToday > serial) {
        return firstOfToday;
    }
    return serial == 0xffffffffU ? 1 : serial + 1; // RFC 1982 section 3.1, and 0 has a meaning of its own to some.
}

tl::expected<ZoneEdit, ZoneEditProblem> editZone(std::string_view text, const std::optional<DomainName>& origin,
                                                 std::span<const ZoneChange> changes, std::chrono::year_month_day today,
                                                 const std::stop_token& stop) {
    const auto entries = readEntries(text, origin, stop);
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    Editor editor(text, *entries);
    if (auto begun = editor.begin(); !begun) {
        return tl::unexpected(begun.error());
    }
    for (const ZoneChange& change : changes) {
        if (auto added = editor.add(change); !added) {
            return tl::unexpected(added.error());
        }
    }
    if (editor.edits().empty()) {
        return ZoneEdit{editor.zone(), std::string(text), editor.serial(), editor.serial(), {}};
    }
    const std::uint32_t serial = nextSerial(editor.serial(), today);
    editor.raiseSerial(serial);
    std::string edited = applied(text, editor.edits());
    const auto again = readEntries(edited, origin, stop);
    if (!again || !editor.isAllElseIn(*again)) {
        return tl::unexpected(failure(ZoneEditError::tangled));
    }
    std::vector<DiffLine> diff = lineDiff(text, edited);
    return ZoneEdit{editor.zone(), std::move(edited), editor.serial(), serial, std::move(diff)};
}

} // namespace sealwright
