#include "live/smtpdialog.h"

namespace sealwright {

std::optional<SmtpReply> SmtpDialog::receive() {
    SmtpReply reply;
    while (!reply.isComplete()) {
        const auto line = connection_.receiveLine();
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
