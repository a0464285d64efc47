#include "viewmodels/serverviewmodel.h"

#include "mta/bundlecontent.h"
#include "text/problemtext.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

static QString suffix(ServerViewModel::Format format) {
    switch (format) {
    case ServerViewModel::Format::tarGz:
        return u".tar.gz"_s;
    case ServerViewModel::Format::zip:
        return u".zip"_s;
    case ServerViewModel::Format::folder:
        break;
    }
    return {};
}

/// For a POSIX shell.
static QString quoted(const QString& word) {
    return u'\'' + QString(word).replace(u'\'', "'\\''"_L1) + u'\'';
}

ServerViewModel::ServerViewModel(WizardState& state, QObject* parent)
    : QObject(parent), state_(state), folder_(QDir::homePath()) {
    connect(&state_, &WizardState::domainChanged, this, &ServerViewModel::reset);
    connect(&preparing_, &BackgroundTask::runningChanged, this, &ServerViewModel::changed);
    connect(&writing_, &BackgroundTask::runningChanged, this, &ServerViewModel::changed);
}

void ServerViewModel::reset() {
    preparing_.abandon();
    writing_.abandon();
    others_.clear();
    otherProfiles_.clear();
    domains_.clear();
    files_.clear();
    target_.clear();
    targetTyped_ = false;
    written_.clear();
    problem_.clear();
    trouble_.reset();
    Q_EMIT filesChanged();
    Q_EMIT changed();
}

/// A server signs with what its last bundle told it, so a new bundle has to hold its other domains as well.
void ServerViewModel::readOthers() {
    const std::vector<Other> before = std::exchange(others_, {});
    otherProfiles_.clear();
    const Profile& own = state_.profile();
    for (const DomainName& domain : state_.savedDomains()) {
        const auto saved = state_.saved(domain);
        if (domain == own.domain || !saved || saved->profile.keys.empty()) {
            continue;
        }
        const QString name = QString::fromStdString(domain.toUnicode());
        const auto known = std::ranges::find(before, name, &Other::name);
        const bool sameServer = saved->profile.mailHost && saved->profile.mailHost == own.mailHost;
        others_.push_back({name, known != before.end() ? known->included : sameServer});
        otherProfiles_.push_back(saved->profile);
    }
}

void ServerViewModel::refresh() {
    if (!state_.hasProfile()) {
        return;
    }
    if (!state_.profile().stack) {
        state_.change([](Profile& profile) { profile.stack = allStacks[0]; });
    }
    readOthers();
    std::vector<Profile> profiles{state_.profile()};
    for (std::size_t i = 0; i < others_.size(); ++i) {
        if (others_[i].included) {
            profiles.push_back(otherProfiles_[i]);
        }
    }
    preparing_.start([this, profiles, setup = setup(), &resolver = state_.resolver()](const std::stop_token& stop,
                                                                                      const auto& post) {
        std::vector<BundleDomain> domains;
        domains.reserve(profiles.size());
        for (const Profile& profile : profiles) {
            domains.push_back({profile, makePlan(profile, readPublished(profile, resolver, stop))});
        }
        auto files = bundleFiles(setup, domains);
        post([this, domains = std::move(domains), files = std::move(files)] {
            domains_ = domains;
            files_ = files;
            // What people should read first stands first, what only the script reads last.
            std::ranges::stable_partition(files_, [](const BundleFile& file) { return file.path != manifestName; });
            proposeTarget();
            Q_EMIT filesChanged();
            Q_EMIT changed();
        });
    });
}

Stack ServerViewModel::stack() const {
    return state_.hasProfile() ? state_.profile().stack.value_or(allStacks[0]) : allStacks[0];
}

void ServerViewModel::setStack(Stack stack) {
    if (state_.hasProfile() && state_.profile().stack != stack) {
        state_.change([&](Profile& profile) { profile.stack = stack; });
        refresh();
    }
}

bool ServerViewModel::checksIncoming() const {
    return state_.hasProfile() && state_.profile().inbound == Inbound::results;
}

void ServerViewModel::setChecksIncoming(bool checks) {
    if (state_.hasProfile() && checksIncoming() != checks) {
        state_.change([&](Profile& profile) { profile.inbound = checks ? Inbound::results : Inbound::unchanged; });
        refresh();
    }
}

QString ServerViewModel::incomingHint() const {
    switch (stack()) {
    case Stack::exim4Debian:
        return tr("DKIM; with exim4-daemon-heavy SPF too. Debian’s exim knows no DMARC. Nothing is refused.");
    case Stack::exim:
        return tr("DKIM; SPF too where your exim was built with it. exim judges no DMARC. Nothing is refused.");
    case Stack::postfixOpendkim:
        return tr("DKIM, and with OpenDMARC, which is added, SPF and DMARC. Nothing is refused.");
    case Stack::postfixRspamd:
        return tr("SPF, DKIM and DMARC. Nothing is refused because of them.");
    }
    return {};
}

ServerSetup ServerViewModel::setup() const {
    return {stack(), checksIncoming() ? Inbound::results : Inbound::unchanged};
}

QString ServerViewModel::stackHint() const {
    switch (stack()) {
    case Stack::exim4Debian:
        return tr("For Debian's exim4 package, set up with “dpkg-reconfigure exim4-config”, split or not.");
    case Stack::exim:
        return tr(
            "For exim with one configuration file, as it comes from exim itself and with Fedora, Alpine or Arch, or "
            "the /etc/exim4/exim4.conf you wrote yourself. install.sh asks exim where the file is.");
    case Stack::postfixOpendkim:
        return tr("For Postfix; the signing is done by OpenDKIM, a small service beside it.");
    case Stack::postfixRspamd:
        return tr(
            "For Postfix; the signing is done by rspamd, which also looks at all mail for spam. Signs with RSA and "
            "Ed25519 together, and for a subdomain only with keys of its own.");
    }
    return {};
}

void ServerViewModel::include(std::size_t other, bool included) {
    if (others_.at(other).included != included) {
        others_[other].included = included;
        refresh();
    }
}

std::string ServerViewModel::bundle() const {
    return bundleName(stack(), domains_);
}

void ServerViewModel::proposeTarget() {
    if (!targetTyped_ && !domains_.empty()) {
        target_ = QDir(folder_).filePath(QString::fromStdString(bundle()) + suffix(format_));
        Q_EMIT targetChanged();
    }
}

void ServerViewModel::setFolder(const QString& folder) {
    folder_ = folder;
    targetTyped_ = false;
    proposeTarget();
}

void ServerViewModel::setTarget(const QString& path) {
    target_ = path;
    targetTyped_ = true;
    problem_.clear();
    Q_EMIT changed();
}

void ServerViewModel::setFormat(Format format) {
    if (target_.endsWith(suffix(format_))) {
        target_.chop(suffix(format_).size());
        target_ += suffix(format);
    }
    format_ = format;
    proposeTarget();
    Q_EMIT targetChanged();
    Q_EMIT changed();
}

void ServerViewModel::writeTarget() {
    if (isWriting() || domains_.empty() || target_.trimmed().isEmpty()) {
        return;
    }
    written_.clear();
    problem_.clear();
    trouble_.reset();
    const auto vault = state_.vault();
    if (!vault) {
        useKeyFile();
        return;
    }
    const std::filesystem::path target(QFileInfo(target_.trimmed()).absoluteFilePath().toStdU16String());
    writing_.start(
        [this, vault, target, setup = setup(), domains = domains_](const std::stop_token& stop, const auto& post) {
            const auto result = writeBundle(setup, domains, *vault, target, stop);
            post([this, result] {
                if (result) {
                    written_ = QString::fromStdU16String(result->u16string());
                } else {
                    problem_ = problemText(result.error());
                    if (result.error().vault) {
                        trouble_ = vaultTrouble(state_, *result.error().vault);
                    }
                }
                Q_EMIT changed();
            });
        });
    Q_EMIT changed();
}

void ServerViewModel::openKeyFile(SecretBytes passphrase) {
    state_.openKeyFile(std::move(passphrase));
    writeTarget();
}

void ServerViewModel::useKeychain() {
    state_.useKeychain();
    writeTarget();
}

void ServerViewModel::useKeyFile() {
    state_.useKeyFile();
    problem_.clear();
    trouble_ = passphraseNeeded(state_);
    Q_EMIT changed();
}

QString ServerViewModel::copyCommand() const {
    const QString host = state_.hasProfile() && state_.profile().mailHost
                             ? QString::fromStdString(state_.profile().mailHost->toString())
                             : u"server"_s;
    const bool folder = QFileInfo(written_).isDir();
    return u"scp %1%2 root@%3:"_s.arg(folder ? u"-r "_s : QString(), quoted(written_), host);
}

QString ServerViewModel::installCommands() const {
    const QFileInfo file(written_);
    const QString name = file.fileName();
    QString unpack;
    if (name.endsWith(".zip"_L1)) {
        unpack = u"unzip %1 && "_s.arg(quoted(name));
    } else if (!file.isDir()) {
        unpack = u"tar xzf %1 && "_s.arg(quoted(name));
    }
    const QString folder = file.isDir() ? name : QString::fromStdString(bundle());
    return u"%1cd %2\nsh install.sh check\nsh install.sh install\nsh install.sh test"_s.arg(unpack, quoted(folder));
}

} // namespace sealwright
