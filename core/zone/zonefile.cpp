#include "zone/zonefile.h"

#include "dns/txtstrings.h"

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

} // namespace

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

} // namespace sealwright
