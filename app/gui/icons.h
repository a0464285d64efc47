#pragma once

#include "plan/comparison.h"
#include "text/findingtext.h"

#include <QIcon>

namespace sealwright {

[[nodiscard]] QIcon stateIcon(RecordState state);
[[nodiscard]] QIcon severityIcon(Severity severity);
/// The picture of a page: "domain", "keys", "records", "server", "verify".
[[nodiscard]] QPixmap pagePicture(const QString& page);
[[nodiscard]] QIcon applicationIcon();

} // namespace sealwright
