#include "viewmodels/verifyviewmodel.h"

#include "checks/checkrunner.h"
#include "zone/zonefile.h"

#include "text/problemtext.h"
#include "text/publicationtext.h"

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

VerifyViewModel::VerifyViewModel(WizardState& state, WatchTimes times, QObject* parent)
    : QObject(parent), state_(state), times_(std::move(times)) {
    connect(&task_, &BackgroundTask::runningChanged, this, &VerifyViewModel::changed);
    connect(&state_, &WizardState::domainChanged, this, [this] {
        task_.abandon();
        waiting_ = done_ = stopped_ = false;
        waitingLines_.clear();
        model_.clear();
        Q_EMIT changed();
    });
}

void VerifyViewModel::waitUntilPublished() {
    if (!state_.hasProfile()) {
        return;
    }
    waiting_ = true;
    done_ = stopped_ = offline_ = false;
    waitingLines_.clear();
    model_.clear();
    task_.start([this, profile = state_.profile(), &resolver = state_.resolver(), &clock = state_.clock(),
                 times = times_](const std::stop_token& stop, const auto& post) {
        Publication publication(
            [&](const std::stop_token& token) { return makePlan(profile, readPublished(profile, resolver, token)); },
            resolver, clock);
        const auto told = [&](const Publication& now) {
            post([this, records = now.records(), offline = now.isOffline()] { takeWaiting(records, offline); });
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

void VerifyViewModel::takeWaiting(const std::vector<RecordPublication>& records, bool offline) {
    offline_ = offline;
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

void VerifyViewModel::run() {
    if (!state_.hasProfile()) {
        return;
    }
    waiting_ = false;
    done_ = stopped_ = false;
    waitingLines_.clear();
    model_.clear();
    task_.start([this, profile = state_.profile(), &resolver = state_.resolver(),
                 &network = state_.network()](const std::stop_token& stop, const auto& post) {
        bool slipped = false;
        runChecks(
            {profile, resolver, network},
            [&](Finding finding) {
                slipped = slipped || isSlip(finding.code);
                post([this, finding = std::move(finding)] {
                    model_.add(finding);
                    Q_EMIT changed();
                });
            },
            stop);
        const auto provider = slipped ? providerAt(profile.domain, resolver, stop) : std::nullopt;
        post([this, provider] {
            provider_ = provider;
            endRound();
        });
    });
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
    const Finding& finding = model_.findings()[static_cast<std::size_t>(row)];
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

int VerifyViewModel::worstRow() const {
    const auto& findings = model_.findings();
    for (const Severity severity : {Severity::error, Severity::warning, Severity::unknown}) {
        const auto found = std::ranges::find_if(
            findings, [severity](const Finding& finding) { return severityOf(finding.code) == severity; });
        if (found != findings.end()) {
            return static_cast<int>(found - findings.begin());
        }
    }
    return 0;
}

Severity VerifyViewModel::worst() const {
    Severity worst = done_ ? Severity::ok : Severity::unknown;
    for (const Finding& finding : model_.findings()) {
        const Severity severity = severityOf(finding.code);
        if (severity == Severity::error) {
            return severity;
        }
        if (severity == Severity::unknown || (severity == Severity::warning && worst != Severity::unknown)) {
            worst = severity;
        }
    }
    return worst;
}

QString VerifyViewModel::summary() const {
    const auto count = [this](Severity severity) {
        return std::ranges::count_if(
            model_.findings(), [severity](const Finding& finding) { return severityOf(finding.code) == severity; });
    };
    if (waiting_) {
        return waitingSummary();
    }
    QString text;
    if (isRunning()) {
        text = tr("Checking …");
    } else if (stopped_) {
        text = tr("Stopped before all was checked.");
    } else if (!done_) {
        text = tr("Not checked yet.");
    } else if (count(Severity::error) > 0) {
        text = tr("Problems to solve: %1.").arg(count(Severity::error));
    } else if (count(Severity::unknown) > 0) {
        text = tr("The DNS did not tell everything. Run it again in a while.");
    } else if (count(Severity::warning) > 0) {
        text = tr("It works. Warnings: %1.").arg(count(Severity::warning));
    } else {
        text = tr("Everything is published as it should be.");
    }
    return text;
}

QString VerifyViewModel::waitingSummary() const {
    if (offline_) {
        return tr("No network at the moment; going on as soon as there is one.");
    }
    if (waitingLines_.empty()) {
        return tr("Asking the name servers …");
    }
    const auto there = std::ranges::count(waitingLines_, RecordState::present, &WaitingLine::state);
    return tr("Published everywhere: %1 of %2 records. It is looked again every minute; you may do something else.")
        .arg(there)
        .arg(waitingLines_.size());
}

} // namespace sealwright
