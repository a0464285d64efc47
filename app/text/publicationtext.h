#pragma once

#include "checks/publication.h"

#include <QString>

namespace sealwright {

/// "at the name servers: 1 of 2", for one record.
[[nodiscard]] QString serversText(const RecordPublication& record);
/// "in the world: not yet; caches forget the old answer by 14:35 at the latest"
[[nodiscard]] QString worldText(const RecordPublication& record);
/// "_dmarc.example.org TXT: now at ns1.example.org (192.0.2.1)."
[[nodiscard]] QString changeText(const RecordPublication& record, const PublicationChange& change);

/// Why there is nothing to tell of any record at the moment, and that waiting goes on; empty: there is.
[[nodiscard]] QString troubleText(const Publication& publication);

} // namespace sealwright
