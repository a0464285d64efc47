#include "dkim/verify.h"

#include "dns/txtstrings.h"
#include "fuzz.h"

namespace sealwright::dkim {
namespace {

using fuzz::require;

constexpr std::size_t most = 21; // RFC 6376 section 6.1 lets verifiers set a limit: 20, and one that tells of it.

// RFC 6376 appendix C, RFC 8463 appendix A.2, and records that are of no use.
constexpr std::string_view keys[] = {
    "v=DKIM1; p=MIGJAoGBALVI635dLK4cJJAH3Lx6upo3X/Lm1tQz3mezcWTA3BUBnyIsdnRf57aD5BtNmhPrYYDlWlzw3UgnKisIxktkk5+iMQMlFtA"
    "S10JB8L3YadXNJY+JBcbeSi5TgJe4WFzNgW95FWDAuSTRXSWZfA/8xjflbTLDx0euFZOM7C4T0GwLAgMBAAE=",
    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "v=DKIM1; k=ed25519; t=s:y; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "v=DKIM1; p=",
    "v=DKIM1; h=sha1; p=",
    "no record",
};

/// Every name has all of the keys.
class KeyResolver final : public Resolver {
public:
    std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token /*stop*/) override {
        std::vector<Answer> answers;
        for (const Question& question : questions) {
            Answer& answer = answers.emplace_back(question);
            answer.status = AnswerStatus::found;
            for (const std::string_view key : keys) {
                std::string& rdata = answer.rdata.emplace_back();
                for (const std::string& string : txtStrings(key)) {
                    rdata += static_cast<char>(string.size());
                    rdata += string;
                }
            }
        }
        return answers;
    }
};

// In pieces of sizes that the input itself gives.
void addPieces(std::string_view body, const std::function<void(std::string_view)>& add) {
    while (!body.empty()) {
        const std::size_t piece = std::min<std::size_t>(body.size(), 1 + static_cast<unsigned char>(body.front()) % 7);
        add(body.substr(0, piece));
        body.remove_prefix(piece);
    }
}

std::string canonicalBody(std::string_view body, Canonicalization canonicalization, std::optional<std::uint64_t> limit,
                          bool inPieces) {
    std::string out;
    BodyCanonicalizer canonicalizer(canonicalization, limit, [&out](std::string_view octets) { out += octets; });
    const auto add = [&canonicalizer](std::string_view octets) { canonicalizer.add(octets); };
    inPieces ? addPieces(body, add) : add(body);
    canonicalizer.finish();
    return out;
}

void checkBody(std::string_view body) {
    for (const auto canonicalization : {Canonicalization::simple, Canonicalization::relaxed}) {
        const std::string whole = canonicalBody(body, canonicalization, {}, false);
        require(canonicalBody(body, canonicalization, {}, true) == whole);
        require(canonicalBody(whole, canonicalization, {}, true) == whole);
        require(canonicalBody(body, canonicalization, body.size() / 2, true) == whole.substr(0, body.size() / 2));
    }
}

std::vector<VerifiedSignature> verify(std::string_view text, bool inPieces) {
    message::Header header = message::Header::parse(text);
    const std::string_view body = text.substr(header.bodyBegin);
    Verifier verifier(std::move(header));
    const auto add = [&verifier](std::string_view octets) { verifier.addBody(octets); };
    inPieces ? addPieces(body, add) : add(body);
    KeyResolver resolver;
    return verifier.finish(resolver, std::chrono::sys_seconds(std::chrono::seconds(1'500'000'000)), {});
}

} // namespace
} // namespace sealwright::dkim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    const auto whole = dkim::verify(text, false);
    const auto pieces = dkim::verify(text, true);
    fuzz::require(whole.size() == pieces.size() && whole.size() <= dkim::most);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        fuzz::require(whole[i].result == pieces[i].result && whole[i].problem == pieces[i].problem &&
                      whole[i].unsignedBody == pieces[i].unsignedBody);
        fuzz::require((whole[i].result == dkim::Result::pass) == !whole[i].problem);
    }
    dkim::checkBody(text.substr(message::Header::parse(text).bodyBegin));
    return 0;
}
