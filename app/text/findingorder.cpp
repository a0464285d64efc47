#include "text/findingorder.h"

namespace sealwright {

int urgency(Severity severity) {
    switch (severity) {
    case Severity::error:
        return 0;
    case Severity::warning:
        return 1;
    case Severity::unknown:
        return 2;
    case Severity::info:
        return 3;
    case Severity::ok:
        return 4;
    }
    return 0;
}

bool isQuiet(const Finding& finding) {
    return severityOf(finding.code) == Severity::ok || finding.code == FindingCode::outsideZone;
}

} // namespace sealwright
