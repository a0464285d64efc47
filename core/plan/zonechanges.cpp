#include "plan/zonechanges.h"

namespace sealwright {

ZoneChanges zoneChanges(std::span<const ComparedRecord> compared, const DomainName& zone) {
    ZoneChanges changes;
    for (const ComparedRecord& record : compared) {
        if (record.planned.zone != zone) {
            changes.elsewhere.push_back(record.planned);
        } else if (record.state != RecordState::present) {
            changes.changes.push_back({record.planned.record, record.published});
        }
    }
    return changes;
}

} // namespace sealwright
