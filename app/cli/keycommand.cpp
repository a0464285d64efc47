#include "cli/commands.h"
#include "cli/keyfile.h"
#include "cli/keyfolder.h"
#include "cli/output.h"
#include "cli/profilearguments.h"
#include "cli/signingkeys.h"
#include "dkim/keyrecord.h"
#include "text/problemtext.h"
#include "zone/zonefile.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Key)
};

struct Arguments {
    std::string domain;
    std::vector<std::string> algorithms;
    std::string selector;
    std::string file;
    std::string folder;
    std::string out;
    bool force = false;
    bool publicOnly = false;
};

void tell(const Context& context, const SigningKey& key) {
    if (context.json) {
        print(toJson(key));
    } else {
        print(describe(key));
    }
}

Outcome generate(const Context& context, const Arguments& arguments) {
    auto stored = loadOrBeginProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    std::vector<KeyAlgorithm> algorithms = algorithmsFrom(arguments.algorithms);
    if (algorithms.empty()) {
        algorithms = {KeyAlgorithm::rsa2048};
    }
    if (algorithms.size() > 1 && !arguments.selector.empty()) {
        return badInput(Words::tr("One selector names one key: give --algorithm once, or leave out --selector."));
    }
    QJsonArray made;
    for (const KeyAlgorithm algorithm : algorithms) {
        const auto key = createKey(context, *stored, algorithm, arguments.selector);
        if (!key) {
            return tl::unexpected(key.error());
        }
        made += toJson(*key);
        if (!context.json) {
            print(describe(*key));
        }
    }
    if (context.json) {
        print(made.size() == 1 ? made.first() : QJsonValue(made));
    }
    return ExitStatus::ok;
}

Result<KeyPair> parseKey(const SecretBytes& octets, const std::stop_token& stop) {
    auto key = KeyPair::fromServerFile(octets.view());
    if (!key && key.error().code == KeyError::passphraseNeeded) {
        if (const auto passphrase = askKeyPassphrase(stop)) {
            key = KeyPair::fromServerFile(octets.view(), *passphrase);
        }
    }
    if (!key && key.error().code == KeyError::passphraseNeeded) {
        return badInput(Words::tr("The key is protected, and there is no terminal to ask for its passphrase at. Set "
                                  "SEALWRIGHT_KEY_PASSPHRASE."));
    }
    if (!key) {
        return badInput(problemText(key.error()));
    }
    return std::move(*key);
}

Outcome import(const Context& context, const Arguments& arguments) {
    if (!arguments.folder.empty()) {
        return importFolder(context, arguments.domain, arguments.folder);
    }
    if (arguments.file.empty()) {
        return badInput(Words::tr("Say what to import: a FILE, or --folder FOLDER for all keys of a server."));
    }
    auto stored = loadOrBeginProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const auto octets = readKeyFile(arguments.file);
    if (!octets) {
        return tl::unexpected(octets.error());
    }
    const auto key = parseKey(*octets, context.stop);
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto selector = arguments.selector.empty()
                              ? Result<Selector>(proposeSelector(stored->profile, key->type(), context.clock.now()))
                              : parseSelector(arguments.selector);
    if (!selector) {
        return tl::unexpected(selector.error());
    }
    const auto added = addKey(context, *stored, *key, *selector);
    if (!added) {
        return tl::unexpected(added.error());
    }
    warnIfWeak(*added);
    tell(context, *added);
    return ExitStatus::ok;
}

Outcome list(const Context& context, const Arguments& arguments) {
    std::vector<std::string> names{arguments.domain};
    if (arguments.domain.empty()) {
        names.clear();
        for (const DomainName& domain : context.store.list()) {
            names.push_back(domain.toString());
        }
    }
    QJsonArray listed;
    for (const std::string& name : names) {
        const auto stored = loadProfile(context, name);
        if (!stored) {
            return tl::unexpected(stored.error());
        }
        const DomainName& domain = stored->profile.domain;
        for (const SigningKey& key : stored->profile.keys) {
            QJsonObject object = toJson(key);
            object.insert(QStringLiteral("domain"), QString::fromStdString(domain.toString()));
            listed += object;
            if (!context.json) {
                print(QStringLiteral("%1  %2").arg(QString::fromStdString(domain.toUnicode()), describe(key)));
            }
        }
    }
    if (context.json) {
        print(QJsonObject{{QStringLiteral("keys"), listed}});
    }
    return ExitStatus::ok;
}

Result<SigningKey> chooseKey(const Profile& profile, const std::string& selector) {
    if (profile.keys.size() == 1 && selector.empty()) {
        return profile.keys.front();
    }
    const auto found =
        std::ranges::find(profile.keys, selector, [](const SigningKey& key) { return key.selector.toString(); });
    if (found != profile.keys.end()) {
        return *found;
    }
    QStringList names;
    for (const SigningKey& key : profile.keys) {
        names += QString::fromStdString(key.selector.toString());
    }
    return badInput(names.isEmpty() ? Words::tr("The domain has no key.")
                                    : Words::tr("Name one of its keys with --selector: %1").arg(names.join(u' ')));
}

Outcome printRecord(const Context& context, const Profile& profile, const SigningKey& key) {
    const auto name = dkimKeyName(key.selector, profile.domain);
    if (!name) {
        return badInput(problemText(name.error()));
    }
    dkim::KeyRecord record;
    record.type = key.type;
    record.publicKey = key.publicKey;
    const ResourceRecord published{*name, RecordType::txt, profile.ttl, record.toString()};
    const QString line =
        QString::fromStdString(zoneText({&published, 1}, profile.domain, ZoneNames::absolute)).trimmed();
    if (context.json) {
        QJsonObject object = toJson(key);
        object.insert(QStringLiteral("record"), line);
        print(object);
    } else {
        print(line);
    }
    return ExitStatus::ok;
}

Outcome exportKey(const Context& context, const Arguments& arguments) {
    const auto stored = loadProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const auto chosen = chooseKey(stored->profile, arguments.selector);
    if (!chosen) {
        return tl::unexpected(chosen.error());
    }
    if (arguments.publicOnly) {
        return printRecord(context, stored->profile, *chosen);
    }
    if (arguments.out.empty()) {
        return badInput(Words::tr("Say where the private key is to go: --out FILE. It is never shown on the screen."));
    }
    const auto vault = context.vault();
    if (!vault) {
        return tl::unexpected(vault.error());
    }
    const auto key = (*vault)->load({stored->profile.domain, chosen->selector}, context.stop);
    if (!key) {
        return tl::unexpected(failureOf(key.error()));
    }
    if (const auto written = writeKeyFile(arguments.out, key->toPem(), arguments.force); !written) {
        return tl::unexpected(written.error());
    }
    say(Words::tr("The private key is in %1, readable only for you.").arg(QString::fromStdString(arguments.out)));
    return ExitStatus::ok;
}

} // namespace

void addKeyCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("key", "DKIM keys")->require_subcommand(1);
    const auto arguments = std::make_shared<Arguments>();
    const auto sub = [&](const char* name, const char* what, Outcome (*run)(const Context&, const Arguments&)) {
        return addAction(*command->add_subcommand(name, what), arguments, run, action);
    };
    auto* generating = sub("generate", "Make a new key", generate);
    generating->add_option("DOMAIN", arguments->domain)->required();
    addKeyOptions(*generating, arguments->algorithms, arguments->selector);

    auto* importing = sub("import", "Take over a key you have, or those of a server that runs", import);
    importing->add_option("DOMAIN", arguments->domain)->required();
    auto* file = importing->add_option("FILE", arguments->file,
                                       "Key as PEM, DER, or base64 as rspamd keeps it; - for standard input");
    auto* selector =
        importing->add_option("--selector", arguments->selector, "The selector it is, or will be, published under")
            ->type_name("SELECTOR");
    auto* folder = importing
                       ->add_option("--folder", arguments->folder,
                                    "Folder copied from the server, or OpenDKIM's KeyTable with the keys beside "
                                    "it; the DNS tells which key has which selector")
                       ->type_name("FOLDER");
    folder->excludes(file)->excludes(selector);

    sub("list", "The keys of one domain or all", list)->add_option("DOMAIN", arguments->domain);

    auto* exporting = sub("export", "Write a private key to a file", exportKey);
    exporting->add_option("DOMAIN", arguments->domain)->required();
    exporting->add_option("--selector", arguments->selector, "Which key, where there are several")
        ->type_name("SELECTOR");
    exporting->add_option("--out", arguments->out, "The file; it gets mode 0600")->type_name("FILE");
    exporting->add_flag("--force", arguments->force, "Replace the file if it is there");
    exporting->add_flag("--public", arguments->publicOnly, "Print the DNS record of its public half instead");
}

} // namespace sealwright::cli
