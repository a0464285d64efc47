#include "gui/icons.h"

#include <QGuiApplication>

namespace sealwright {

using namespace Qt::StringLiterals;

/// QIcon takes name@2x.png by itself where the screen is dense.
static QIcon named(const char* name) {
    const QString file = u":/sealwright/icons/state-%1.png"_s.arg(QLatin1StringView(name));
    QIcon icon(file);
    icon.addFile(file, {}, QIcon::Selected); // else a style tints it in the selected row
    return icon;
}

QIcon stateIcon(RecordState state) {
    switch (state) {
    case RecordState::wanted:
        return named("wanted");
    case RecordState::present:
        return named("ok");
    case RecordState::differs:
        return named("differs");
    case RecordState::missing:
        return named("missing");
    case RecordState::unknown:
        return named("unknown");
    }
    return {};
}

QIcon severityIcon(Severity severity) {
    switch (severity) {
    case Severity::ok:
        return named("ok");
    case Severity::info:
        return named("info");
    case Severity::warning:
        return named("warning");
    case Severity::error:
        return named("error");
    case Severity::unknown:
        return named("unknown");
    }
    return {};
}

QPixmap pagePicture(const QString& page) {
    return QIcon(u":/sealwright/icons/page-%1.png"_s.arg(page)).pixmap(QSize(52, 52), qGuiApp->devicePixelRatio());
}

QIcon applicationIcon() {
    QIcon icon;
    for (const int size : {16, 32, 48, 64, 128, 256}) {
        icon.addFile(u":/sealwright/icons/sealwright-%1.png"_s.arg(size), QSize(size, size));
    }
    return icon;
}

} // namespace sealwright
