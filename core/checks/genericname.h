#pragma once

#include "names/domainname.h"
#include "names/ipaddress.h"

namespace sealwright {

/// Whether it is a name that a provider makes for each of its addresses: it repeats the address, or says that it is
/// given out to changing customers. Receivers take mail from such names for that of infected home computers.
[[nodiscard]] bool isGenericName(const DomainName& name, const IpAddress& address);

} // namespace sealwright
