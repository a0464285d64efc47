#include "fuzz.h"
#include "live/imapresponse.h"
#include "live/mailboxname.h"

// Lines of a server; a line that ends with the size of a literal has the line behind it as that literal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    using fuzz::require;
    fuzz::Input input(data, size);
    while (!input.rest().empty()) {
        ImapResponse response;
        bool fits = response.add(input.line());
        while (fits && response.dueLiteral() && !input.rest().empty()) {
            response.addLiteral(std::string(input.line()));
            fits = response.add(input.line());
        }
        require(response.tokens().size() <= 10'001);
        if (const auto folder = listedFolder(response)) {
            require(!folder->name.empty());
            static_cast<void>(isForJunk(*folder));
            const std::string encoded = encodeMailboxName(folder->name);
            require(encodeMailboxName(decodeMailboxName(encoded)) == encoded);
            const std::string quoted = quotedForImap(folder->name);
            require(quoted.find_first_of("\r\n") == std::string::npos && quoted.size() >= folder->name.size() + 2);
        }
        require(foundMessages(response).size() <= response.tokens().size());
        require(!fetchedSection(response, "BODY[]") || response.isA("FETCH"));
        static_cast<void>(responseCode(response, "UIDNEXT"));
        require(capabilitiesIn(response).size() <= response.tokens().size());
    }
    return 0;
}
