#include "zone/editcheck.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::dnsName;

ResourceRecord txt(std::string_view name, std::string_view value) {
    return {dnsName(name), RecordType::txt, 300s, std::string(value)};
}

constexpr std::string_view before = "$TTL 1h\n@ SOA ns1 admin 1 1d 2h 1w 5m\n@ NS ns1\n@ TXT \"v=spf1 a ~all\"\n"
                                    "ns1 A 192.0.2.1\n";

struct Case {
    std::string words;
    std::string after;
    std::optional<EditFault> fault;
};

class EditCheck : public testing::TestWithParam<Case> {};

TEST_P(EditCheck, SeesWhatIsNotAsItShouldBe) {
    const std::vector<ZoneChange> changes{
        {txt("example.org", "v=spf1 mx -all"), {txt("example.org", "v=spf1 a ~all")}}};
    const auto fault = faultOf(before, GetParam().after, dnsName("example.org"), changes);
    ASSERT_EQ(fault.has_value(), GetParam().fault.has_value()) << GetParam().words << (fault ? fault->what : "");
    if (fault) {
        EXPECT_EQ(fault->code, *GetParam().fault) << GetParam().words;
    }
}

const std::string soa = "$TTL 1h\n@ SOA ns1 admin 2 1d 2h 1w 5m\n";
const std::string rest = "@ NS ns1\nns1 A 192.0.2.1\n";
const std::string spf = "@ 300 TXT \"v=spf1 mx -all\"\n";

INSTANTIATE_TEST_SUITE_P(
    Texts, EditCheck,
    testing::Values(
        Case{"as it should be", soa + rest + spf, {}}, Case{"in another order", soa + spf + rest, {}},
        Case{"ours is not there", soa + rest, EditFault::missing},
        Case{"ours says something else", soa + rest + "@ TXT \"v=spf1 mx ~all\"\n", EditFault::missing},
        Case{"another one is gone", soa + "@ NS ns1\n" + spf, EditFault::lost},
        Case{"another one has another TTL", soa + "@ NS ns1\nns1 60 A 192.0.2.1\n" + spf, EditFault::lost},
        Case{"what is replaced is still there", soa + rest + spf + "@ TXT \"v=spf1 a ~all\"\n", EditFault::strange},
        Case{"another one came", soa + rest + spf + "www A 192.0.2.1\n", EditFault::strange},
        Case{"the SOA says something else", "$TTL 1h\n@ SOA ns1 admin 2 9d 2h 1w 5m\n" + rest + spf, EditFault::lost},
        Case{"it can't be read", soa + rest + "@ TXT \"open\n", EditFault::unreadable}));

} // namespace
} // namespace sealwright
