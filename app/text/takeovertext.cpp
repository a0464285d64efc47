#include "text/takeovertext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

using takeover::Evidence;
using takeover::FolderError;
using takeover::LeftReason;
using takeover::Publication;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::TakeoverText)
};

QString sourceText(Evidence evidence) {
    switch (evidence) {
    case Evidence::dns:
        return Words::tr("The DNS has this key under this selector.");
    case Evidence::keyTable:
        return Words::tr("The selector is the one that the KeyTable gives it.");
    case Evidence::recordFile:
        return Words::tr("The selector is the one in the record that lies beside it.");
    case Evidence::path:
        return Words::tr("The selector is the one in its name, beside the domain.");
    case Evidence::fileName:
        return Words::tr("The selector is a guess from the file's name.");
    }
    return {};
}

QString refusalText(const takeover::LeftFile& file) {
    if (!file.refusal) {
        return {};
    }
    return file.refusal->code == KeyError::notAKey
               ? Words::tr("There is no whole private key in it: it was cut off or damaged, or is something else.")
               : problemText(*file.refusal);
}

} // namespace

QString leftText(const takeover::LeftFile& file, const DomainName& domain) {
    const QString what = shown(file.what);
    const QString name = QString::fromStdString(domain.toUnicode());
    switch (file.why) {
    case LeftReason::link:
        return Words::tr("It is a link, and links are not followed. Copy what it leads to into the folder.");
    case LeftReason::notAFile:
        return Words::tr("It is no ordinary file, and was not opened.");
    case LeftReason::unreadable:
        return Words::tr("It can't be read: %1").arg(what);
    case LeftReason::tooLarge:
        return Words::tr("It is too large for a key, and was not read.");
    case LeftReason::tooDeep:
        return Words::tr("It lies so deep that it was not looked into. Give this folder itself.");
    case LeftReason::refused:
        return refusalText(file);
    case LeftReason::brokenRow:
        return Words::tr("Its line %1 can't be read, and perhaps others: NAME DOMAIN:SELECTOR:PATH is wanted. Such "
                         "lines were passed over.")
            .arg(what);
    case LeftReason::keyInTable:
        return Words::tr("It has a private key in itself, in the place of a path. Save that key to a file of its own, "
                         "and import that.");
    case LeftReason::otherDomain:
        return Words::tr("Its name, or what lies beside it, says that it is a key of %1. It was left alone.").arg(what);
    case LeftReason::selectorUnknown:
        return Words::tr("Its selector could not be found out: neither its name nor the DNS of %1 tells. If you know "
                         "the selector, import this key by itself and give it.")
            .arg(name);
    case LeftReason::otherKeyPublished:
        return Words::tr("Its selector should be %1, and there %2 publishes another key: it is an old key, or not this "
                         "domain's.")
            .arg(what, name);
    case LeftReason::withdrawn:
        return Words::tr("Its selector should be %1, and %2 has withdrawn the key there: it signs no mail any more.")
            .arg(what, name);
    case LeftReason::dnsSilent:
        return Words::tr("The DNS did not answer to what would have told (selector %1). Try again.").arg(what);
    case LeftReason::claimedTwice:
        return Words::tr("Several keys could have the selector %1, and nothing tells which one. Import the right one "
                         "by itself.")
            .arg(what);
    case LeftReason::alreadyHere:
        return Words::tr("This key is here already, under the selector %1.").arg(what);
    case LeftReason::selectorTaken:
        return Words::tr("Its selector is %1, and under that another key is kept here already. It was left alone.")
            .arg(what);
    }
    return {};
}

QString evidenceText(Evidence evidence, Publication publication) {
    switch (publication) {
    case Publication::published:
        return sourceText(evidence);
    case Publication::missing:
        return sourceText(evidence) + u' ' + Words::tr("The DNS has no record there yet.");
    case Publication::unknown:
        return sourceText(evidence) + u' ' + Words::tr("The DNS was not asked.");
    }
    return {};
}

QString problemText(const Problem<FolderError>& problem) {
    const QString what = shown(problem.what);
    switch (problem.code) {
    case FolderError::unreadable:
        return Words::tr("The folder can't be read: %1").arg(what);
    case FolderError::noKeyTable:
        return Words::tr("This file is no KeyTable. Give a folder, or OpenDKIM's KeyTable with the keys beside it.");
    case FolderError::tooManyFiles:
        return Words::tr("There are more than %1 files in it. Give a folder that has the keys and nothing else.")
            .arg(what);
    case FolderError::tooManyKeys:
        return Words::tr("There are more than %1 keys in it. Give a folder that has this domain's keys.").arg(what);
    case FolderError::tooLarge:
        return Words::tr("The files in it are too large. Give a folder that has the keys and nothing else.");
    case FolderError::cancelled:
        return Words::tr("Stopped. Nothing was taken over.");
    }
    return {};
}

} // namespace sealwright
