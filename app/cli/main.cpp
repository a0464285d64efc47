#include "base/hardening.h"
#include "cli/commandline.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/passphrase.h"
#include "live/livecourier.h"
#include "live/livenetwork.h"
#include "live/unboundresolver.h"
#include "text/problemtext.h"
#include "vault/filevault.h"
#include "vault/keychainpasswords.h"
#include "vault/keychainvault.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <sstream>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Main)
};

Result<std::unique_ptr<Resolver>> makeResolver(const GlobalOptions& global, const std::stop_token&) {
    const auto options = resolverOptions(global);
    if (!options) {
        return tl::unexpected(options.error());
    }
    auto resolver = UnboundResolver::create(*options);
    if (resolver) {
        return std::unique_ptr<Resolver>(std::move(*resolver));
    }
    switch (resolver.error().code) {
    case ResolverError::badServer:
    case ResolverError::unreadableFile:
    case ResolverError::badZoneFile:
    case ResolverError::zoneNameUnknown:
    case ResolverError::badTrustAnchor:
        return badInput(problemText(resolver.error()));
    case ResolverError::noSystemResolver:
    case ResolverError::library:
        break;
    }
    return notFoundOut(problemText(resolver.error()));
}

Result<std::unique_ptr<Network>> makeNetwork(const GlobalOptions& global, const std::stop_token&) {
    auto network = LiveNetwork::create(networkOptions(global));
    if (!network) {
        return badInput(problemText(network.error()));
    }
    return std::move(*network);
}

Result<std::unique_ptr<MessageCourier>> makeCourier(const GlobalOptions& global, const std::stop_token&) {
    auto courier = LiveCourier::create(networkOptions(global));
    if (!courier) {
        return badInput(problemText(courier.error()));
    }
    return std::move(*courier);
}

Result<std::unique_ptr<KeyVault>> makeVault(const GlobalOptions& global, const std::stop_token& stop) {
    auto file = vaultFile(global);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (!*file) {
        return std::make_unique<KeychainVault>();
    }
    std::error_code unreadable;
    const bool isNew = !std::filesystem::exists(**file, unreadable) && !unreadable;
    const QString name = shown((*file)->string());
    const Passphrase passphrase{"SEALWRIGHT_PASSPHRASE",
                                isNew ? Words::tr("New passphrase for %1: ").arg(name)
                                      : Words::tr("Passphrase of %1: ").arg(name),
                                isNew ? Words::tr("The same again: ") : QString()};
    return std::make_unique<FileVault>(**file, [passphrase, stop] { return ask(passphrase, stop); });
}

// Makes the thing when it is first asked for, and keeps it.
template <class T>
auto onDemand(std::unique_ptr<T>& kept,
              Result<std::unique_ptr<T>> (*make)(const GlobalOptions&, const std::stop_token&),
              const GlobalOptions& global, const std::stop_token& stop) {
    return [&kept, make, &global, stop]() -> Result<T*> {
        if (!kept) {
            auto made = make(global, stop);
            if (!made) {
                return tl::unexpected(made.error());
            }
            kept = std::move(*made);
        }
        return kept.get();
    };
}

int run(const Action& action, const GlobalOptions& global, const std::stop_token& stop) {
    if (const auto valid = validate(global); !valid) {
        say(valid.error().message);
        return static_cast<int>(valid.error().status);
    }
    const QString folder = global.dataFolder.empty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                                     : QString::fromStdString(global.dataFolder);
    ProfileStore store{QDir(folder)};
    const SystemClock clock;
    std::unique_ptr<Resolver> resolver;
    std::unique_ptr<Network> network;
    std::unique_ptr<MessageCourier> courier;
    std::unique_ptr<KeyVault> vault;
    KeychainPasswords passwords;
    const Context context{store,
                          clock,
                          onDemand(resolver, makeResolver, global, stop),
                          onDemand(network, makeNetwork, global, stop),
                          onDemand(courier, makeCourier, global, stop),
                          onDemand(vault, makeVault, global, stop),
                          passwords,
                          stop,
                          global.json,
                          global.verbose};
    const Outcome outcome = action(context);
    if (!outcome) {
        say(outcome.error().message);
        return static_cast<int>(outcome.error().status);
    }
    if (resultsWereLost()) {
        say(Words::tr("The results could not be written."));
        return static_cast<int>(ExitStatus::unknown);
    }
    return static_cast<int>(*outcome);
}

// Qt's warnings are for its programmers; all there is to say we say ourselves.
void dropMessage(QtMsgType, const QMessageLogContext&, const QString&) {}

// In UTF-8 on every system, the last one first.
std::vector<std::string> words() {
    std::vector<std::string> words;
    for (const QString& word : QCoreApplication::arguments().mid(1)) {
        words.insert(words.begin(), word.toStdString());
    }
    return words;
}

// A value that is there and empty comes from a script's variable that was never set.
void refuseEmptyValues(const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
        const bool mayBeEmpty = option->check_name("--mail-from"); // a bounce
        if (!mayBeEmpty && std::ranges::find(option->results(), std::string()) != option->results().end()) {
            throw CLI::ValidationError(option->get_name(), Words::tr("its value is empty").toStdString());
        }
    }
    for (const CLI::App* command : app.get_subcommands()) {
        refuseEmptyValues(*command);
    }
}

int exitOf(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream results;
    std::ostringstream messages;
    const int status = app.exit(error, results, messages);
    if (!results.str().empty()) {
        print(QString::fromStdString(results.str()).trimmed());
    }
    for (const QString& line : QString::fromStdString(messages.str()).split(u'\n', Qt::SkipEmptyParts)) {
        say(shown(line.toStdString())); // It may quote what was typed.
    }
    return status == 0 ? 0 : static_cast<int>(ExitStatus::usage);
}

} // namespace
} // namespace sealwright::cli

int main(int argc, char** argv) {
    using namespace sealwright::cli;
    sealwright::protectMemory();
    passOctetsUnchanged();
    const std::stop_token stop = stopOnInterrupt();
    qInstallMessageHandler(dropMessage);
    QCoreApplication::setApplicationName(QStringLiteral("sealwright"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));
    const QCoreApplication application(argc, argv);

    CommandLine line;
    try {
        line.app.parse(words());
        refuseEmptyValues(line.app);
    } catch (const CLI::ParseError& error) {
        return exitOf(line.app, error);
    }
    return run(line.action, line.global, stop);
}
