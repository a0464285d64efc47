#pragma once

#include "spf/evaluate.h"

#include <QJsonObject>

namespace sealwright::cli {

/// As the contract of `spf evaluate` has it; `message verify` shows the same.
[[nodiscard]] QJsonObject spfJson(const spf::Evaluation& evaluation);

} // namespace sealwright::cli
