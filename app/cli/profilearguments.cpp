#include "cli/profilearguments.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace sealwright::cli {
namespace {

constexpr KeyAlgorithm allAlgorithms[] = {KeyAlgorithm::rsa2048, KeyAlgorithm::rsa3072, KeyAlgorithm::rsa4096,
                                          KeyAlgorithm::ed25519};

template <class List>
std::vector<std::string> namesOf(const List& values) {
    std::vector<std::string> names;
    for (const auto value : values) {
        names.emplace_back(toString(value));
    }
    return names;
}

void addTransportOptions(CLI::App& command, ProfileOptions& options) {
    command
        .add_option("--mta-sts", options.mtaSts,
                    "Have mail come over verified TLS only (MTA-STS): begin with testing, then enforce; none takes the "
                    "policy back before off removes it (default: what is saved, else off)")
        ->type_name("MODE")
        ->check(CLI::IsMember({"testing", "enforce", "none", "off"}));
    command
        .add_option("--tls-report-to", options.tlsReportTo,
                    "Mailbox for reports on mail that could not come over TLS, or off; those given replace those saved "
                    "(default: with --mta-sts the mailbox for DMARC reports)")
        ->type_name("MAILBOX")
        ->allow_extra_args(false);
    command
        .add_option("--certificate", options.certificates,
                    "PEM file with the certificate of your mail server, for DANE; live: the one that it shows on port "
                    "25 now; a second file for its next key; off; those given replace those saved")
        ->type_name("FILE")
        ->allow_extra_args(false);
}

} // namespace

void addProfileOptions(CLI::App& command, ProfileOptions& options) {
    command
        .add_option("--mail-host", options.mailHost, "Name of your mail server (default: the domain's first MX host)")
        ->type_name("HOST");
    command
        .add_option("--ip", options.addresses,
                    "Another address or network that sends for the domain; those given replace those saved")
        ->type_name("ADDR")
        ->allow_extra_args(false);
    command
        .add_option("--include", options.includes,
                    "A service that sends for the domain, by its SPF name; those given replace those saved")
        ->type_name("NAME")
        ->allow_extra_args(false);
    command.add_option("--report-to", options.reportTo, "Mailbox for DMARC reports (default: dmarc-reports@DOMAIN)")
        ->type_name("MAILBOX");
    command.add_option("--policy", options.policy, "DMARC policy (default: what is published, else none)")
        ->type_name("POLICY")
        ->check(CLI::IsMember({"none", "quarantine", "reject"}));
    addTransportOptions(command, options);
}

CLI::Option* addStackOption(CLI::App& command, std::string& stack) {
    return command.add_option("--stack", stack, "What runs on your server")
        ->type_name("STACK")
        ->check(CLI::IsMember(namesOf(allStacks)));
}

void addInboundOption(CLI::App& command, std::string& inbound) {
    command
        .add_option("--inbound", inbound,
                    "Mail that comes in: leave it unchanged, or check it and write the results into its header; "
                    "nothing is refused (default: what is saved, else unchanged)")
        ->type_name("MODE")
        ->check(CLI::IsMember(namesOf(allInbounds)));
}

void addKeyOptions(CLI::App& command, std::vector<std::string>& algorithms, std::string& selector) {
    command.add_option("--algorithm", algorithms, "Kind of key; several give several signatures (default: rsa2048)")
        ->type_name("ALGORITHM")
        ->allow_extra_args(false)
        ->check(CLI::IsMember(namesOf(allAlgorithms)));
    command
        .add_option("--selector", selector,
                    "Name of the key (default: s and the month; e for Ed25519). With several algorithms it is the "
                    "first one's, and -ALGORITHM is added for the others")
        ->type_name("SELECTOR");
}

std::vector<KeyAlgorithm> algorithmsFrom(const std::vector<std::string>& names) {
    std::vector<KeyAlgorithm> algorithms;
    for (const std::string& name : names) {
        if (const auto algorithm = keyAlgorithmFromString(name)) {
            algorithms.push_back(*algorithm);
        }
    }
    return algorithms;
}

} // namespace sealwright::cli
