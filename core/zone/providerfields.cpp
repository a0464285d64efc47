#include "zone/providerfields.h"

#include "zone/zonefile.h"

namespace sealwright {

ProviderFields providerFields(const ResourceRecord& record, const DomainName& zone) {
    ProviderFields fields;
    fields.host = relativeName(record.name, zone).value_or(record.name.toString());
    fields.type = toString(record.type);
    fields.value = record.value;
    fields.ttl = static_cast<long>(record.ttl.count());
    if (const auto space = record.value.find(' '); record.type == RecordType::mx && space != std::string::npos) {
        fields.priority = record.value.substr(0, space);
        fields.value = record.value.substr(space + 1);
    }
    return fields;
}

} // namespace sealwright
