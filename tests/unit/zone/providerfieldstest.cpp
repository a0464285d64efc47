#include "zone/providerfields.h"

#include "support/fakeresolver.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;
using namespace std::chrono_literals;

TEST(ProviderFields, AreWhatAFormAsksFor) {
    const auto zone = dnsName("example.org");
    const struct {
        ResourceRecord record;
        const char *host, *type, *value, *priority;
    } table[] = {
        {{zone, RecordType::txt, 300s, "v=spf1 \"-all"}, "@", "TXT", "v=spf1 \"-all", ""},
        {{dnsName("s._domainkey.example.org"), RecordType::txt, 300s, "p="}, "s._domainkey", "TXT", "p=", ""},
        {{zone, RecordType::mx, 300s, "10 mail.example.org."}, "@", "MX", "mail.example.org.", "10"},
        {{zone, RecordType::mx, 300s, "0 ."}, "@", "MX", ".", "0"},
        {{dnsName("_dmarc.example.net"), RecordType::cname, 300s, "x.example.org."},
         "_dmarc.example.net",
         "CNAME",
         "x.example.org.",
         ""},
    };
    for (const auto& [record, host, type, value, priority] : table) {
        const ProviderFields fields = providerFields(record, zone);
        EXPECT_EQ(fields.host, host);
        EXPECT_EQ(fields.type, type);
        EXPECT_EQ(fields.value, value);
        EXPECT_EQ(fields.priority, priority);
        EXPECT_EQ(fields.ttl, 300);
    }
}

} // namespace
} // namespace sealwright
