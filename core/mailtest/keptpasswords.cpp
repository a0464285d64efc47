#include "mailtest/keptpasswords.h"

namespace sealwright {
namespace {

PasswordId idOf(const MailAccount& account) {
    return {account.user, account.server.host};
}

bool isRefusal(const MailTestOutcome& outcome) {
    return outcome.problem && outcome.problem->code == CourierError::loginRefused;
}

} // namespace

tl::expected<void, Problem<VaultError>> takeKept(MailAccount& account, PasswordVault& vault,
                                                 const std::stop_token& stop) {
    return vault.load(idOf(account), stop).map([&account](SecretBytes password) {
        account.password = std::move(password);
        account.isKept = true;
    });
}

Login loginToSend(const MailTestOutcome& outcome) {
    if (!outcome.messageId.empty()) {
        return Login::accepted;
    }
    return isRefusal(outcome) ? Login::refused : Login::unknown;
}

Login loginToRead(const MailTestOutcome& outcome) {
    const bool wasRead = outcome.arrival || (outcome.problem && (outcome.problem->code == CourierError::notArrived ||
                                                                 outcome.problem->code == CourierError::folderMissing));
    if (wasRead) {
        return Login::accepted;
    }
    return isRefusal(outcome) && !outcome.messageId.empty() ? Login::refused : Login::unknown;
}

tl::expected<void, Problem<VaultError>> keepWhatWasAccepted(const MailAccount& account, Login login,
                                                            PasswordVault& vault, const std::stop_token& stop) {
    if (login == Login::accepted && !account.isKept) {
        return vault.store(idOf(account), account.password, stop);
    }
    if (login == Login::refused && account.isKept) {
        return forget(account, vault, stop);
    }
    return {};
}

tl::expected<void, Problem<VaultError>> forget(const MailAccount& account, PasswordVault& vault,
                                               const std::stop_token& stop) {
    return vault.remove(idOf(account), stop);
}

} // namespace sealwright
