#include "base/hardening.h"
#include "cli/commands.h"
#include "cli/globaloptions.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/passphrase.h"
#include "live/unboundresolver.h"
#include "text/problemtext.h"
#include "vault/filevault.h"
#include "vault/keychainvault.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <sstream>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Main)
};

Result<std::unique_ptr<Resolver>> makeResolver(const GlobalOptions& global) {
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

Result<std::unique_ptr<KeyVault>> makeVault(const GlobalOptions& global) {
    auto file = vaultFile(global);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (!*file) {
        return std::make_unique<KeychainVault>();
    }
    const QString prompt = Words::tr("Passphrase of %1: ").arg(QString::fromStdU16String((*file)->u16string()));
    return std::make_unique<FileVault>(**file, [prompt] { return passphraseFor("SEALWRIGHT_PASSPHRASE", prompt); });
}

// Makes the thing when it is first asked for, and keeps it.
template <class T>
auto onDemand(std::unique_ptr<T>& kept, Result<std::unique_ptr<T>> (*make)(const GlobalOptions&),
              const GlobalOptions& global) {
    return [&kept, make, &global]() -> Result<T*> {
        if (!kept) {
            auto made = make(global);
            if (!made) {
                return tl::unexpected(made.error());
            }
            kept = std::move(*made);
        }
        return kept.get();
    };
}

int run(const Action& action, const GlobalOptions& global, const std::stop_token& stop) {
    const QString folder = global.dataFolder.empty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                                     : QString::fromStdString(global.dataFolder);
    ProfileStore store{QDir(folder)};
    const SystemClock clock;
    std::unique_ptr<Resolver> resolver;
    std::unique_ptr<KeyVault> vault;
    const Context context{
        store,       clock,         onDemand(resolver, makeResolver, global), onDemand(vault, makeVault, global), stop,
        global.json, global.verbose};
    const Outcome outcome = action(context);
    if (!outcome) {
        say(outcome.error().message);
        return static_cast<int>(outcome.error().status);
    }
    return static_cast<int>(*outcome);
}

int exitOf(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream results;
    std::ostringstream messages;
    const int status = app.exit(error, results, messages);
    if (!results.str().empty()) {
        print(QString::fromStdString(results.str()).trimmed());
    }
    if (!messages.str().empty()) {
        say(QString::fromStdString(messages.str()).trimmed());
    }
    return status == 0 ? 0 : static_cast<int>(ExitStatus::usage);
}

} // namespace
} // namespace sealwright::cli

int main(int argc, char** argv) {
    using namespace sealwright::cli;
    sealwright::protectMemory();
    const std::stop_token stop = stopOnInterrupt();
    QCoreApplication::setApplicationName(QStringLiteral("sealwright"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));
    const QCoreApplication application(argc, argv);

    CLI::App app("Sets up SPF, DKIM and DMARC for people who run their own mail server.", "sealwright-cli");
    app.set_version_flag("--version", "sealwright " SEALWRIGHT_VERSION);
    app.require_subcommand(1);
    app.fallthrough(); // Global options stand before or behind the command.
    app.footer("Exit status: 0 all is well, 1 something is wrong with what was looked at, 2 wrong usage or bad input,\n"
               "3 it could not be found out.");
    GlobalOptions global;
    addGlobalOptions(app, global);
    Action action;
    addSetupCommand(app, action);
    addDomainCommand(app, action);
    addKeyCommand(app, action);
    addRecordsCommand(app, action);
    addExportCommand(app, action);
    addCheckCommand(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return exitOf(app, error);
    }
    return run(action, global, stop);
}
