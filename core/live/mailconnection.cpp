#include "live/mailconnection.h"

namespace sealwright {
namespace {

CourierError errorOf(Reached end) {
    switch (end) {
    case Reached::notAsked:
        return CourierError::offline;
    case Reached::cancelled:
        return CourierError::cancelled;
    case Reached::noRoute:
    case Reached::nothing:
    case Reached::refused:
        return CourierError::unreachable;
    case Reached::silent:
        return CourierError::timedOut;
    case Reached::tlsFailed:
        return CourierError::tlsFailed;
    case Reached::garbled:
        return CourierError::garbled;
    case Reached::closed:
    case Reached::done:
        break;
    }
    return CourierError::closed;
}

} // namespace

tl::unexpected<CourierProblem> lost(Reached end, std::string_view why) {
    return refusedBy(errorOf(end), why);
}

CourierDone secure(Connection& connection, const TrustStore& trusted) {
    if (connection.startTls(trusted)) {
        return {};
    }
    const bool byCertificate = connection.end() == Reached::tlsFailed && connection.isUntrusted();
    return byCertificate ? refusedBy(CourierError::badCertificate, connection.why())
                         : lost(connection.end(), connection.why());
}

} // namespace sealwright
