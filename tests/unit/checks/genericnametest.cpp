#include "checks/genericname.h"

#include "support/fakeresolver.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;

struct Case {
    std::string_view name;
    std::string_view address;
};

TEST(GenericName, IsOneThatRepeatsTheAddressOrSaysItIsGivenOut) {
    for (const Case& each : {
             Case{"192-0-2-25.example.net", "192.0.2.25"},
             Case{"host.25.2.0.192.example.net", "192.0.2.25"},
             Case{"ip192.0.2.25.static.example.net", "192.0.2.25"},
             Case{"c192000002025.example.net", "192.0.2.25"},
             Case{"p192-000-002-025.example.net", "192.0.2.25"},
             Case{"pc0000219.dip0.example.net", "192.0.2.25"},
             Case{"c0000219.example.net", "192.0.2.25"},
             Case{"dsl-77.example.net", "192.0.2.25"},
             Case{"pool12.example.net", "192.0.2.25"},
             Case{"host1.dynamic.example.net", "2001:db8::25"},
             Case{"2001-db8--25.example.net", "2001:db8::25"},
             Case{"20010db8000000000000000000000025.example.net", "2001:db8::25"},
             Case{"5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.example.net", "2001:db8::25"},
         }) {
        EXPECT_TRUE(isGenericName(dnsName(each.name), *IpAddress::parse(each.address))) << each.name;
    }
}

TEST(GenericName, IsNoneThatSomebodyChose) {
    for (const Case& each : {
             Case{"mail.example.org", "192.0.2.25"},
             Case{"mx25.example.org", "192.0.2.25"},
             Case{"mx1.192.example.org", "192.0.2.25"},
             Case{"dynamics.example.org", "192.0.2.25"},
             Case{"whirlpool.example.org", "192.0.2.25"},
             Case{"198-51-100-7.example.net", "192.0.2.25"}, // somebody else's, which is a fault of its own
             Case{"v4711.example.net", "2001:db8::25"},
         }) {
        EXPECT_FALSE(isGenericName(dnsName(each.name), *IpAddress::parse(each.address))) << each.name;
    }
}

} // namespace
} // namespace sealwright
