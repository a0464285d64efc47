#include "viewmodels/verifyviewmodel.h"

#include "checks/checkrunner.h"
#include "zone/zonefile.h"

#include "text/dnstext.h"
#include "text/problemtext.h"
#include "text/publicationtext.h"
#include "viewmodels/publicresolvers.h"

#include <QSettings>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

static const QString alsoAskKey = u"verify/alsoAsk"_s; // addresses

VerifyViewModel::VerifyViewModel(WizardState& state, WatchTimes times, QObject* parent)
    : QObject(parent), state_(state), times_(std::move(times)) {
    if (!state_.settingsPath().isEmpty()) {
        const QStringList chosen =
            QSettings(state_.settingsPath(), QSettings::IniFormat).value(alsoAskKey).toStringList();
        for (std::size_t i = 0; i < publicResolvers().size(); ++i) {
            if (chosen.contains(QString::fromStdString(publicResolvers()[i].address.toString()))) {
                alsoAsked_.insert(i);
            }
        }
    }
    connect(&task_, &BackgroundTask::runningChanged, this, &VerifyViewModel::changed);
    connect(&state_, &WizardState::domainChanged, this, [this] {
        waiting_ = done_ = stopped_ = false;
        provider_.reset();
        waitingLines_.clear();
        model_.clear(); // before anybody looks, which they do when the task says that it runs no more
        task_.abandon();
        Q_EMIT changed();
    });
}

void VerifyViewModel::show() {
    if (!waiting_ || !state_.hasProfile()) {
        run();
    } else if (waitedFor_ != state_.profile()) {
        waitUntilPublished();
    }
}

void VerifyViewModel::waitUntilPublished() {
    if (!state_.hasProfile()) {
        return;
    }
    waiting_ = true;
    waitedFor_ = state_.profile();
    done_ = stopped_ = false;
    trouble_.clear();
    waitingLines_.clear();
    model_.clear();
    task_.start([this, profile = state_.profile(), &resolver = state_.resolver(), &clock = state_.clock(),
                 alsoAsked = resolversToCompare(), times = times_](const std::stop_token& stop, const auto& post) {
        Publication publication(
            [&](const std::stop_token& token) { return makePlan(profile, readPublished(profile, resolver, token)); },
            resolver, clock, alsoAsked);
        const auto told = [&](const Publication& now) {
            post([this, records = now.records(), trouble = troubleText(now)] { takeWaiting(records, trouble); });
        };
        if (watchPublication(publication, clock, times, told, stop) == WatchEnd::published) {
            post([this] {
                Q_EMIT published();
                run();
            });
        }
    });
    Q_EMIT changed();
}

void VerifyViewModel::takeWaiting(const std::vector<RecordPublication>& records, const QString& trouble) {
    trouble_ = trouble;
    waitingLines_.clear();
    for (const RecordPublication& record : records) {
        const ResourceRecord& wanted = record.planned.record;
        const RecordState state = record.isPublished()   ? RecordState::present
                                  : record.isAtServers() ? RecordState::unknown
                                                         : RecordState::missing;
        waitingLines_.push_back({shown(wanted.name.toString()) + u' ' + shown(toString(wanted.type)),
                                 serversText(record), worldText(record), state});
    }
    Q_EMIT changed();
}

void VerifyViewModel::alsoAsk(std::size_t resolver, bool asked) {
    if (asked) {
        alsoAsked_.insert(resolver);
    } else {
        alsoAsked_.erase(resolver);
    }
    if (!state_.settingsPath().isEmpty()) {
        QStringList chosen;
        for (const NameServer& server : resolversToCompare()) {
            chosen += QString::fromStdString(server.address.toString());
        }
        QSettings(state_.settingsPath(), QSettings::IniFormat).setValue(alsoAskKey, chosen);
    }
}

std::vector<NameServer> VerifyViewModel::resolversToCompare() const {
    std::vector<NameServer> servers;
    for (const std::size_t resolver : alsoAsked_) {
        servers.push_back({.address = publicResolvers()[resolver].address, .recursive = true});
    }
    return servers;
}

void VerifyViewModel::run() {
    if (!state_.hasProfile()) {
        return;
    }
    waiting_ = done_ = stopped_ = false;
    provider_.reset();
    areasDone_ = 0;
    waitingLines_.clear();
    model_.clear();
    task_.start([this, profile = state_.profile(), alsoAsked = resolversToCompare(), &resolver = state_.resolver(),
                 &network = state_.network()](const std::stop_token& stop, const auto& post) {
        bool slipped = false;
        const auto found = [&](Finding finding) {
            slipped = slipped || isSlip(finding.code);
            post([this, finding = std::move(finding)] {
                model_.add(finding);
                Q_EMIT changed();
            });
        };
        const auto areaDone = [&](Area /*area*/) {
            post([this] {
                ++areasDone_;
                Q_EMIT changed();
            });
        };
        runChecks(
            {.profile = profile, .resolver = resolver, .network = network, .alsoAsk = alsoAsked, .areaDone = areaDone},
            found, stop);
        const auto provider = slipped ? providerAt(profile.domain, resolver, stop) : std::nullopt;
        post([this, provider] {
            provider_ = provider;
            endRound();
        });
    });
    Q_EMIT changed();
}

void VerifyViewModel::endRound() {
    if (stopped_) {
        return;
    }
    done_ = true;
    Q_EMIT changed();
    Q_EMIT finished();
}

void VerifyViewModel::stop() {
    stopped_ = !done_;
    waiting_ = false;
    task_.cancel();
    Q_EMIT changed();
}

std::optional<VerifyViewModel::Details> VerifyViewModel::details(int row) const {
    if (row < 0 || row >= model_.rowCount()) {
        return std::nullopt;
    }
    const Finding& finding = model_.at(row);
    const FindingText text = findingText(finding);
    Details details{text.found, text.why, text.remedy, {}, {}, severityOf(finding.code)};
    details.expected =
        QString::fromStdString(zoneText(finding.expected, finding.subject, ZoneNames::absolute)).trimmed();
    if (!finding.expected.empty()) {
        details.remedy = text.remedy.section(u'\n', 0, 0); // the records behind it are shown by themselves
    }
    if (const QString hint = provider_ ? formHint(*provider_, finding.code) : QString(); !hint.isEmpty()) {
        details.remedy += u' ' + hint;
    }
    for (const ResourceRecord& record : finding.seen) {
        details.seen += u"%1 %2 %3\n"_s.arg(shown(record.name.toString()), QString::fromUtf8(toString(record.type)),
                                            shown(record.value));
    }
    return details;
}

std::ptrdiff_t VerifyViewModel::count(Severity severity) const {
    return std::ranges::count(model_.findings(), severity,
                              [](const Finding& finding) { return severityOf(finding.code); });
}

bool VerifyViewModel::lacksRecords() const {
    return std::ranges::any_of(model_.findings(), [](const Finding& finding) {
        return severityOf(finding.code) == Severity::unknown && isOfRecords(finding.area);
    });
}

/// MX and SPF are asked of every domain.
bool VerifyViewModel::heardNothing() const {
    bool asked = false;
    for (const Finding& finding : model_.findings()) {
        const bool isOpen = finding.code == FindingCode::unknown || finding.code == FindingCode::outsideZone;
        const bool isOfEvery = finding.area == Area::mx || finding.area == Area::spf;
        if (!finding.seen.empty() || (isOfEvery && !isOpen)) {
            return false;
        }
        asked = asked || isOfEvery;
    }
    return done_ && asked;
}

/// That somebody else is silent, such as a block list or a closed port, says nothing against the domain.
Severity VerifyViewModel::worst() const {
    if (count(Severity::error) > 0) {
        return Severity::error;
    }
    if (!done_ || lacksRecords() || heardNothing()) {
        return Severity::unknown;
    }
    if (count(Severity::warning) > 0) {
        return Severity::warning;
    }
    return count(Severity::unknown) > 0 ? Severity::info : Severity::ok;
}

QString VerifyViewModel::summary() const {
    if (waiting_) {
        return waitingSummary();
    }
    if (isRunning() && !done_) {
        return tr("Checking: %1 of %2 areas are done.").arg(areasDone_).arg(std::size(allAreas));
    }
    if (stopped_) {
        return tr("Stopped before all was checked.");
    }
    return done_ ? doneSummary() : tr("Not checked yet.");
}

QString VerifyViewModel::doneSummary() const {
    if (heardNothing()) {
        return tr("Nothing could be asked: there is no network at the moment, or it lets no questions out. Check again "
                  "once there is one.");
    }
    QStringList parts;
    const auto tell = [&](Severity severity, const QString& sentence) {
        if (const auto findings = count(severity); findings > 0) {
            parts += sentence.arg(findings);
        }
    };
    tell(Severity::error, tr("Problems to solve: %1."));
    tell(Severity::warning, tr("Warnings: %1."));
    tell(Severity::unknown, tr("Not found out: %1."));
    if (parts.isEmpty()) {
        return tr("Everything is published as it should be.");
    }
    if (count(Severity::error) == 0 && !lacksRecords()) {
        parts.prepend(tr("It works."));
    }
    if (count(Severity::ok) > 0) {
        parts += tr("Everything else is well.");
    }
    if (lacksRecords()) {
        parts += tr("Check again in a while for what was not found out.");
    }
    return parts.join(u' ');
}

QString VerifyViewModel::waitingSummary() const {
    if (!trouble_.isEmpty()) {
        return trouble_;
    }
    if (waitingLines_.empty()) {
        return tr("Asking the name servers …");
    }
    const auto there = std::ranges::count(waitingLines_, RecordState::present, &WaitingLine::state);
    return tr("Published everywhere: %1 of %2 records. Sealwright looks again about once a minute and tells you when "
              "all are there; you may do something else.")
        .arg(there)
        .arg(waitingLines_.size());
}

} // namespace sealwright
