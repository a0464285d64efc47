#include "live/smtpdialog.h"

namespace sealwright {
namespace {

constexpr std::size_t longestLine = 2048; // RFC 5321 section 4.5.3.1.5 allows 512.

} // namespace

std::optional<SmtpReply> SmtpDialog::receive() {
    SmtpReply reply;
    while (!reply.isComplete()) {
        const auto line = connection_.receiveLine(longestLine);
        if (!line) {
            return std::nullopt;
        }
        if (!reply.add(*line)) {
            garbled_ = line->empty() ? "an empty line" : *line;
            return std::nullopt;
        }
    }
    return reply;
}

std::optional<SmtpReply> SmtpDialog::askOctets(std::string_view octets) {
    return connection_.send(octets) ? receive() : std::nullopt;
}

} // namespace sealwright
