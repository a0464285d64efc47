#include "cli/transportoptions.h"

#include "cli/inputfile.h"
#include "text/problemtext.h"
#include "tls/certificate.h"

#include <algorithm>

namespace sealwright::cli {
namespace {

constexpr std::string_view off = "off";
constexpr std::size_t longestFile = (1U << 20U) + 1; // one octet more than is read, so that too much is noticed

bool isOff(const std::vector<std::string>& given) {
    return given.size() == 1 && given.front() == off;
}

Result<std::string> keyOfCertificate(const std::string& name, const std::optional<DomainName>& mailHost) {
    std::ifstream file;
    const auto input = openInput(name, file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    std::string pem(longestFile, '\0');
    (*input)->read(pem.data(), static_cast<std::streamsize>(pem.size()));
    pem.resize(static_cast<std::size_t>((*input)->gcount()));
    const auto certificate = readServerCertificate(pem, mailHost);
    if (!certificate) {
        return badInput(QStringLiteral("%1: %2").arg(shown(name), problemText(certificate.error())));
    }
    return certificate->publicKeyDigest();
}

Result<void> applyCertificates(const std::vector<std::string>& files, Profile& profile) {
    std::vector<std::string> keys;
    for (const std::string& name : isOff(files) ? std::vector<std::string>{} : files) {
        const auto key = keyOfCertificate(name, profile.mailHost);
        if (!key) {
            return tl::unexpected(key.error());
        }
        if (std::ranges::find(keys, *key) == keys.end()) {
            keys.push_back(*key);
        }
    }
    if (!files.empty()) {
        profile.certificateKeys = std::move(keys);
    }
    return {};
}

Result<void> applyTlsReports(const std::vector<std::string>& given, Profile& profile) {
    std::vector<EmailAddress> addresses;
    for (const std::string& word : isOff(given) ? std::vector<std::string>{} : given) {
        const auto address = EmailAddress::parse(word);
        if (!address) {
            return badInput(problemText(address.error()));
        }
        addresses.push_back(*address);
    }
    if (!given.empty()) {
        profile.tlsReportsTo = std::move(addresses);
    }
    return {};
}

void applyMtaSts(const std::string& word, bool reportsChosen, Profile& profile) {
    const auto mode = mtasts::modeFromString(word);
    const bool begins = mode && !profile.mtaSts;
    if (mode && (begins || profile.mtaSts->mode != *mode)) { // A max_age that was chosen for the mode stays.
        profile.mtaSts = mtaStsOf(*mode);
    } else if (word == off) {
        profile.mtaSts.reset();
    }
    if (begins && !reportsChosen && profile.tlsReportsTo.empty()) {
        profile.tlsReportsTo = tlsReportsBesideMtaSts(profile);
    }
}

} // namespace

Result<void> applyTransport(const ProfileOptions& options, Profile& profile) {
    applyMtaSts(options.mtaSts, !options.tlsReportTo.empty(), profile);
    if (const auto applied = applyTlsReports(options.tlsReportTo, profile); !applied) {
        return applied;
    }
    return applyCertificates(options.certificates, profile);
}

} // namespace sealwright::cli
