#include "dns/resolver.h"

namespace sealwright {

Answer Resolver::lookup(const DomainName& name, RecordType type, std::stop_token stop) {
    const Question question{name, type};
    return std::move(lookupAll({&question, 1}, std::move(stop)).front());
}

} // namespace sealwright
