#include "mailtest/courier.h"

namespace sealwright {

std::string_view toString(CourierError error) {
    switch (error) {
    case CourierError::offline:
        return "offline";
    case CourierError::unknownHost:
        return "unknown-host";
    case CourierError::dnsFailure:
        return "dns-failure";
    case CourierError::unreachable:
        return "unreachable";
    case CourierError::noTls:
        return "no-tls";
    case CourierError::tlsFailed:
        return "tls-failed";
    case CourierError::badCertificate:
        return "bad-certificate";
    case CourierError::noLogin:
        return "no-login";
    case CourierError::loginRefused:
        return "login-refused";
    case CourierError::tryLater:
        return "try-later";
    case CourierError::senderRefused:
        return "sender-refused";
    case CourierError::recipientRefused:
        return "recipient-refused";
    case CourierError::messageRefused:
        return "message-refused";
    case CourierError::perhapsSent:
        return "perhaps-sent";
    case CourierError::folderMissing:
        return "folder-missing";
    case CourierError::serverRefused:
        return "server-refused";
    case CourierError::closed:
        return "closed";
    case CourierError::garbled:
        return "garbled";
    case CourierError::timedOut:
        return "timed-out";
    case CourierError::notArrived:
        return "not-arrived";
    case CourierError::tooLong:
        return "too-long";
    case CourierError::cancelled:
        return "cancelled";
    }
    return {};
}

} // namespace sealwright
