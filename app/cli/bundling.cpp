#include "cli/bundling.h"

#include "cli/signingkeys.h"
#include "text/problemtext.h"

namespace sealwright::cli {
namespace {

ExitStatus statusOf(const BundleProblem& problem) {
    switch (problem.problem.code) {
    case BundleError::keyNotLoaded:
        return problem.vault ? failureOf(*problem.vault).status : ExitStatus::unknown;
    case BundleError::cannotWrite:
    case BundleError::cancelled:
    case BundleError::keyMismatch:
        return ExitStatus::unknown;
    case BundleError::nothingToSign:
    case BundleError::exists:
    case BundleError::unknownFormat:
        return ExitStatus::usage;
    }
    return ExitStatus::unknown;
}

} // namespace

Result<QString> writeBundle(const Context& context, Stack stack, const std::vector<BundleDomain>& domains,
                            const std::string& target) {
    const auto vault = context.vault();
    if (!vault) {
        return tl::unexpected(vault.error());
    }
    const auto path = std::filesystem::path(QString::fromStdString(target).toStdU16String());
    const auto written = sealwright::writeBundle(stack, domains, **vault, path, context.stop);
    if (!written) {
        return tl::unexpected(Failure{statusOf(written.error()), problemText(written.error())});
    }
    return QString::fromStdU16String(written->u16string());
}

} // namespace sealwright::cli
