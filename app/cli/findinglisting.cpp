#include "cli/findinglisting.h"

#include "cli/output.h"
#include "text/findingorder.h"

#include <QJsonObject>

#include <algorithm>
#include <map>

namespace sealwright::cli {
namespace {

// A word, so that nothing hangs on colour.
QString mark(Severity severity) {
    switch (severity) {
    case Severity::ok:
        return QStringLiteral("ok      ");
    case Severity::info:
        return QStringLiteral("info    ");
    case Severity::warning:
        return QStringLiteral("warning ");
    case Severity::error:
        return QStringLiteral("ERROR   ");
    case Severity::unknown:
        return QStringLiteral("unknown ");
    }
    return {};
}

QString coloured(const QString& words, Severity severity) {
    if (!isTerminal()) {
        return words;
    }
    const auto colour = [severity] {
        switch (severity) {
        case Severity::ok:
            return 32;
        case Severity::info:
            return 36;
        case Severity::warning:
        case Severity::unknown:
            return 33;
        case Severity::error:
            return 31;
        }
        return 0;
    };
    return QStringLiteral("\x1b[%1m%2\x1b[0m").arg(colour()).arg(words);
}

void addIndented(QString& listing, const QString& words) {
    const QStringList lines = words.split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        listing += QStringLiteral("          %1\n").arg(line);
    }
}

using AreaFindings = std::pair<const Area, std::vector<const Finding*>>;

// Areas of which there is not much to say, a line each.
void addLines(QString& listing, const std::vector<const AreaFindings*>& areas) {
    qsizetype widest = 0;
    for (const AreaFindings* area : areas) {
        widest = std::max(widest, areaTitle(area->first).size());
    }
    listing += areas.empty() ? QString() : QStringLiteral("\n");
    for (const AreaFindings* area : areas) {
        const Finding& first = *area->second.front();
        const Severity severity = severityOf(first.code);
        listing += QStringLiteral("  %1%2  %3\n")
                       .arg(coloured(mark(severity), severity), areaTitle(area->first).leftJustified(widest),
                            findingText(first).found);
    }
}

void addFinding(QString& listing, const Finding& finding, const std::optional<DnsProvider>& provider, bool verbose) {
    const FindingText words = textOf(finding, provider);
    const Severity severity = severityOf(finding.code);
    listing += QStringLiteral("  %1%2\n").arg(coloured(mark(severity), severity), words.found);
    if (verbose || severity != Severity::ok) {
        addIndented(listing, words.why);
    }
    addIndented(listing, words.remedy);
}

QJsonArray toJson(const std::vector<ResourceRecord>& records) {
    QJsonArray array;
    for (const ResourceRecord& record : records) {
        array += QJsonObject{{QStringLiteral("name"), text(record.name.toString())},
                             {QStringLiteral("type"), text(toString(record.type))},
                             {QStringLiteral("ttl"), static_cast<qint64>(record.ttl.count())},
                             {QStringLiteral("value"), text(record.value)}};
    }
    return array;
}

} // namespace

FindingText textOf(const Finding& finding, const std::optional<DnsProvider>& provider) {
    FindingText words = findingText(finding);
    if (const QString hint = provider ? formHint(*provider, finding.code) : QString(); !hint.isEmpty()) {
        words.remedy += u'\n' + hint;
    }
    return words;
}

QString findingListing(const DomainName& domain, const std::vector<Finding>& findings,
                       const std::optional<DnsProvider>& provider, bool verbose) {
    std::map<Area, std::vector<const Finding*>> byArea;
    for (const Finding& finding : findings) {
        byArea[finding.area].push_back(&finding);
    }
    std::vector<const AreaFindings*> brief;
    std::vector<const AreaFindings*> others;
    for (AreaFindings& area : byArea) {
        std::ranges::stable_sort(area.second, {},
                                 [](const Finding* finding) { return urgency(severityOf(finding->code)); });
        const bool isBrief =
            !verbose && std::ranges::all_of(area.second, [](const Finding* finding) { return isQuiet(*finding); });
        (isBrief ? brief : others).push_back(&area);
    }
    QString listing = QString::fromStdString(domain.toUnicode()) + QLatin1Char('\n');
    addLines(listing, brief);
    for (const AreaFindings* area : others) {
        listing += QStringLiteral("\n%1\n").arg(areaTitle(area->first));
        for (const Finding* finding : area->second) {
            addFinding(listing, *finding, provider, verbose);
        }
    }
    return listing;
}

QString listed(const LineFinding& finding) {
    QString listing = finding.place + QLatin1Char('\n');
    const auto addLines = [&listing](const QString& lines, QStringView mark) {
        for (const QString& line : lines.split(u'\n', Qt::SkipEmptyParts)) {
            listing += QStringLiteral("  %1 %2\n").arg(mark, line);
        }
    };
    listing += QStringLiteral("  %1%2\n").arg(coloured(mark(finding.severity), finding.severity), finding.words.found);
    addIndented(listing, finding.words.why);
    addIndented(listing, finding.words.remedy);
    addLines(finding.line, u"-");
    addLines(finding.mended, u"+");
    return listing;
}

QJsonArray toJson(const std::vector<Finding>& findings, const std::optional<DnsProvider>& provider) {
    QJsonArray array;
    for (const Finding& finding : findings) {
        const FindingText words = textOf(finding, provider);
        array += QJsonObject{{QStringLiteral("code"), text(toString(finding.code))},
                             {QStringLiteral("area"), text(toString(finding.area))},
                             {QStringLiteral("severity"), toString(severityOf(finding.code))},
                             {QStringLiteral("subject"), text(finding.subject.toString())},
                             {QStringLiteral("found"), words.found},
                             {QStringLiteral("why"), words.why},
                             {QStringLiteral("remedy"), words.remedy},
                             {QStringLiteral("expected"), toJson(finding.expected)},
                             {QStringLiteral("seen"), toJson(finding.seen)}};
    }
    return array;
}

} // namespace sealwright::cli
