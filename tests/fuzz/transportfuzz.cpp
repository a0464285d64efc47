#include "bimi/record.h"
#include "dane/authenticate.h"
#include "fuzz.h"
#include "mtasts/policy.h"
#include "mtasts/record.h"
#include "tlsrpt/record.h"

namespace sealwright {
namespace {

using fuzz::require;

// What is read prints as something that reads the same.
template <class T>
void checkRecord(std::string_view text) {
    const auto record = T::parse(text);
    if (!record) {
        fuzz::requireShort(record.error());
        return;
    }
    require(T::parse(record->toString()) == *record);
}

void checkPolicy(std::string_view text) {
    checkRecord<mtasts::Policy>(text);
    if (const auto policy = mtasts::Policy::parse(text)) {
        require(mtasts::policyId(*policy).size() == 20);
        for (const mtasts::MxPattern& pattern : policy->mx) {
            require(pattern.wildcard || policy->covers(pattern.domain));
        }
    }
}

void checkTlsa(std::string_view octets) {
    if (const auto wire = dane::Tlsa::parse(octets)) {
        require(dane::Tlsa::fromPresentation(wire->toString()) == *wire);
    }
    if (const auto text = dane::Tlsa::fromPresentation(octets)) {
        require(dane::Tlsa::fromPresentation(text->toString()) == *text);
    }
}

void checkCertificates(std::string_view octets) {
    const auto host = DomainName::parse("mail.example.org").value();
    std::vector<Certificate> all = readCertificates(octets).value_or(std::vector<Certificate>{});
    if (const auto single = Certificate::parse(octets)) {
        all.push_back(*single);
    }
    for (const Certificate& certificate : all) {
        require(Certificate::parse(certificate.der()) == certificate);
        require(!certificate.isFor(host) || !certificate.names().empty());
        const auto record = dane::forPublicKey(certificate.publicKeyDigest()).value();
        static_cast<void>(dane::whyNotAuthentic({&record, 1}, {{&certificate, 1}, {&host, 1}, certificate.notAfter()}));
        static_cast<void>(certificate.issuer());
    }
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view octets = fuzz::Input(data, size).rest();
    static_cast<void>(mtasts::resemblesMtaSts(octets) || tlsrpt::resemblesTlsRpt(octets));
    checkRecord<mtasts::Record>(octets);
    checkRecord<tlsrpt::Record>(octets);
    checkRecord<bimi::Record>(octets);
    checkPolicy(octets);
    checkTlsa(octets);
    checkCertificates(octets);
    return 0;
}
