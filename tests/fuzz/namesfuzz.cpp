#include "fuzz.h"
#include "names/emailaddress.h"
#include "names/ipaddress.h"
#include "names/selector.h"

namespace sealwright {
namespace {

using fuzz::require;
using fuzz::requireShort;

void checkTree(const DomainName& name) {
    require(name.toString().size() <= 253); // RFC 1035 section 2.3.4, as text
    std::size_t depth = 0;
    for (auto at = std::optional(name); at && !at->isRoot(); at = at->parent()) {
        require(name.isAtOrBelow(*at));
        ++depth;
    }
    require(depth == name.labels().size());
    require(name.isAtOrBelow(DomainName::root()) && !name.toUnicode().empty());
}

void checkNames(std::string_view text) {
    if (const auto name = DomainName::parse(text)) {
        require(DomainName::parse(name->toString()) == name);
        require(DomainName::parseDns(name->toString()) == name);
        require(DomainName::parse(name->toUnicode()) == name);
        require(DomainName::root().child(name->toString()) == name);
    } else {
        requireShort(name.error());
    }
    if (const auto name = DomainName::parseDns(text)) {
        require(DomainName::parseDns(name->toString()) == name);
        require(name->isRoot() || DomainName::parseExpanded(name->toString()) == name);
        checkTree(*name);
    } else {
        requireShort(name.error());
    }
    if (const auto name = DomainName::parseExpanded(text)) {
        require(DomainName::parseExpanded(name->toString()) == name);
        checkTree(*name);
    } else {
        requireShort(name.error());
    }
}

void checkMailbox(std::string_view text) {
    if (const auto address = EmailAddress::parse(text)) {
        require(EmailAddress::parse(address->toString()) == address);
    } else {
        requireShort(address.error());
    }
}

void checkAddress(std::string_view text) {
    if (const auto address = IpAddress::parse(text)) {
        require(IpAddress::parse(address->toString()) == address);
        require(IpAddress::fromOctets(address->octets()) == *address);
        require(address->unmapped().unmapped() == address->unmapped());
        require(DomainName::parseDns(address->reverseName()).has_value());
        static_cast<void>(address->isPublic());
    } else {
        requireShort(address.error());
    }
    if (const auto network = IpNetwork::parse(text)) {
        require(IpNetwork::parse(network->toString()) == network);
        require(network->contains(network->address));
    } else {
        requireShort(network.error());
    }
}

void checkSelector(std::string_view text) {
    if (const auto selector = Selector::parse(text)) {
        require(Selector::parse(selector->toString()) == selector);
        require(DomainName::parseDns(selector->toString()).has_value());
        require(dkimKeyName(*selector, *DomainName::parseDns("example.org")).has_value());
    } else {
        requireShort(selector.error());
    }
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    checkNames(text);
    checkMailbox(text);
    checkAddress(text);
    checkSelector(text);
    return 0;
}
