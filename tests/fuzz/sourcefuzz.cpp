#include "fuzz.h"
#include "message/source.h"

namespace sealwright::message {
namespace {

using fuzz::require;

struct Read {
    std::string header, body;
    bool isMessage = false;
    std::vector<SourceForm> forms;
};

Read read(std::string_view text, std::size_t piece, Source::Reading reading) {
    Read result;
    int headers = 0;
    Source source({[&](const Header& header) {
                       ++headers;
                       for (const HeaderField& field : header.fields) {
                           result.header += field.raw + "\n";
                       }
                   },
                   [&](std::string_view octets) { result.body += octets; }},
                  reading);
    for (std::size_t at = 0; at < text.size(); at += piece) {
        source.add(text.substr(at, piece));
    }
    const auto forms = source.finish();
    result.isMessage = forms.has_value();
    result.forms = forms.value_or(std::vector<SourceForm>());
    require(headers == (result.isMessage ? 1 : 0));
    require(result.body.size() <= text.size());
    return result;
}

} // namespace
} // namespace sealwright::message

// The pieces in which a message comes make no difference.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright::message;
    const std::string_view text = sealwright::fuzz::Input(data, size).rest();
    for (const Source::Reading reading :
         {Source::Reading::usual, Source::Reading::dotsStuffed, Source::Reading::quotesKept}) {
        const Read whole = read(text, text.size() + 1, reading);
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
            const Read pieces = read(text, piece, reading);
            sealwright::fuzz::require(whole.isMessage == pieces.isMessage && whole.header == pieces.header &&
                                      whole.body == pieces.body && whole.forms == pieces.forms);
        }
    }
    return 0;
}
