#include "viewmodels/keyline.h"

#include "text/problemtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace sealwright {

using namespace Qt::StringLiterals;

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::KeyLine)
};

QString day(std::chrono::sys_seconds when) {
    const auto date = QDateTime::fromSecsSinceEpoch(when.time_since_epoch().count(), Qt::UTC).date();
    return QLocale().toString(date, QLocale::ShortFormat);
}

} // namespace

QString keyKind(KeyType type, int bits) {
    switch (type) {
    case KeyType::rsa:
        return Words::tr("RSA, %1 bits").arg(bits);
    case KeyType::ed25519:
        break;
    }
    return u"Ed25519"_s;
}

QString shortFingerprint(const std::string& fingerprint) {
    return QString::fromStdString(fingerprint.substr(0, 16));
}

KeyLine keyLine(const SigningKey& key, const KeyLookup* looked, bool looking) {
    const QString title =
        Words::tr("%1: %2, made %3")
            .arg(QString::fromStdString(key.selector.toString()), keyKind(key.type, key.bits), day(key.created));
    if (!looked) {
        return {title,
                looking ? Words::tr("Looking for it; your keyring may ask for its password.")
                        : Words::tr("Not looked for yet."),
                Severity::unknown};
    }
    if (*looked) {
        const bool lost = (*looked)->code == VaultError::absent;
        return {title, problemText(**looked), lost ? Severity::error : Severity::warning};
    }
    if (key.type == KeyType::rsa && key.bits < advisedRsaBits) {
        return {title,
                Words::tr("Kept safely, but shorter than the 2048 bits that receivers advise: make a new one soon."),
                Severity::warning};
    }
    return {title, Words::tr("Kept safely. Fingerprint %1…").arg(shortFingerprint(key.fingerprint)), Severity::ok};
}

} // namespace sealwright
