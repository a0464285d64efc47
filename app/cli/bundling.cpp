#include "cli/bundling.h"

#include "cli/output.h"
#include "cli/signingkeys.h"
#include "text/problemtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Bundling)
};

ExitStatus statusOf(const BundleProblem& problem) {
    switch (problem.problem.code) {
    case BundleError::keyNotLoaded:
        return problem.vault ? failureOf(*problem.vault).status : ExitStatus::unknown;
    case BundleError::cannotWrite:
    case BundleError::cancelled:
        return ExitStatus::unknown;
    case BundleError::keyMismatch:
        return ExitStatus::wrong;
    case BundleError::nothingToSign:
    case BundleError::exists:
    case BundleError::unknownFormat:
        return ExitStatus::usage;
    }
    return ExitStatus::unknown;
}

void sayLeftOut(Stack stack, const std::vector<BundleDomain>& domains) {
    std::vector<Profile> profiles;
    std::ranges::transform(domains, std::back_inserter(profiles), &BundleDomain::profile);
    for (const KeyId& key : makeConfigSet(stack, profiles).leftOut) {
        say(Words::tr("Note: the key %1 of %2 is not in the bundle: %3 signs with one RSA key per domain.")
                .arg(QString::fromStdString(key.selector.toString()), QString::fromStdString(key.domain.toUnicode()),
                     QString::fromUtf8(toString(stack))));
    }
}

} // namespace

Result<QString> writeBundle(const Context& context, const ServerSetup& setup, const std::vector<BundleDomain>& domains,
                            const std::string& target) {
    const auto vault = context.vault();
    if (!vault) {
        return tl::unexpected(vault.error());
    }
    const auto path = std::filesystem::path(QString::fromStdString(target).toStdU16String());
    const auto written = sealwright::writeBundle(setup, domains, **vault, path, context.stop);
    if (!written) {
        const QString hint = written.error().vault ? hintFor(*written.error().vault) : QString();
        return tl::unexpected(Failure{statusOf(written.error()), problemText(written.error()) + hint});
    }
    sayLeftOut(setup.stack, domains);
    return QString::fromStdU16String(written->u16string());
}

} // namespace sealwright::cli
