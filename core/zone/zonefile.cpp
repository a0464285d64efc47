#include "zone/zonefile.h"

#include "dns/answer.h"
#include "dns/rdata.h"
#include "dns/txtstrings.h"

#include <unordered_map>

namespace sealwright {

namespace {

std::string ownerText(const DomainName& name, const DomainName& origin, ZoneNames names) {
    return names == ZoneNames::relative ? relativeName(name, origin).value_or(absoluteName(name)) : absoluteName(name);
}

std::string valueText(const ResourceRecord& record) {
    if (record.type != RecordType::txt) {
        return record.value;
    }
    const std::string quoted = quotedTxt(record.value);
    return txtStrings(record.value).size() > 1 ? "( " + quoted + " )" : quoted;
}

constexpr std::size_t largestAnswer = 65535; // RFC 1035 section 4.2.2
constexpr std::size_t recordOverhead = 12;   // a compressed owner, type, class, TTL and length

/// How much there is of each name and type: what no answer holds would only cost time.
class Amounts {
public:
    [[nodiscard]] bool fits(const MasterFileEntry& entry, const std::optional<ZoneFile::Record>& record) {
        std::size_t& amount = amounts_[entry.owner + entry.type];
        amount += recordOverhead + (record ? record->rdata.size() : textSize(entry));
        return amount <= largestAnswer;
    }

private:
    static std::size_t textSize(const MasterFileEntry& entry) {
        std::size_t size = 0;
        for (const MasterFileField& field : entry.fields) {
            size += field.text.size() / 4; // \DDD is one octet
        }
        return size;
    }

    std::unordered_map<std::string, std::size_t> amounts_;
};

/// A record of a type and a name we can ask for; nothing for others, which may be anything.
tl::expected<std::optional<ZoneFile::Record>, Problem<MasterFileError>> readRecord(const MasterFileEntry& entry) {
    const auto type = recordTypeFromString(entry.type);
    if (!type) {
        return std::nullopt;
    }
    auto rdata = wireRdata(*type, entry);
    if (!rdata) {
        return tl::unexpected(rdata.error());
    }
    auto name = RdataReader(entry.owner).domainName();
    return name ? std::optional(ZoneFile::Record{std::move(*name), *type, entry.ttl, std::move(*rdata)}) : std::nullopt;
}

} // namespace

ResourceRecord resourceRecord(const ZoneFile::Record& record) {
    Answer answer({record.name, record.type});
    answer.status = AnswerStatus::found;
    answer.rdata.push_back(record.rdata);
    auto values = presentation(answer);
    return {record.name, record.type, record.ttl, values.empty() ? std::string() : std::move(values.front())};
}

std::optional<DomainName> zoneNameOfFile(std::string_view fileName) {
    if (fileName.starts_with("db.")) {
        fileName.remove_prefix(3);
    }
    for (const std::string_view ending : {".zone", ".db", ".txt", ".hosts"}) {
        if (fileName.ends_with(ending)) {
            fileName.remove_suffix(ending.size());
            break;
        }
    }
    const auto name = DomainName::parse(fileName);
    return name ? std::optional(*name) : std::nullopt;
}

std::string absoluteName(const DomainName& name) {
    return name.isRoot() ? name.toString() : name.toString() + '.';
}

std::optional<std::string> relativeName(const DomainName& name, const DomainName& origin) {
    if (name == origin) {
        return "@";
    }
    if (origin.isRoot() || !name.isAtOrBelow(origin)) {
        return std::nullopt;
    }
    return name.toString().substr(0, name.toString().size() - origin.toString().size() - 1);
}

std::string zoneText(std::span<const ResourceRecord> records, const DomainName& origin, ZoneNames names) {
    std::string text;
    for (const ResourceRecord& record : records) {
        text += ownerText(record.name, origin, names);
        text += '\t';
        text += std::to_string(record.ttl.count());
        text += "\tIN\t";
        text += toString(record.type);
        text += '\t';
        text += valueText(record);
        text += '\n';
    }
    return text;
}

tl::expected<ZoneFile, Problem<MasterFileError>>
readZoneFile(std::string_view text, const std::optional<DomainName>& origin, const std::stop_token& stop) {
    ZoneFile file;
    Amounts amounts;
    MasterFileReader reader(text, origin, stop);
    while (true) {
        auto entry = reader.next();
        if (!entry) {
            return tl::unexpected(entry.error());
        }
        if (!*entry) {
            return file;
        }
        auto record = readRecord(**entry);
        if (!record) {
            return tl::unexpected(record.error());
        }
        if (!amounts.fits(**entry, *record)) {
            return tl::unexpected(problem(MasterFileError::tooMuch, (*entry)->type, (*entry)->line));
        }
        if (!*record) {
            continue;
        }
        if ((*record)->type == RecordType::soa && !file.zone) {
            file.zone = (*record)->name;
        }
        file.records.push_back(std::move(**record));
    }
}

} // namespace sealwright
