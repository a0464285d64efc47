#include "text/zonetext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ZoneText)
};

QString reason(MasterFileError code, const QString& what) {
    switch (code) {
    case MasterFileError::stopped:
        return Words::tr("stopped.");
    case MasterFileError::openQuote:
        return Words::tr("a quote is opened and not closed on that line.");
    case MasterFileError::openParenthesis:
        return Words::tr("a parenthesis is opened and never closed.");
    case MasterFileError::strayParenthesis:
        return Words::tr("a parenthesis is closed that was not opened.");
    case MasterFileError::badName:
        return Words::tr("“%1” is no name that the DNS could have.").arg(what);
    case MasterFileError::noOrigin:
        return Words::tr("“%1” is relative, and neither $ORIGIN nor the file's name say to which zone.").arg(what);
    case MasterFileError::noOwner:
        return Words::tr("the first record does not say which name it is for.");
    case MasterFileError::badTtl:
        return Words::tr("“%1” is no time to live.").arg(what);
    case MasterFileError::noType:
        return Words::tr("there is no type of record behind “%1”.").arg(what);
    case MasterFileError::badValue:
        return Words::tr("“%1” is not what a record of that type holds.").arg(what);
    case MasterFileError::tooMuch:
        return Words::tr("one name has more %1 records than any answer could hold.").arg(what);
    case MasterFileError::unsupported:
        return Words::tr("%1 is not understood here. Put what it brings in into this file, or add the records by hand.")
            .arg(what);
    }
    return {};
}

} // namespace

QString problemText(const ZoneEditProblem& problem) {
    const auto& [code, octets, line] = problem.problem;
    const QString what = shown(octets);
    switch (code) {
    case ZoneEditError::unreadable:
        return Words::tr("Line %1: %2").arg(line).arg(problem.unreadable ? reason(*problem.unreadable, what) : what);
    case ZoneEditError::noSoa:
        return Words::tr(
            "The file has no SOA record, so it is not the whole of a zone and has no serial number to raise. "
            "Give the zone's main file.");
    case ZoneEditError::badSerial:
        return Words::tr("Line %1: “%2” is no serial number.").arg(line).arg(what);
    case ZoneEditError::signedZone:
        return Words::
            tr("Line %1: this is the signed form of the zone (DNSSEC), and a change would make its signatures wrong. "
               "Give the unsigned file that it is made from.")
                .arg(line);
    case ZoneEditError::outsideZone:
        return Words::tr("%1 does not belong into the zone of this file.").arg(what);
    case ZoneEditError::delegated:
        return Words::tr("Line %1: from %2 on the names are in a zone of their own. Give that zone's file.")
            .arg(line)
            .arg(what);
    case ZoneEditError::alias:
        return Words::tr(
                   "Line %1: %2 is an alias (CNAME), and such a name can hold no other record. Take the alias out "
                   "first if nothing needs it any more.")
            .arg(line)
            .arg(what);
    case ZoneEditError::tangled:
        return Words::tr(
            "Other records in this file would change as well, because they take their time to live or their "
            "name from a line that goes. Write them out, or add the records by hand.");
    }
    return {};
}

QString problemText(const Problem<EditFault>& problem) {
    const QString what = shown(problem.what);
    switch (problem.code) {
    case EditFault::unreadable:
        return Words::tr("Line %1 of the changed file can't be read again.").arg(problem.where);
    case EditFault::missing:
        return Words::tr("The record %1 would not be in the changed file.").arg(what);
    case EditFault::lost:
        return Words::tr("The record %1 would be lost.").arg(what);
    case EditFault::strange:
        return Words::tr("The record %1 would come into the file, which nobody asked for.").arg(what);
    }
    return {};
}

QString problemText(const Problem<KeptZoneError>& problem) {
    const QString what = shown(problem.what);
    switch (problem.code) {
    case KeptZoneError::unreadable:
        return Words::tr("The file can't be read: %1").arg(what);
    case KeptZoneError::tooLong:
        return Words::tr("The file is larger than 16 MB. Is it a zone file?");
    case KeptZoneError::changed:
        return Words::tr("The file was changed by somebody else in the meantime, and was left alone. Open it again.");
    case KeptZoneError::unwritable:
        return Words::tr("The file can't be written: %1").arg(what);
    case KeptZoneError::nothingSaved:
        return Words::tr("Nothing was saved that could be undone.");
    }
    return {};
}

QString bindRefusalText(const QString& said) {
    QString text = Words::tr("named-checkzone, BIND's own checker, refuses the changed file:");
    for (const QString& line : said.split(u'\n', Qt::SkipEmptyParts).mid(0, 10)) {
        text += u'\n' + shown(line.toStdString());
    }
    return text;
}

QString shownLine(const std::string& line) {
    constexpr qsizetype width = 8;
    QString columns;
    for (const QChar c : QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()))) {
        columns += c == u'\t' ? QString(width - columns.size() % width, u' ') : QString(c);
    }
    return shown(columns.toStdString());
}

} // namespace sealwright
