#include "live/livecourier.h"

#include "live/imapfetch.h"
#include "live/smtpsubmission.h"

namespace sealwright {

tl::expected<std::unique_ptr<MessageCourier>, Problem<NetworkError>>
LiveCourier::create(const NetworkOptions& options) {
    if (options.offline) {
        return std::make_unique<NoCourier>();
    }
    return makeTrustStore(options).map([&](TrustStore trusted) -> std::unique_ptr<MessageCourier> {
        return std::unique_ptr<LiveCourier>(new LiveCourier(options.timeout, std::move(trusted)));
    });
}

tl::expected<void, CourierProblem> LiveCourier::send(const MailAccount& account, const EmailAddress& from,
                                                     const EmailAddress& to, std::string_view message,
                                                     const std::stop_token& stop) {
    return submitMessage(account, from, to, message, trusted_, timeout_, stop);
}

tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem> LiveCourier::open(const Mailbox& mailbox,
                                                                             const std::stop_token& stop) {
    return openImapMailbox(mailbox, trusted_, timeout_, stop);
}

} // namespace sealwright
