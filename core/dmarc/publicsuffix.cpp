#include "dmarc/publicsuffix.h"

#include <libpsl.h>
#include <memory>

namespace sealwright::dmarc {

DomainName registrableDomain(const DomainName& name) {
    static const std::unique_ptr<psl_ctx_t, decltype(&psl_free)> list(psl_latest(nullptr), psl_free);
    const char* found = list ? psl_registrable_domain(list.get(), name.toString().c_str()) : nullptr;
    if (found == nullptr) {
        return name;
    }
    return DomainName::parseDns(found).value_or(name);
}

} // namespace sealwright::dmarc
