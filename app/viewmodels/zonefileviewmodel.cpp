#include "viewmodels/zonefileviewmodel.h"

#include "plan/nsupdate.h"
#include "text/problemtext.h"
#include "text/zonetext.h"
#include "zone/zoneresolver.h"

#include <QFileInfo>

namespace sealwright {

/// What became of one text, worked out beside the window.
struct ZoneFileViewModel::Outcome {
    std::optional<ZoneEdit> edit;
    QString problem; ///< Empty: none.
    QStringList notes;
};

namespace {

using Origin = std::optional<DomainName>;

/// The records of the profile as the zone in the file, and the DNS around it, have them.
ZoneChanges wantedBy(const Profile& profile, const ZoneFile& zone, Resolver& resolver, const std::stop_token& stop) {
    ZoneResolver there(zone, resolver);
    const Published published = readPublished(profile, there, stop);
    return zoneChanges(compare(makePlan(profile, published), published), *zone.zone);
}

/// Why the changed text must not be used; empty: it may.
QString refusal(std::string_view text, const ZoneEdit& edit, const Origin& origin,
                const std::vector<ZoneChange>& changes, const std::stop_token& stop) {
    if (const auto fault = faultOf(text, edit.text, origin, changes, stop)) {
        return problemText(*fault);
    }
    const QString said = refusalByBind(edit.zone.toString(), QByteArray::fromStdString(edit.text), stop);
    return said.isEmpty() ? QString() : bindRefusalText(said);
}

} // namespace

ZoneFileViewModel::ZoneFileViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&task_, &BackgroundTask::runningChanged, this, &ZoneFileViewModel::changed);
    connect(&state_, &WizardState::domainChanged, this, [this] {
        task_.abandon();
        file_.reset();
        tell(Severity::info, {});
    });
}

void ZoneFileViewModel::open(const QString& path) {
    task_.abandon();
    file_.reset();
    auto opened = KeptZoneFile::open(path);
    if (!opened) {
        tell(Severity::error, problemText(opened.error()));
        return;
    }
    file_ = std::move(*opened);
    work(file_->content().toStdString(), zoneNameOfFile(QFileInfo(path).fileName().toStdString()));
}

void ZoneFileViewModel::paste(const QString& text) {
    task_.abandon();
    file_.reset();
    if (text.trimmed().isEmpty()) {
        tell(Severity::info, tr("There is no text to paste: copy the whole zone file first."));
        return;
    }
    if (text.size() > longestZoneFile) {
        tell(Severity::error, problemText(problem(KeptZoneError::tooLong)));
        return;
    }
    work(text.toStdString(), {});
}

void ZoneFileViewModel::work(std::string text, const Origin& origin) {
    if (!state_.hasProfile()) {
        return;
    }
    tell(Severity::info, tr("Reading the zone file …"));
    task_.start([this, text = std::move(text), origin = origin.value_or(state_.profile().domain),
                 profile = state_.profile(), &resolver = state_.resolver(),
                 today = std::chrono::floor<std::chrono::days>(state_.clock().now())](const std::stop_token& stop,
                                                                                      const auto& post) {
        post([this, outcome = workOut(text, origin, today, profile, resolver, stop)] { take(outcome); });
    });
}

ZoneFileViewModel::Outcome ZoneFileViewModel::workOut(const std::string& text, const DomainName& origin,
                                                      std::chrono::sys_days today, const Profile& profile,
                                                      Resolver& resolver, const std::stop_token& stop) {
    const auto before = editZone(text, origin, {}, today, stop);
    const auto zone = readZoneFile(text, origin, stop);
    if (!before || !zone) {
        return {{}, before ? QString() : problemText(before.error()), {}};
    }
    const ZoneChanges wanted = wantedBy(profile, *zone, resolver, stop);
    Outcome outcome;
    for (const PlannedRecord& record : wanted.elsewhere) {
        outcome.notes << tr("%1 belongs to the zone %2, which is not in this file.")
                             .arg(shown(record.record.name.toString()), shown(record.zone.toString()));
    }
    if (!profile.domain.isAtOrBelow(before->zone) && wanted.changes.empty()) {
        outcome.problem =
            tr("This file is the zone %1, and none of the records belong to it.").arg(shown(before->zone.toString()));
        return outcome;
    }
    auto edit = editZone(text, origin, wanted.changes, today, stop);
    if (!edit) {
        outcome.problem = problemText(edit.error());
        return outcome;
    }
    outcome.problem = refusal(text, *edit, origin, wanted.changes, stop);
    outcome.edit = std::move(*edit);
    return outcome;
}

void ZoneFileViewModel::take(const Outcome& outcome) {
    if (!outcome.problem.isEmpty() || !outcome.edit) {
        notes_ = outcome.notes;
        tell(Severity::error, outcome.problem);
        return;
    }
    const ZoneEdit& edit = *outcome.edit;
    newText_ = edit.text;
    diff_ = edit.diff;
    zone_ = edit.zone.toString();
    notes_ = outcome.notes;
    severity_ = edit.diff.empty() ? Severity::ok : Severity::info;
    summary_ = edit.diff.empty()
                   ? tr("The zone %1 has all these records already; nothing is to be changed.").arg(shown(zone_))
                   : tr("This is what changes in the zone %1; its serial goes from %2 to %3. All else stays as it is.")
                         .arg(shown(zone_))
                         .arg(edit.oldSerial)
                         .arg(edit.newSerial);
    Q_EMIT changed();
}

/// Words in place of a change.
void ZoneFileViewModel::tell(Severity severity, const QString& text) {
    newText_.clear();
    diff_.clear();
    severity_ = severity;
    summary_ = text;
    if (severity != Severity::error) {
        notes_.clear();
    }
    Q_EMIT changed();
}

void ZoneFileViewModel::save() {
    if (!canSave()) {
        return;
    }
    if (const auto saved = file_->save(QByteArray::fromStdString(newText_)); !saved) {
        severity_ = Severity::error;
        summary_ = problemText(saved.error());
        Q_EMIT changed();
        return;
    }
    const QStringList notes = notes_;
    tell(Severity::ok, tr("Saved; the old file is %1~. Now let the name server load it: rndc reload %2")
                           .arg(fileName(), shown(zone_)));
    notes_ = notes;
    Q_EMIT changed();
}

void ZoneFileViewModel::undo() {
    if (!canUndo()) {
        return;
    }
    if (const auto undone = file_->undo(); !undone) {
        tell(Severity::error, problemText(undone.error()));
        return;
    }
    work(file_->content().toStdString(), zoneNameOfFile(QFileInfo(file_->path()).fileName().toStdString()));
}

QString ZoneFileViewModel::fileName() const {
    return file_ ? QFileInfo(file_->path()).fileName() : QString();
}

QString ZoneFileViewModel::newText() const {
    return isBusy() || !isReady() ? QString() : QString::fromStdString(newText_);
}

QString ZoneFileViewModel::nsupdate() const {
    if (!state_.hasProfile() || !state_.published()) {
        return {};
    }
    const Published& published = *state_.published();
    return QString::fromStdString(
        nsupdateScript(compare(makePlan(state_.profile(), published), published), published).text);
}

} // namespace sealwright
