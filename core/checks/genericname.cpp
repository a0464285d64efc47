#include "checks/genericname.h"

#include <algorithm>
#include <vector>

namespace sealwright {
namespace {

constexpr std::string_view givenOut[] = {
    "adsl",   "cable",  "client", "clients", "cpe",        "cust",    "customer",  "customers", "dhcp", "dial",
    "dialin", "dialup", "dip",    "dsl",     "dyn",        "dynamic", "dynamicip", "dynip",     "ftth", "pool",
    "pools",  "ppp",    "pppoe",  "res",     "unassigned", "unknown", "vdsl",      "wlan",
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// The words that stand between dots and hyphens, without the numbers at their ends: "dsl-012.example.net" says dsl.
bool saysGivenOut(std::string_view name) {
    while (!name.empty()) {
        const std::string_view word = name.substr(0, name.find_first_of(".-_"));
        const std::string_view letters = word.substr(0, word.find_last_not_of("0123456789") + 1);
        if (std::ranges::find(givenOut, letters) != std::end(givenOut)) {
            return true;
        }
        name.remove_prefix(std::min(name.size(), word.size() + 1));
    }
    return false;
}

// The numbers in a name, in their order; too long ones are no part of an address.
std::vector<int> numbersIn(std::string_view name) {
    std::vector<int> numbers;
    for (auto at = name.begin(); at != name.end();) {
        const auto begin = std::find_if(at, name.end(), isDigit);
        at = std::find_if_not(begin, name.end(), isDigit);
        if (at - begin == 12) { // 192000002025
            for (auto part = begin; part != at; part += 3) {
                numbers.push_back(std::stoi(std::string(part, part + 3)));
            }
        } else if (begin != at) {
            numbers.push_back(at - begin <= 3 ? std::stoi(std::string(begin, at)) : -1);
        }
    }
    return numbers;
}

std::string hex(std::string_view octets) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char octet : octets) {
        const auto value = static_cast<unsigned char>(octet);
        text += {digits[value >> 4U], digits[value & 0xFU]};
    }
    return text;
}

bool repeatsV4(std::string_view name, const IpAddress& address) {
    std::vector<int> octets;
    std::ranges::transform(address.octets(), std::back_inserter(octets),
                           [](char octet) { return static_cast<unsigned char>(octet); });
    const std::vector<int> numbers = numbersIn(name);
    if (!std::ranges::search(numbers, octets).empty()) {
        return true;
    }
    std::ranges::reverse(octets);
    return !std::ranges::search(numbers, octets).empty() || name.find(hex(address.octets())) != std::string_view::npos;
}

// Its text with hyphens for colons, or all its nibbles, one way or the other.
bool repeatsV6(std::string_view name, const IpAddress& address) {
    std::string text = address.toString();
    std::ranges::replace(text, ':', '-');
    std::string nibbles = hex(address.octets());
    std::string bare(name);
    std::erase_if(bare, [](char c) { return c == '.' || c == '-' || c == '_'; });
    if (name.find(text) != std::string_view::npos || bare.find(nibbles) != std::string::npos) {
        return true;
    }
    std::ranges::reverse(nibbles);
    return bare.find(nibbles) != std::string::npos;
}

} // namespace

bool isGenericName(const DomainName& name, const IpAddress& address) {
    const std::string& text = name.toString();
    return saysGivenOut(text) || (address.isV4() ? repeatsV4(text, address) : repeatsV6(text, address));
}

} // namespace sealwright
