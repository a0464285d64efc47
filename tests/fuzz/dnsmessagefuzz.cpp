#include "dns/reply.h"

#include "fuzz.h"

namespace sealwright {
namespace {

using fuzz::require;

void checkReply(const DnsMessage& message, RecordType type, bool recursive) {
    const Question question{DomainName::root(), type};
    const Reply reply = replyOf(question, message, recursive);
    require(reply.answer.question == question);
    require((reply.answer.status == AnswerStatus::found) == (!reply.answer.rdata.empty() && message.rcode == 0));
    require(!reply.referral || !reply.referral->servers.empty());
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const auto message = parseMessage({reinterpret_cast<const char*>(data), size});
    if (message) {
        for (const RecordType type : {RecordType::ns, RecordType::mx, RecordType::txt, RecordType::soa}) {
            checkReply(*message, type, false);
            checkReply(*message, type, true);
        }
    }
    return 0;
}
