#include "probeddomain.h"

namespace sealwright {
namespace {

using namespace test;
using enum FindingCode;

struct Announced {
    std::string name;
    Area area;
    std::string records; ///< Added to the zone.
    std::vector<FindingCode> codes;
    std::vector<std::string> arguments = {}; ///< Of the first.

    friend std::ostream& operator<<(std::ostream& out, const Announced& announced) { return out << announced.name; }
};

class Announcement : public testing::TestWithParam<Announced> {};

TEST_P(Announcement, IsJudged) {
    ProbedDomain domain;
    domain.resolver.add(GetParam().records);
    const auto findings = domain.check({GetParam().area});
    ASSERT_EQ(codes(findings), GetParam().codes);
    EXPECT_EQ(findings.front().arguments, GetParam().arguments);
}

const std::string tls = "_smtp._tls.example.org TXT ";
const std::string logo = "default._bimi.example.org TXT ";
const std::string soundLogo = "v=BIMI1; l=https://example.org/logo.svg; a=https://example.org/logo.pem";

const Announced announced[] = {
    {"no TLS reports", Area::tlsRpt, "", {tlsRptNone}},
    {"TLS reports",
     Area::tlsRpt,
     tls + "v=TLSRPTv1; rua=mailto:tls@example.org,https://reports.example.net/tls",
     {tlsRptSound},
     {"mailto:tls@example.org", "https://reports.example.net/tls"}},
    {"two records for TLS reports",
     Area::tlsRpt,
     tls + "v=TLSRPTv1; rua=mailto:a@example.org\n" + tls + "v=TLSRPTv1; rua=mailto:b@example.org",
     {tlsRptSeveral},
     {"2"}},
    {"TLS reports to nobody",
     Area::tlsRpt,
     tls + "v=TLSRPTv1; r=mailto:a@example.org",
     {tlsRptBroken},
     {"v=TLSRPTv1; r=mailto:a@example.org"}},
    {"TLS reports to a bare address",
     Area::tlsRpt,
     tls + "v=TLSRPTv1; rua=tls@example.org",
     {tlsRptBroken},
     {"tls@example.org"}},
    {"TLS reports, mistyped",
     Area::tlsRpt,
     tls + "v=TLSRPT1; rua=mailto:a@example.org",
     {tlsRptBroken},
     {"v=TLSRPT1; rua=mailto:a@example.org"}},
    {"no logo", Area::bimi, "", {bimiNone}},
    {"a logo that nobody shows",
     Area::bimi,
     logo + soundLogo,
     {bimiFound, bimiNeedsPolicy},
     {"https://example.org/logo.svg"}},
    {"two logos", Area::bimi, logo + soundLogo + "\n" + logo + "v=BIMI1; l=; a=", {bimiSeveral}, {"2"}},
    {"no logo wanted", Area::bimi, logo + "v=BIMI1; l=; a=", {bimiDeclined}},
    {"a logo in quotes", Area::bimi, logo + R"("\"v=BIMI1; l=; a=\"")", {bimiBroken}, {R"("v=BIMI1; l=; a=")"}},
    {"a logo over HTTP",
     Area::bimi,
     logo + "v=BIMI1; l=http://example.org/logo.svg",
     {bimiBroken},
     {"http://example.org/logo.svg"}},
};

INSTANTIATE_TEST_SUITE_P(OfDomains, Announcement, testing::ValuesIn(announced));

TEST(TlsRptCheck, GivesThePlannedRecord) {
    ProbedDomain domain;
    domain.profile.tlsReportsTo = {*EmailAddress::parse("tls@example.org")};
    const auto findings = domain.check({Area::tlsRpt});
    ASSERT_EQ(codes(findings), std::vector{tlsRptMissing});
    domain.resolver.add(findings.front().expected.front());
    EXPECT_EQ(codes(domain.check({Area::tlsRpt})), std::vector{tlsRptSound});
}

TEST(BimiCheck, IsContentWithAStrictPolicy) {
    ProbedDomain domain;
    domain.resolver.remove("_dmarc.example.org", RecordType::txt);
    domain.resolver.add("_dmarc.example.org TXT v=DMARC1; p=quarantine\n" + logo + soundLogo);
    EXPECT_THAT(codes(domain.check({Area::bimi})), testing::ElementsAre(bimiFound));
}

TEST(BimiCheck, NamesALogoWithoutCertificate) {
    ProbedDomain domain;
    domain.resolver.remove("_dmarc.example.org", RecordType::txt);
    domain.resolver.add("_dmarc.example.org TXT v=DMARC1; p=reject\n" + logo + "v=BIMI1; l=https://example.org/l.svg");
    EXPECT_THAT(codes(domain.check({Area::bimi})), testing::ElementsAre(bimiFound, bimiNoCertificate));
}

} // namespace
} // namespace sealwright
