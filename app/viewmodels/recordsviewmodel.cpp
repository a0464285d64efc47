#include "viewmodels/recordsviewmodel.h"

#include "dns/txtstrings.h"
#include "text/findingtext.h"
#include "text/problemtext.h"
#include "viewmodels/publishedfacts.h"
#include "zone/providerfields.h"
#include "zone/zonefile.h"

#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static constexpr auto typingPause = 500ms;

RecordsViewModel::RecordsViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    pause_.setSingleShot(true);
    pause_.setInterval(typingPause);
    connect(&pause_, &QTimer::timeout, this, &RecordsViewModel::refresh);
    connect(&state_, &WizardState::domainChanged, this, &RecordsViewModel::reset);
    connect(&reading_, &BackgroundTask::runningChanged, this, &RecordsViewModel::changed);
    reset();
}

void RecordsViewModel::reset() {
    reading_.abandon();
    saving_.abandon();
    pause_.stop();
    model_.setRecords({});
    notes_.clear();
    reportsProblem_.clear();
    QStringList mailboxes;
    if (state_.hasProfile()) {
        for (const EmailAddress& mailbox : state_.profile().reportsTo) {
            mailboxes << QString::fromStdString(mailbox.toString());
        }
    }
    reportsTo_ = mailboxes.join(", "_L1);
    Q_EMIT changed();
}

void RecordsViewModel::refresh() {
    if (!state_.hasProfile()) {
        return;
    }
    replan();
    reading_.start([this, profile = state_.profile(), &resolver = state_.resolver()](const std::stop_token& stop,
                                                                                     const auto& post) {
        auto published = std::make_shared<const Published>(readPublished(profile, resolver, stop));
        post([this, published] {
            state_.setPublished(published);
            replan();
        });
    });
}

void RecordsViewModel::replan() {
    static const Published nothing;
    const Published& published = state_.published() ? *state_.published() : nothing;
    const RecordPlan plan = makePlan(state_.profile(), published);
    model_.setRecords(compare(plan, published));
    notes_.clear();
    for (const PlanNote& note : plan.notes) {
        notes_ << noteText(note);
    }
    Q_EMIT changed();
}

std::optional<RecordsViewModel::Details> RecordsViewModel::details(int row) const {
    if (row < 0 || row >= model_.rowCount()) {
        return std::nullopt;
    }
    const ComparedRecord& compared = model_.records()[static_cast<std::size_t>(row)];
    const ResourceRecord& record = compared.planned.record;
    const ProviderFields fields = providerFields(record, compared.planned.zone);
    Details details{purposeTitle(compared.planned.purpose),
                    purposeText(compared.planned.purpose),
                    QString::fromStdString(record.name.toUnicode()),
                    QString::fromStdString(fields.host),
                    QString::fromStdString(fields.type),
                    QString::fromStdString(fields.priority),
                    QString::number(fields.ttl),
                    QString::fromStdString(fields.value),
                    record.type == RecordType::txt ? QString::fromStdString(quotedTxt(record.value)) : QString(),
                    {},
                    compared.state};
    if (compared.state == RecordState::differs) {
        details.published = valuesText(compared.published);
    }
    return details;
}

bool RecordsViewModel::allPublished() const {
    const auto& records = model_.records();
    return !records.empty() && std::ranges::all_of(records, [](const ComparedRecord& compared) {
        return compared.state == RecordState::present;
    });
}

int RecordsViewModel::firstToPublish() const {
    const auto& records = model_.records();
    const auto first = std::ranges::find_if(
        records, [](const ComparedRecord& compared) { return compared.state != RecordState::present; });
    return first == records.end() ? 0 : static_cast<int>(first - records.begin());
}

QString RecordsViewModel::summary() const {
    const auto& records = model_.records();
    if (isReading()) {
        return tr("Asking the DNS what is published …");
    }
    if (records.empty()) {
        return {};
    }
    const auto count = [&](RecordState state) { return std::ranges::count(records, state, &ComparedRecord::state); };
    if (allPublished()) {
        return tr("All records are published.");
    }
    QString text =
        tr("Published as they should be: %1 of %2 records.").arg(count(RecordState::present)).arg(records.size());
    if (count(RecordState::unknown) > 0) {
        text += u' ' + tr("For some the DNS did not answer.");
    }
    return text;
}

std::optional<dmarc::Policy> RecordsViewModel::policy() const {
    return state_.hasProfile() ? state_.profile().policy : std::nullopt;
}

void RecordsViewModel::setPolicy(std::optional<dmarc::Policy> policy) {
    if (state_.hasProfile()) {
        state_.change([&](Profile& profile) { profile.policy = policy; });
        replan();
    }
}

QString RecordsViewModel::policyHint() const {
    if (!policy()) {
        return tr("A policy you have already published stays; otherwise begin by watching.");
    }
    switch (*policy()) {
    case dmarc::Policy::none:
        return tr("Nothing is refused; the reports show who sends in your name. Stay here for a month.");
    case dmarc::Policy::quarantine:
        return tr("Mail that fails goes to the spam folder. Choose it after a month of clean reports.");
    case dmarc::Policy::reject:
        return tr("Mail that fails is refused, and so is much of what people of your domain post to mailing lists.");
    }
    return {};
}

void RecordsViewModel::setReportsTo(const QString& text) {
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    reportsTo_ = text;
    reportsProblem_.clear();
    std::vector<EmailAddress> mailboxes;
    for (const QString& word : text.split(separators, Qt::SkipEmptyParts)) {
        const auto mailbox = EmailAddress::parse(word.toStdString());
        if (!mailbox) {
            reportsProblem_ = problemText(mailbox.error());
            break;
        }
        mailboxes.push_back(*mailbox);
    }
    if (reportsProblem_.isEmpty() && state_.hasProfile()) {
        state_.change([&](Profile& profile) { profile.reportsTo = mailboxes; });
        pause_.start(); // a mailbox elsewhere needs a record there, so the DNS is asked again
    }
    Q_EMIT changed();
}

QString RecordsViewModel::zoneText() const {
    std::vector<DomainName> zones;
    for (const ComparedRecord& compared : model_.records()) {
        if (std::ranges::find(zones, compared.planned.zone) == zones.end()) {
            zones.push_back(compared.planned.zone);
        }
    }
    QString text;
    for (const DomainName& zone : zones) {
        std::vector<ResourceRecord> records;
        for (const ComparedRecord& compared : model_.records()) {
            if (compared.planned.zone == zone) {
                records.push_back(compared.planned.record);
            }
        }
        text += u"; %1\n"_s.arg(QString::fromStdString(zone.toString()));
        text += QString::fromStdString(sealwright::zoneText(records, zone, ZoneNames::absolute));
    }
    return text;
}

void RecordsViewModel::saveZone(const QString& path) {
    saving_.start([this, path, text = zoneText().toUtf8()](const std::stop_token&, const auto& post) {
        QSaveFile file(path);
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.flush() &&
                           file.commit(); // commit() alone misses a disk that is full (Qt 6.4)
        const QString problem = saved ? QString() : file.errorString();
        post([this, path, problem] { Q_EMIT zoneSaved(path, problem); });
    });
}

std::optional<DnsProvider> RecordsViewModel::provider() const {
    return state_.published() ? providerOf(nameServers(state_.profile().domain, *state_.published())) : std::nullopt;
}

} // namespace sealwright
