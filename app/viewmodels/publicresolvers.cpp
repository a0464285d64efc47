#include "viewmodels/publicresolvers.h"

namespace sealwright {

using namespace Qt::StringLiterals;

std::span<const PublicResolver> publicResolvers() {
    // The addresses that their operators publish; DNS4EU's is the one that filters nothing.
    static const PublicResolver all[] = {{u"Quad9"_s, *IpAddress::parse("9.9.9.9")},
                                         {u"Cloudflare"_s, *IpAddress::parse("1.1.1.1")},
                                         {u"Google"_s, *IpAddress::parse("8.8.8.8")},
                                         {u"DNS4EU"_s, *IpAddress::parse("86.54.11.100")}};
    return all;
}

} // namespace sealwright
