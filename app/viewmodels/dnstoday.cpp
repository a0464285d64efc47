#include "viewmodels/dnstoday.h"

namespace sealwright {

DnsToday readDnsToday(const Profile& profile, Resolver& resolver, std::stop_token stop) {
    DnsToday today{readPublished(profile, resolver, stop), {}};
    const DomainName zone = today.published.zoneOf(profile.domain).value_or(profile.domain);
    today.nameServers = names(resolver.lookup(zone, RecordType::ns, stop));
    return today;
}

} // namespace sealwright
