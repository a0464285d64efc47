#include "viewmodels/messageviewmodel.h"

#include "mailtest/mailtest.h"
#include "text/messagetext.h"
#include "text/problemtext.h"

#include <QFileInfo>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace sealwright {

MessageViewModel::MessageViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&task_, &BackgroundTask::runningChanged, this, &MessageViewModel::changed);
}

void MessageViewModel::judgeFile(const QString& path) {
    const QFileInfo info(path);
    if (!info.isFile()) { // A folder can't be read, and a named pipe would keep us waiting for ever.
        task_.abandon();
        show({Severity::error,
              {},
              tr("%1 is no file. Open a mail that was saved as a file (.eml).").arg(info.fileName())},
             {});
        return;
    }
    judge(info.fileName(), [path] {
        return std::make_unique<std::ifstream>(std::filesystem::path(path.toStdU16String()), std::ios::binary);
    });
}

void MessageViewModel::judgeText(const QString& source) {
    judge(tr("What was pasted"),
          [octets = source.toStdString()] { return std::make_unique<std::istringstream>(octets); });
}

void MessageViewModel::judge(const QString& name, Open open) {
    show({Severity::info, {}, tr("Reading the mail, and asking the DNS for its keys and records …")}, {});
    task_.start([this, name, open = std::move(open), &resolver = state_.resolver(),
                 now = state_.clock().now()](const std::stop_token& stop, const auto& post) {
        const auto input = open();
        const bool opened = input && *input;
        const auto verdict = verdict::judge(*input, std::nullopt, resolver, now, stop);
        const auto [summary, lines] = [&]() -> std::pair<VerdictLine, std::vector<VerdictLine>> {
            if (stop.stop_requested()) {
                return {{Severity::unknown, {}, tr("Stopped.")}, {}};
            }
            if (!opened || input->bad()) {
                return {{Severity::error, {}, tr("%1 can't be read.").arg(name)}, {}};
            }
            if (!verdict) {
                return {{Severity::error, {}, QStringLiteral("%1: %2").arg(name, problemText(verdict.error()))}, {}};
            }
            return {verdictSummary(*verdict), verdictLines(*verdict)};
        }();
        const bool isJudged = opened && verdict && !stop.stop_requested();
        post([this, summary = summary, lines = lines, kept = isJudged ? std::optional(*verdict) : std::nullopt] {
            show(summary, lines);
            if (kept) {
                keep(*kept);
            }
        });
    });
}

void MessageViewModel::keep(const verdict::Verdict& verdict) {
    if (!state_.hasProfile() || state_.isReadOnly()) {
        return;
    }
    Profile noted = state_.profile();
    if (!noteReceived(noted, verdict, state_.clock().now())) {
        return;
    }
    state_.change([&noted](Profile& profile) { profile = std::move(noted); });
    if (const auto written = state_.save(); !written) {
        show({Severity::error, {}, problemText(written.error())}, lines_);
    }
}

void MessageViewModel::stop() {
    task_.cancel();
}

void MessageViewModel::show(VerdictLine summary, std::vector<VerdictLine> lines) {
    summary_ = std::move(summary);
    lines_ = std::move(lines);
    Q_EMIT changed();
}

} // namespace sealwright
