#pragma once

#include "names/domainname.h"

#include <QString>

#include <vector>

namespace sealwright {

/// A service that can send mail for a domain, from resources/mailservices.json.
struct MailService {
    QString name;
    DomainName include; ///< The name of its SPF record.
    bool ownReturnPath; ///< Sends with an envelope address of its own: needs its own DKIM more than our SPF.
};

[[nodiscard]] const std::vector<MailService>& mailServices(); ///< By name.

} // namespace sealwright
