#include "cli/keyfolder.h"

#include "cli/output.h"
#include "cli/passphrase.h"
#include "cli/profiles.h"
#include "cli/signingkeys.h"
#include "mta/quoting.h"
#include "takeover/storekeys.h"
#include "text/problemtext.h"
#include "text/takeovertext.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace sealwright::cli {
namespace {

using namespace takeover;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::KeyFolder)
};

std::filesystem::path pathOf(const std::string& text) {
    return std::filesystem::path(QString::fromStdString(text).toStdU16String());
}

Failure folderFailure(const Problem<FolderError>& problem, const std::string& folder) {
    const auto status = problem.code == FolderError::cancelled ? ExitStatus::unknown : ExitStatus::usage;
    return {status, QStringLiteral("%1: %2").arg(shown(folder), problemText(problem))};
}

// Keeps the keys and the profile that names them, or neither.
Result<Imports> keep(const Context& context, StoredProfile& stored, const ServerFolder& folder,
                     const Takeover& takeover) {
    if (takeover.taken.empty()) {
        return Imports{{}, takeover.left};
    }
    const auto vault = context.vault();
    if (!vault) {
        return tl::unexpected(vault.error());
    }
    NewKeys keys(**vault);
    auto imports = storeKeys(folder, takeover, stored.profile, keys, context.clock.now(), context.stop);
    if (!imports) {
        return tl::unexpected(failureOf(imports.error()));
    }
    if (!imports->imported.empty()) {
        if (const auto saved = saveProfile(context, stored); !saved) {
            return tl::unexpected(saved.error());
        }
    }
    keys.keep();
    return std::move(*imports);
}

QJsonObject objectOf(const ImportedKey& imported) {
    QJsonArray files;
    for (const std::string& file : imported.files) {
        files += shown(file);
    }
    QJsonObject object = toJson(imported.key);
    object.insert(QStringLiteral("files"), files);
    object.insert(QStringLiteral("evidence"), text(toString(imported.evidence)));
    object.insert(QStringLiteral("publication"), text(toString(imported.publication)));
    return object;
}

QString namesOf(const std::vector<std::string>& files) {
    QStringList names;
    for (const std::string& file : files) {
        names += shown(file);
    }
    return names.join(QStringLiteral(", "));
}

// What can be done about it on the command line.
QString hintFor(const LeftFile& left, const DomainName& domain, const std::string& folder) {
    if (left.refusal && left.refusal->code == KeyError::passphraseNeeded) {
        return u' ' + Words::tr("It is asked for at a terminal, or read from SEALWRIGHT_KEY_PASSPHRASE.");
    }
    if (left.why != LeftReason::selectorUnknown && left.why != LeftReason::claimedTwice) {
        return {};
    }
    std::error_code error;
    const bool isTable = std::filesystem::is_regular_file(pathOf(folder), error);
    const std::size_t slash = folder.rfind('/');
    std::string file = !isTable ? folder + '/' : slash == std::string::npos ? "" : folder.substr(0, slash + 1);
    file += left.file;
    return QStringLiteral("\n    sealwright-cli key import %1 %2 --selector NAME")
        .arg(text(domain.toString()), shown(shellWord(file)));
}

void tell(const Context& context, const Imports& imports, const DomainName& domain, const std::string& folder) {
    QJsonArray imported;
    QJsonArray left;
    for (const ImportedKey& one : imports.imported) {
        imported += objectOf(one);
        if (!context.json) {
            print(QStringLiteral("%1  (%2)").arg(describe(one.key), namesOf(one.files)));
        }
        if (one.evidence != Evidence::dns) {
            say(QStringLiteral("%1: %2").arg(text(one.key.selector.toString()),
                                             evidenceText(one.evidence, one.publication)));
        }
        warnIfWeak(one.key);
    }
    for (const LeftFile& one : imports.left) {
        const QString why = leftText(one, domain) + hintFor(one, domain, folder);
        left += QJsonObject{{QStringLiteral("file"), shown(one.file)},
                            {QStringLiteral("why"), text(toString(one.why))},
                            {QStringLiteral("text"), why}};
        if (!context.json) {
            print(Words::tr("Left: %1: %2").arg(shown(one.file), why));
        }
    }
    if (context.json) {
        print(QJsonObject{{QStringLiteral("imported"), imported}, {QStringLiteral("left"), left}});
    }
}

ExitStatus statusOf(const Imports& imports) {
    const auto has = [&imports](LeftReason why) {
        return std::ranges::find(imports.left, why, &LeftFile::why) != imports.left.end();
    };
    if (!imports.imported.empty() || has(LeftReason::alreadyHere)) {
        return ExitStatus::ok;
    }
    return has(LeftReason::dnsSilent) ? ExitStatus::unknown : ExitStatus::wrong;
}

} // namespace

std::optional<SecretBytes> askKeyPassphrase(const std::stop_token& stop) {
    return ask({"SEALWRIGHT_KEY_PASSPHRASE", Words::tr("Passphrase of the key to import: "), {}}, stop);
}

void warnIfWeak(const SigningKey& key) {
    if (key.type == KeyType::rsa && key.bits < advisedRsaBits) {
        say(Words::tr("Warning: the key %1 has %2 bits. 2048 are advised; make a new one when you can.")
                .arg(text(key.selector.toString()))
                .arg(key.bits));
    }
}

Outcome importFolder(const Context& context, const std::string& domain, const std::string& folder) {
    auto stored = loadOrBeginProfile(context, domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    if (stored->readOnly) { // Nothing goes into the vault that the profile can't remember.
        return badInput(problemText(problem(ProfileError::newerVersion)));
    }
    const auto read = readServerFolder(
        pathOf(folder), [&context] { return askKeyPassphrase(context.stop); }, context.stop);
    if (!read) {
        return tl::unexpected(folderFailure(read.error(), folder));
    }
    Takeover takeover{{}, read->left};
    if (!read->keys.empty()) {
        const auto resolver = context.resolver();
        if (!resolver) {
            return tl::unexpected(resolver.error());
        }
        takeover = planTakeover(*read, stored->profile.domain, **resolver, context.clock.now(), context.stop);
    }
    if (context.stop.stop_requested()) {
        return tl::unexpected(folderFailure(problem(FolderError::cancelled), folder));
    }
    const auto imports = keep(context, *stored, *read, takeover);
    if (!imports) {
        return tl::unexpected(imports.error());
    }
    tell(context, *imports, stored->profile.domain, folder);
    const ExitStatus status = statusOf(*imports);
    if (read->keys.empty()) {
        say(Words::tr("There is no key in %1 that can be used.").arg(shown(folder)));
    } else if (status == ExitStatus::unknown) {
        say(Words::tr("With --offline, the KeyTable and the names of files and folders count instead of the DNS."));
    }
    return status;
}

} // namespace sealwright::cli
