#include "live/smtpreply.h"

#include "fuzz.h"

namespace sealwright {
namespace {

using fuzz::require;

// Replies one after the other, as a server may send them.
void checkLines(std::string_view text) {
    SmtpReply reply;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (!reply.add(text.substr(0, end))) {
            return;
        }
        require(reply.code() >= 200 && reply.code() < 600);
        require(!reply.texts().empty() && reply.texts().size() <= 100);
        require(ehloName(reply).find(' ') == std::string::npos);
        require(!offers(reply, "STARTTLS") || reply.texts().size() > 1);
        if (reply.isComplete()) {
            require(!reply.add("250 more"));
            reply = {};
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
    sealwright::checkLines({reinterpret_cast<const char*>(octets), size});
    return 0;
}
