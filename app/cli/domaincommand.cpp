#include "cli/commands.h"
#include "cli/output.h"
#include "cli/profilearguments.h"
#include "cli/signingkeys.h"
#include "text/problemtext.h"

#include <QCoreApplication>

#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Domain)
};

struct Arguments {
    std::string domain;
    ProfileOptions profile;
    bool withKeys = false;
};

QString text(const DomainName& name) {
    return QString::fromStdString(name.toString());
}

Outcome add(const Context& context, const Arguments& arguments) {
    const auto domain = parseDomain(arguments.domain);
    if (!domain) {
        return tl::unexpected(domain.error());
    }
    auto found = findProfile(context, *domain);
    if (!found) {
        return tl::unexpected(found.error());
    }
    StoredProfile stored = found->value_or(StoredProfile{Profile(*domain), {}, false});
    if (const auto applied = apply(arguments.profile, stored.profile); !applied) {
        return tl::unexpected(applied.error());
    }
    if (const auto saved = saveProfile(context, stored); !saved) {
        return tl::unexpected(saved.error());
    }
    if (context.json) {
        print(toJson(stored.profile));
    } else {
        print(text(*domain));
    }
    return ExitStatus::ok;
}

Outcome list(const Context& context) {
    QJsonArray names;
    for (const DomainName& domain : context.store.list()) {
        names += text(domain);
        if (!context.json) {
            print(text(domain));
        }
    }
    if (context.json) {
        print(QJsonObject{{QStringLiteral("domains"), names}});
    }
    return ExitStatus::ok;
}

void printProfile(const Profile& profile) {
    const auto line = [](const QString& name, const QString& value) {
        print(QStringLiteral("%1%2").arg(name, -14).arg(value));
    };
    line(Words::tr("Domain"), QString::fromStdString(profile.domain.toUnicode()));
    if (profile.role == DomainRole::neverSends) {
        line(Words::tr("Sends"), Words::tr("never"));
    }
    if (profile.mailHost) {
        line(Words::tr("Mail server"), text(*profile.mailHost));
    }
    for (const IpNetwork& address : profile.addresses) {
        line(Words::tr("Also sends"), QString::fromStdString(address.toString()));
    }
    for (const DomainName& include : profile.includes) {
        line(Words::tr("Also sends"), text(include));
    }
    for (const SigningKey& key : profile.keys) {
        line(Words::tr("Key"), describe(key));
    }
    if (profile.policy) {
        line(Words::tr("DMARC policy"), QString::fromUtf8(dmarc::toString(*profile.policy).data()));
    }
    for (const EmailAddress& address : profile.reportsTo) {
        line(Words::tr("Reports to"), QString::fromStdString(address.toString()));
    }
}

Outcome show(const Context& context, const Arguments& arguments) {
    const auto domain = parseDomain(arguments.domain);
    if (!domain) {
        return tl::unexpected(domain.error());
    }
    const auto stored = loadProfile(context, *domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    if (context.json) {
        print(toJson(stored->profile));
    } else {
        printProfile(stored->profile);
    }
    return ExitStatus::ok;
}

Outcome remove(const Context& context, const Arguments& arguments) {
    const auto domain = parseDomain(arguments.domain);
    if (!domain) {
        return tl::unexpected(domain.error());
    }
    const auto stored = loadProfile(context, *domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    if (arguments.withKeys) {
        const auto vault = context.vault();
        if (!vault) {
            return tl::unexpected(vault.error());
        }
        for (const SigningKey& key : stored->profile.keys) {
            if (const auto gone = (*vault)->remove({*domain, key.selector}, context.stop); !gone) {
                return tl::unexpected(failureOf(gone.error()));
            }
        }
    }
    if (const auto removed = context.store.remove(*domain); !removed) {
        return notFoundOut(problemText(removed.error()));
    }
    say(arguments.withKeys || stored->profile.keys.empty()
            ? Words::tr("%1 was removed.").arg(text(*domain))
            : Words::tr("%1 was removed. Its keys are still where they were kept; --with-keys deletes them too.")
                  .arg(text(*domain)));
    return ExitStatus::ok;
}

} // namespace

void addDomainCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("domain", "The domains that are set up here")->require_subcommand(1);
    const auto arguments = std::make_shared<Arguments>();
    const auto sub = [&](const char* name, const char* what, Outcome (*run)(const Context&, const Arguments&)) {
        auto* added = command->add_subcommand(name, what);
        added->add_option("DOMAIN", arguments->domain)->required();
        added->callback([arguments, run, &action] {
            action = [arguments, run](const Context& context) { return run(context, *arguments); };
        });
        return added;
    };
    auto* adding = sub("add", "Add a domain, or change what is known of it", add);
    addProfileOptions(*adding, arguments->profile);
    addStackOption(*adding, arguments->profile.stack);
    adding->add_flag("--never-sends", arguments->profile.neverSends, "A name that must not be used in a From: at all");
    sub("show", "What is known of a domain", show);
    sub("remove", "Forget a domain", remove)
        ->add_flag("--with-keys", arguments->withKeys, "Delete its private keys too; they can't be brought back");
    command->add_subcommand("list", "Their names")->callback([&action] { action = list; });
}

} // namespace sealwright::cli
