#include "dns/resolveroptions.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

TEST(ParseServer, TakesAnAddressWithOrWithoutAPort) {
    const struct {
        const char* text;
        const char* address;
        int port;
    } servers[] = {
        {"192.0.2.1", "192.0.2.1", 53},     {"192.0.2.1@5353", "192.0.2.1", 5353},
        {"2001:db8::1", "2001:db8::1", 53}, {"2001:db8::1@853", "2001:db8::1", 853},
        {"::1@65535", "::1", 65535},
    };
    for (const auto& expected : servers) {
        const auto server = parseServer(expected.text);
        ASSERT_TRUE(server) << expected.text;
        EXPECT_EQ(server->address.toString(), expected.address);
        EXPECT_EQ(server->port, expected.port);
    }
}

TEST(ParseServer, RefusesWhatIsNone) {
    for (const char* text : {"", "@", "@53", "192.0.2.1@", "192.0.2.1@0", "192.0.2.1@65536", "192.0.2.1@-1",
                             "192.0.2.1@53x", "192.0.2.1@ 53", "192.0.2.1:53", "[::1]@53", "dns.example.org",
                             "192.0.2.1@53@53", "192.0.2.1@99999999999999999999", "192.0.2.1\n", "$(reboot)"}) {
        const auto server = parseServer(text);
        ASSERT_FALSE(server) << text;
        EXPECT_EQ(server.error().code, ResolverError::badServer);
        EXPECT_EQ(server.error().what, text);
    }
}

} // namespace
} // namespace sealwright
