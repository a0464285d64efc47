#include "cli/globaloptions.h"

#include "text/problemtext.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <QCoreApplication>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::GlobalOptions)
};

std::filesystem::path pathFrom(const std::string& text) {
    return std::filesystem::path(QString::fromStdString(text).toStdU16String());
}

std::chrono::milliseconds timeoutOf(const GlobalOptions& options) {
    return std::chrono::milliseconds(static_cast<long>(options.timeout * 1000));
}

} // namespace

void addGlobalOptions(CLI::App& app, GlobalOptions& options) {
    app.add_flag("--json", options.json, "Results as JSON");
    app.add_flag("--verbose", options.verbose, "Say why, also where all is well");
    app.add_option("--resolver", options.servers, "Ask this DNS server instead of the system's")
        ->type_name("ADDR[@PORT]")
        ->allow_extra_args(false);
    app.add_option("--zone", options.zoneFiles, "Answer from this zone file: check it before publishing")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_flag("--offline", options.offline, "Ask nobody but the zone files");
    app.add_option("--trust-anchor", options.trustAnchor, "DNSSEC trust anchors, a file of DS or DNSKEY records")
        ->type_name("FILE")
        ->take_last();
    app.add_option("--ca-file", options.caFile,
                   "Trust the certificate authorities of this PEM file instead of the system's")
        ->type_name("FILE")
        ->take_last();
    app.add_option("--timeout", options.timeout, "Longest wait for the DNS, and for a server's answers")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 3600.0))
        ->take_last()
        ->capture_default_str();
    app.add_option("--data-dir", options.dataFolder, "Where the domains are saved")->type_name("FOLDER")->take_last();
    app.add_option(
           "--vault", options.vault,
           "Where private keys are kept: keychain, or file:PATH (passphrase from SEALWRIGHT_PASSPHRASE or asked)")
        ->type_name("PLACE")
        ->take_last()
        ->capture_default_str();
}

Result<void> validate(const GlobalOptions& options) {
    return vaultFile(options).and_then([&](const auto&) { return resolverOptions(options); }).map([](const auto&) {});
}

Result<ResolverOptions> resolverOptions(const GlobalOptions& options) {
    ResolverOptions resolver;
    for (const std::string& text : options.servers) {
        const auto server = parseServer(text);
        if (!server) {
            return badInput(problemText(server.error()));
        }
        resolver.servers.push_back(*server);
    }
    for (const std::string& file : options.zoneFiles) {
        resolver.zoneFiles.push_back(pathFrom(file));
    }
    if (!options.trustAnchor.empty()) {
        resolver.trustAnchors = pathFrom(options.trustAnchor);
    }
    resolver.offline = options.offline;
    resolver.timeout = timeoutOf(options);
    return resolver;
}

Result<std::vector<NameServer>> parseResolvers(const std::vector<std::string>& texts) {
    std::vector<NameServer> servers;
    for (const std::string& text : texts) {
        const auto server = parseServer(text);
        if (!server) {
            return badInput(problemText(server.error()));
        }
        servers.push_back({server->address, server->port, true});
    }
    return servers;
}

NetworkOptions networkOptions(const GlobalOptions& options) {
    NetworkOptions network;
    network.offline = options.offline || !options.zoneFiles.empty(); // What is not published yet has no servers yet.
    network.timeout = timeoutOf(options);
    network.remember = std::chrono::minutes(10); // Many domains of a list may have the same mail servers.
    if (!options.caFile.empty()) {
        network.caFile = pathFrom(options.caFile);
    }
    return network;
}

Result<std::optional<std::filesystem::path>> vaultFile(const GlobalOptions& options) {
    constexpr std::string_view file = "file:";
    if (options.vault == "keychain") {
        return std::optional<std::filesystem::path>();
    }
    if (!options.vault.starts_with(file) || options.vault.size() == file.size()) {
        return badInput(Words::tr("--vault takes keychain or file:PATH."));
    }
    return std::optional(pathFrom(options.vault.substr(file.size())));
}

} // namespace sealwright::cli
