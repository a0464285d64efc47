#include "cli/transportoptions.h"

#include "checks/livecertificate.h"
#include "cli/inputfile.h"
#include "text/problemtext.h"
#include "tls/certificate.h"

#include <QCoreApplication>

#include <algorithm>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::TransportOptions)
};

constexpr std::string_view off = "off";
constexpr std::string_view live = "live";
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

Result<std::vector<std::string>> keysOfServer(const Context& context, const std::optional<DomainName>& mailHost) {
    if (!mailHost) {
        return badInput(Words::tr("--certificate live needs --mail-host, the name of your mail server."));
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const auto network = context.network();
    if (!network) {
        return tl::unexpected(network.error());
    }
    const auto shown = liveCertificates(*mailHost, **resolver, **network, context.stop);
    if (!shown) {
        return notFoundOut(problemText(shown.error(), *mailHost));
    }
    std::vector<std::string> keys;
    std::ranges::transform(*shown, std::back_inserter(keys), &Certificate::publicKeyDigest);
    return keys;
}

/// "live", or a file's name.
Result<std::vector<std::string>> keysOf(const Context& context, const std::string& word, const Profile& profile) {
    if (word == live) {
        return keysOfServer(context, profile.mailHost);
    }
    return keyOfCertificate(word, profile.mailHost).map([](std::string key) {
        return std::vector<std::string>{std::move(key)};
    });
}

Result<void> applyCertificates(const Context& context, const std::vector<std::string>& words, Profile& profile) {
    std::vector<std::string> keys;
    for (const std::string& word : isOff(words) ? std::vector<std::string>{} : words) {
        const auto more = keysOf(context, word, profile);
        if (!more) {
            return tl::unexpected(more.error());
        }
        std::ranges::copy_if(*more, std::back_inserter(keys),
                             [&keys](const std::string& key) { return std::ranges::find(keys, key) == keys.end(); });
    }
    if (!words.empty()) {
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

Result<void> applyTransport(const Context& context, const ProfileOptions& options, Profile& profile) {
    applyMtaSts(options.mtaSts, !options.tlsReportTo.empty(), profile);
    if (const auto applied = applyTlsReports(options.tlsReportTo, profile); !applied) {
        return applied;
    }
    return applyCertificates(context, options.certificates, profile);
}

} // namespace sealwright::cli
