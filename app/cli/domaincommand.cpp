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
    bool yes = false;
};

QString text(const DomainName& name) {
    return QString::fromStdString(name.toString());
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
    if (profile.mtaSts) {
        line(Words::tr("MTA-STS"), Words::tr("%1, kept for %2 seconds")
                                       .arg(QString::fromUtf8(mtasts::toString(profile.mtaSts->mode).data()))
                                       .arg(profile.mtaSts->maxAge.count()));
    }
    for (const EmailAddress& address : profile.tlsReportsTo) {
        line(Words::tr("TLS reports"), QString::fromStdString(address.toString()));
    }
    for (const std::string& digest : profile.certificateKeys) {
        line(Words::tr("Server key"), Words::tr("SHA-256 %1").arg(QString::fromStdString(digest)));
    }
    if (profile.inbound == Inbound::results) {
        line(Words::tr("Incoming mail"), Words::tr("checked"));
    }
}

void tell(const Context& context, const Profile& profile) {
    if (context.json) {
        print(toJson(profile));
    } else {
        printProfile(profile);
    }
}

Outcome add(const Context& context, const Arguments& arguments) {
    auto stored = loadOrBeginProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    if (const auto applied = apply(context, arguments.profile, stored->profile); !applied) {
        return tl::unexpected(applied.error());
    }
    if (const auto saved = saveProfile(context, *stored); !saved) {
        return tl::unexpected(saved.error());
    }
    tell(context, stored->profile);
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

Outcome show(const Context& context, const Arguments& arguments) {
    const auto stored = loadProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    tell(context, stored->profile);
    return ExitStatus::ok;
}

Outcome remove(const Context& context, const Arguments& arguments) {
    const auto stored = loadProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const DomainName& domain = stored->profile.domain;
    if (arguments.withKeys && !arguments.yes) {
        return badInput(Words::tr("Private keys that are deleted can't be brought back. Add --yes if you mean it."));
    }
    if (arguments.withKeys) {
        const auto vault = context.vault();
        if (!vault) {
            return tl::unexpected(vault.error());
        }
        for (const SigningKey& key : stored->profile.keys) {
            if (const auto gone = (*vault)->remove({domain, key.selector}, context.stop); !gone) {
                return tl::unexpected(failureOf(gone.error()));
            }
        }
    }
    if (const auto removed = context.store.remove(domain); !removed) {
        return notFoundOut(problemText(removed.error()));
    }
    say(arguments.withKeys || stored->profile.keys.empty()
            ? Words::tr("%1 was removed.").arg(text(domain))
            : Words::tr("%1 was removed. Its keys are still where they were kept; --with-keys deletes them too.")
                  .arg(text(domain)));
    return ExitStatus::ok;
}

} // namespace

void addDomainCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("domain", "The domains that are set up here")->require_subcommand(1);
    const auto arguments = std::make_shared<Arguments>();
    const auto sub = [&](const char* name, const char* what, Outcome (*run)(const Context&, const Arguments&)) {
        auto* added = addAction(*command->add_subcommand(name, what), arguments, run, action);
        added->add_option("DOMAIN", arguments->domain)->required();
        return added;
    };
    auto* adding = sub("add", "Add a domain, or change what is known of it", add);
    addProfileOptions(*adding, arguments->profile);
    addStackOption(*adding, arguments->profile.stack);
    addInboundOption(*adding, arguments->profile.inbound);
    adding->add_flag("--never-sends", arguments->profile.neverSends, "A name that must not be used in a From: at all");
    sub("show", "What is known of a domain", show);
    auto* removing = sub("remove", "Forget a domain; its keys stay where they are kept", remove);
    removing->add_flag("--with-keys", arguments->withKeys, "Delete its private keys too; needs --yes");
    removing->add_flag("--yes", arguments->yes, "Delete without asking");
    command->add_subcommand("list", "Their names")->callback([&action] { action = list; });
}

} // namespace sealwright::cli
