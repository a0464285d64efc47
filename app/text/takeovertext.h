#pragma once

#include "takeover/takeover.h"

#include <QString>

namespace sealwright {

/// One or two whole sentences, translated: why the file was left, and what can be done.
[[nodiscard]] QString leftText(const takeover::LeftFile& file, const DomainName& domain);

/// How it is known that this is the key's selector; one whole sentence.
[[nodiscard]] QString evidenceText(takeover::Evidence evidence, takeover::Publication publication);

[[nodiscard]] QString problemText(const Problem<takeover::FolderError>& problem);

} // namespace sealwright
