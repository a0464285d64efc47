#include "cli/checkresults.h"

#include "cli/findinglisting.h"
#include "cli/output.h"
#include "text/findingtext.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <tuple>

namespace sealwright::cli {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::CheckResults)
};

constexpr std::chrono::seconds progressInterval{2};
constexpr qint64 longestLine = 16 << 20; // of a file that may not be ours

bool isWrong(const std::vector<Finding>& findings) {
    return std::ranges::any_of(findings,
                               [](const Finding& finding) { return severityOf(finding.code) == Severity::error; });
}

// Records were not told of, or nobody was asked and nothing was seen: there is nothing to judge.
bool isUnknown(const std::vector<Finding>& findings) {
    const bool nothingSeen = std::ranges::all_of(findings, [](const Finding& finding) { return finding.seen.empty(); });
    return std::ranges::any_of(findings, [nothingSeen](const Finding& finding) {
        return (severityOf(finding.code) == Severity::unknown && isOfRecords(finding.area)) ||
               (nothingSeen && finding.code == FindingCode::outsideZone);
    });
}

// Of a line of ours.
bool isBeginning(const QByteArray& line) {
    const QByteArray ours = "{\"complete\":";
    return ours.startsWith(line.left(ours.size()));
}

// In one order, each once.
QJsonArray sorted(const std::vector<std::string>& words) {
    QJsonArray array;
    for (const std::string& word : std::set(words.begin(), words.end())) {
        array += text(word);
    }
    return array;
}

} // namespace

CheckResults::CheckResults(const Context& context, const CheckScope& scope)
    : context_(context), domains_(scope.domains), asLines_(scope.asLines), only_(sorted(scope.only)) {}

Result<void> CheckResults::appendTo(const std::string& path) {
    file_.setFileName(QString::fromStdString(path));
    if (!file_.open(QIODevice::ReadWrite)) {
        return notFoundOut(Words::tr("%1 can't be written: %2").arg(shown(path), file_.errorString()));
    }
    qint64 end = 0;
    while (!file_.atEnd()) {
        const QByteArray line = file_.readLine(longestLine);
        if (!line.endsWith('\n') && isBeginning(line)) {
            break; // It was being written when something went wrong.
        }
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (!line.endsWith('\n') || !object.contains("domain"_L1)) {
            return badInput(
                Words::tr("%1 has a line that is no result of a check: it is left alone. Name another file.")
                    .arg(shown(path)));
        }
        if (object["only"_L1].toArray() == only_ && object["complete"_L1].toBool(true)) {
            before_.insert(object["domain"_L1].toString().toStdString());
            anyWrong_ = anyWrong_ || line.contains("\"severity\":\"error\"");
        }
        end = file_.pos();
    }
    if (!file_.resize(end) || !file_.seek(end)) {
        return notFoundOut(Words::tr("%1 can't be written: %2").arg(shown(path), file_.errorString()));
    }
    return {};
}

void CheckResults::add(Checked checked) {
    std::ranges::stable_sort(checked.findings, {}, [](const Finding& finding) { // Answers come in any order.
        return std::tie(finding.area, finding.subject, finding.code, finding.arguments);
    });
    const std::scoped_lock lock(mutex_);
    ++done_;
    anyWrong_ = anyWrong_ || isWrong(checked.findings);
    anyUnknown_ = anyUnknown_ || isUnknown(checked.findings);
    show(checked);
    tellProgress();
}

void CheckResults::skip() {
    const std::scoped_lock lock(mutex_);
    ++done_;
    ++skipped_;
}

void CheckResults::fail(const QString& message) {
    const std::scoped_lock lock(mutex_);
    ++done_;
    anyUnknown_ = true;
    say(message);
}

QJsonObject CheckResults::toJson(const Checked& checked) const {
    QJsonObject object{{u"domain"_s, text(checked.domain.toString())},
                       {u"complete"_s, !isUnknown(checked.findings)},
                       {u"findings"_s, cli::toJson(checked.findings, checked.provider)},
                       {u"elapsedMs"_s, checked.elapsedMs}};
    if (!only_.isEmpty()) {
        object[u"only"_s] = only_;
    }
    return object;
}

void CheckResults::show(const Checked& checked) {
    const QJsonObject object = toJson(checked);
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (!context_.json) {
        print(findingListing(checked.domain, checked.findings, checked.provider, context_.verbose));
    } else if (asLines_) {
        print(QString::fromUtf8(line));
    } else {
        print(QJsonValue(object));
    }
    if (file_.isOpen()) {
        lost_ = lost_ || file_.write(line + '\n') < 0 || !file_.flush();
    }
}

void CheckResults::tellProgress() {
    const auto now = std::chrono::steady_clock::now();
    if (domains_ > 1 && now - lastTold_ >= progressInterval) {
        lastTold_ = now;
        say(Words::tr("%1 of %2 domains are checked.").arg(done_).arg(domains_));
    }
}

Outcome CheckResults::end() const {
    if (domains_ > 1) {
        say(skipped_ == 0
                ? Words::tr("%1 of %2 domains are checked.").arg(done_).arg(domains_)
                : Words::tr("%1 of %2 domains are checked, %3 of them before.").arg(done_).arg(domains_).arg(skipped_));
    }
    if (lost_) {
        return notFoundOut(
            Words::tr("The results could not be written to %1.").arg(shown(file_.fileName().toStdString())));
    }
    return anyWrong_ ? ExitStatus::wrong : anyUnknown_ ? ExitStatus::unknown : ExitStatus::ok;
}

} // namespace sealwright::cli
