#include "viewmodels/protectionviewmodel.h"

#include "checks/livecertificate.h"
#include "mtasts/record.h"
#include "text/problemtext.h"
#include "tls/certificate.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestFile = (qint64{1} << 20) + 1; // one octet more than is read, so that too much is noticed
constexpr std::size_t mostKeys = 2;

} // namespace

ProtectionViewModel::ProtectionViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&state_, &WizardState::domainChanged, this, [this] {
        task_.abandon();
        certificateProblem_.clear();
        certificateSeen_.clear();
        Q_EMIT changed();
    });
    connect(&task_, &BackgroundTask::runningChanged, this, &ProtectionViewModel::changed);
    connect(&state_, &WizardState::profileChanged, this, &ProtectionViewModel::changed);
}

void ProtectionViewModel::change(const std::function<void(Profile&)>& edit) {
    if (state_.hasProfile()) {
        state_.change(edit);
        Q_EMIT wishesChanged();
    }
}

bool ProtectionViewModel::isOffered() const {
    return state_.hasProfile() && state_.profile().role == DomainRole::sends;
}

std::optional<mtasts::Mode> ProtectionViewModel::mtaSts() const {
    const bool on = state_.hasProfile() && state_.profile().mtaSts;
    return on ? std::optional(state_.profile().mtaSts->mode) : std::nullopt;
}

void ProtectionViewModel::setMtaSts(std::optional<mtasts::Mode> mode) {
    if (mode == mtaSts()) {
        return; // and a max_age that was chosen stays
    }
    change([mode](Profile& profile) {
        if (mode && !profile.mtaSts && profile.tlsReportsTo.empty()) {
            profile.tlsReportsTo = tlsReportsBesideMtaSts(profile);
        }
        profile.mtaSts = mode ? std::optional(mtaStsOf(*mode)) : std::nullopt;
    });
}

// RFC 8461 section 8.3: senders keep a policy that they have seen, so that it has to be taken back first.
void ProtectionViewModel::switchMtaStsOff() {
    const bool takesBack = mtaSts() && mtaSts() != mtasts::Mode::none && isMtaStsPublished();
    setMtaSts(takesBack ? std::optional(mtasts::Mode::none) : std::nullopt);
}

bool ProtectionViewModel::isMtaStsPublished() const {
    const auto name = mtasts::recordName(state_.profile().domain);
    const Answer* answer = name && state_.published() ? state_.published()->find(*name, RecordType::txt) : nullptr;
    return answer != nullptr && std::ranges::any_of(texts(*answer), mtasts::isMtaSts);
}

QString ProtectionViewModel::mtaStsHint() const {
    if (!mtaSts()) {
        return {};
    }
    switch (*mtaSts()) {
    case mtasts::Mode::testing:
        return tr("No mail is held back; the TLS reports show what would be. It needs a web server: see the README of "
                  "the bundle.");
    case mtasts::Mode::enforce:
        return tr(
            "Mail that can't come over verified TLS does not come at all. Choose it after weeks of clean reports.");
    case mtasts::Mode::none:
        return tr("Takes the published policy back, which senders remember. Publish this, leave it so for as long as "
                  "they keep the last one (its max_age, often a week), and then switch MTA-STS off.");
    }
    return {};
}

bool ProtectionViewModel::tlsReports() const {
    return state_.hasProfile() && !state_.profile().tlsReportsTo.empty();
}

void ProtectionViewModel::setTlsReports(bool on) {
    if (on != tlsReports()) {
        change([on](Profile& profile) {
            profile.tlsReportsTo = on ? tlsReportsBesideMtaSts(profile) : std::vector<EmailAddress>{};
        });
    }
}

QString ProtectionViewModel::tlsReportsTo() const {
    QStringList mailboxes;
    if (state_.hasProfile()) {
        const Profile& profile = state_.profile();
        for (const EmailAddress& mailbox : tlsReports() ? profile.tlsReportsTo : tlsReportsBesideMtaSts(profile)) {
            mailboxes << QString::fromStdString(mailbox.toString());
        }
    }
    return mailboxes.join(", "_L1);
}

int ProtectionViewModel::certificateKeys() const {
    return state_.hasProfile() ? static_cast<int>(state_.profile().certificateKeys.size()) : 0;
}

QString ProtectionViewModel::certificateKeysText() const {
    if (certificateKeys() == 0) {
        return tr("off: it needs the certificate of your mail server, and DNSSEC");
    }
    QStringList keys;
    for (const std::string& digest : state_.profile().certificateKeys) {
        keys << QString::fromStdString(digest.substr(0, 12)) + u'…';
    }
    return tr("for the key %1").arg(keys.join(", "_L1));
}

void ProtectionViewModel::addCertificate(const QString& path) {
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) { // no pipe, which might never end
        refuseCertificate(tr("%1 can't be read.").arg(path));
        return;
    }
    const auto mailHost = state_.hasProfile() ? state_.profile().mailHost : std::nullopt;
    const auto certificate = readServerCertificate(file.read(longestFile).toStdString(), mailHost);
    if (!certificate) {
        refuseCertificate(problemText(certificate.error()));
        return;
    }
    refuseCertificate({});
    addKeys({certificate->publicKeyDigest()});
}

void ProtectionViewModel::refuseCertificate(const QString& problem) {
    certificateProblem_ = problem;
    certificateSeen_.clear();
    Q_EMIT changed();
}

void ProtectionViewModel::addKeys(const std::vector<std::string>& added) {
    change([&added](Profile& profile) {
        auto& keys = profile.certificateKeys;
        for (const std::string& key : added) {
            std::erase(keys, key);
            keys.push_back(key);
        }
        keys.erase(keys.begin(), keys.end() - static_cast<std::ptrdiff_t>(std::min(keys.size(), mostKeys)));
    });
}

void ProtectionViewModel::askServer() {
    if (!state_.hasProfile() || !state_.profile().mailHost) {
        refuseCertificate(tr("It is not known yet what your mail server is called."));
        return;
    }
    refuseCertificate({});
    task_.start([this, host = *state_.profile().mailHost, &resolver = state_.resolver(),
                 &network = state_.network()](const std::stop_token& stop, const auto& post) {
        auto shown = liveCertificates(host, resolver, network, stop);
        post([this, host, shown = std::move(shown)] {
            shown ? take(host, *shown) : refuseCertificate(problemText(shown.error(), host));
        });
    });
}

// Names that do not fit are shown and not refused: DANE does not look at them (RFC 7671 section 5.1).
void ProtectionViewModel::take(const DomainName& host, const std::vector<Certificate>& shown) {
    QStringList seen;
    std::vector<std::string> keys;
    for (const Certificate& certificate : shown) {
        QStringList names;
        for (const std::string& name : certificate.names()) {
            names << sealwright::shown(name);
        }
        seen << tr("%1 shows a certificate for %2, from %3.")
                    .arg(QString::fromStdString(host.toUnicode()),
                         names.isEmpty() ? tr("no host that it names") : names.join(", "_L1),
                         certificate.issuer().empty() ? tr("nobody it names")
                                                      : sealwright::shown(certificate.issuer()));
        keys.push_back(certificate.publicKeyDigest());
    }
    certificateSeen_ = seen.join(u' ');
    addKeys(keys);
}

void ProtectionViewModel::forgetCertificates() {
    certificateProblem_.clear();
    certificateSeen_.clear();
    change([](Profile& profile) { profile.certificateKeys.clear(); });
}

} // namespace sealwright
