#include "mailtest/keptpasswords.h"

namespace sealwright {
namespace {

PasswordId idOf(const MailAccount& account) {
    return {account.user, account.server.host};
}

bool isRefusal(const MailTestOutcome& outcome, bool atMailbox) {
    return outcome.problem && outcome.problem->code == CourierError::loginRefused && outcome.isAtMailbox == atMailbox;
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
    return isRefusal(outcome, false) ? Login::refused : Login::unknown;
}

Login loginToRead(const MailTestOutcome& outcome) {
    if (isRefusal(outcome, true)) {
        return Login::refused;
    }
    const bool lacksFolder = outcome.problem && outcome.problem->code == CourierError::folderMissing;
    return outcome.mailboxOpened || lacksFolder ? Login::accepted : Login::unknown;
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
