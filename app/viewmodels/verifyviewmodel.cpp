#include "viewmodels/verifyviewmodel.h"

#include "checks/checkrunner.h"
#include "zone/zonefile.h"

#include "text/problemtext.h"

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

VerifyViewModel::VerifyViewModel(WizardState& state, std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent), state_(state) {
    pause_.setSingleShot(true);
    pause_.setInterval(interval);
    connect(&pause_, &QTimer::timeout, this, &VerifyViewModel::begin);
    connect(&task_, &BackgroundTask::runningChanged, this, &VerifyViewModel::changed);
    connect(&state_, &WizardState::domainChanged, this, [this] {
        task_.abandon();
        pause_.stop();
        waiting_ = done_ = stopped_ = false;
        model_.clear();
        Q_EMIT changed();
    });
}

void VerifyViewModel::run() {
    rounds_ = 0;
    begin();
}

void VerifyViewModel::waitUntilPublished() {
    waiting_ = true;
    run();
}

void VerifyViewModel::begin() {
    if (!state_.hasProfile()) {
        return;
    }
    pause_.stop();
    done_ = stopped_ = false;
    ++rounds_;
    model_.clear();
    task_.start([this, profile = state_.profile(), &resolver = state_.resolver(),
                 &network = state_.network()](const std::stop_token& stop, const auto& post) {
        runChecks(
            {profile, resolver, network},
            [&](Finding finding) {
                post([this, finding = std::move(finding)] {
                    model_.add(finding);
                    Q_EMIT changed();
                });
            },
            stop);
        post([this] { endRound(); });
    });
}

void VerifyViewModel::endRound() {
    if (stopped_) {
        return;
    }
    done_ = true;
    waiting_ = waiting_ && !isPublished();
    if (waiting_) {
        pause_.start();
    }
    Q_EMIT changed();
    Q_EMIT finished();
}

void VerifyViewModel::stop() {
    stopped_ = !done_;
    waiting_ = false;
    pause_.stop();
    task_.cancel();
    Q_EMIT changed();
}

/// Nothing is wrong that publishing a record would mend, and the DNS has told everything.
bool VerifyViewModel::isPublished() const {
    return std::ranges::none_of(model_.findings(), [](const Finding& finding) {
        const Severity severity = severityOf(finding.code);
        return (severity == Severity::unknown && isOfRecords(finding.area)) ||
               (!finding.expected.empty() && (severity == Severity::warning || severity == Severity::error));
    });
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
    if (waiting_ && !isRunning()) {
        text += u' ' + tr("Looking again every %1 seconds until it is; rounds so far: %2.")
                           .arg(pause_.interval() / 1000)
                           .arg(rounds_);
    }
    return text;
}

} // namespace sealwright
