#include "dns/answer.h"

#include "dns/rdata.h"

#include <algorithm>

namespace sealwright {

namespace {

/// Decodes every record of an answer of one of these types, without those that are broken.
template <class T, class Decode>
std::vector<T> decoded(const Answer& answer, std::initializer_list<RecordType> types, Decode decode) {
    std::vector<T> values;
    if (std::ranges::find(types, answer.question.type) == types.end()) {
        return values;
    }
    for (const std::string& rdata : answer.rdata) {
        if (std::optional<T> value = decode(rdata)) {
            values.push_back(std::move(*value));
        }
    }
    return values;
}

std::optional<MxHost> mxHost(std::string_view rdata) {
    RdataReader reader(rdata);
    const auto preference = reader.number16();
    const auto exchange = reader.domainName();
    if (!preference || !exchange || !reader.atEnd()) {
        return std::nullopt;
    }
    return MxHost{*preference, *exchange};
}

std::optional<DomainName> onlyName(std::string_view rdata) {
    RdataReader reader(rdata);
    auto name = reader.domainName();
    return reader.atEnd() ? name : std::nullopt;
}

std::optional<std::string> joinedStrings(std::string_view rdata) {
    if (rdata.empty()) { // RFC 1035 section 3.3.14: one or more character-strings.
        return std::nullopt;
    }
    RdataReader reader(rdata);
    std::string text;
    while (!reader.atEnd()) {
        const auto string = reader.characterString();
        if (!string) {
            return std::nullopt;
        }
        text += *string;
    }
    return text;
}

} // namespace

std::vector<std::string> texts(const Answer& answer) {
    return decoded<std::string>(answer, {RecordType::txt}, joinedStrings);
}

std::vector<IpAddress> addresses(const Answer& answer) {
    const std::size_t size = answer.question.type == RecordType::a ? 4 : 16;
    return decoded<IpAddress>(answer, {RecordType::a, RecordType::aaaa}, [size](std::string_view rdata) {
        return rdata.size() == size ? IpAddress::fromOctets(rdata) : std::nullopt;
    });
}

std::vector<DomainName> names(const Answer& answer) {
    return decoded<DomainName>(answer, {RecordType::ns, RecordType::cname, RecordType::ptr}, onlyName);
}

std::vector<MxHost> mxHosts(const Answer& answer) {
    auto hosts = decoded<MxHost>(answer, {RecordType::mx}, mxHost);
    std::ranges::sort(hosts);
    return hosts;
}

std::vector<std::string> presentation(const Answer& answer) {
    const RecordType type = answer.question.type;
    return decoded<std::string>(answer, {type}, [type](std::string_view rdata) {
        return type == RecordType::txt ? joinedStrings(rdata) : presentation(type, rdata);
    });
}

} // namespace sealwright
