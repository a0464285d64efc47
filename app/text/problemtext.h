#pragma once

#include "checks/livecertificate.h"
#include "checks/networkoptions.h"
#include "dkim/keyrecord.h"
#include "dns/resolveroptions.h"
#include "keys/keyvault.h"
#include "mta/bundle.h"
#include "names/emailaddress.h"
#include "names/ipaddress.h"
#include "names/selector.h"
#include "spf/record.h"
#include "store/profilejson.h"
#include "tls/certificate.h"

#include <QString>

namespace sealwright {

/// One or two whole sentences, translated: what is wrong, where, and what to do.
[[nodiscard]] QString problemText(const Problem<DomainNameError>& problem);
[[nodiscard]] QString problemText(const Problem<SelectorError>& problem);
[[nodiscard]] QString problemText(const Problem<EmailAddressError>& problem);
[[nodiscard]] QString problemText(const Problem<IpAddressError>& problem);
[[nodiscard]] QString problemText(const Problem<KeyError>& problem);
[[nodiscard]] QString problemText(const Problem<VaultError>& problem);
[[nodiscard]] QString problemText(const Problem<ProfileError>& problem);
[[nodiscard]] QString problemText(const Problem<ResolverError>& problem);
[[nodiscard]] QString problemText(const Problem<NetworkError>& problem);
[[nodiscard]] QString problemText(const Problem<spf::RecordError>& problem);
[[nodiscard]] QString problemText(const Problem<dkim::KeyRecordError>& problem);
[[nodiscard]] QString problemText(const Problem<CertificateError>& problem);
/// Why no certificate of this host was seen.
[[nodiscard]] QString problemText(const Problem<LiveCertificateError>& problem, const DomainName& host);
[[nodiscard]] QString problemText(const BundleProblem& problem);

/// Octets that came from outside, made fit to be shown: cut, and what would act on a terminal or a label (control
/// characters, those that turn the direction of writing) written as \uXXXX.
[[nodiscard]] QString shown(std::string_view octets);

} // namespace sealwright
