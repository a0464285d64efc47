#include "support/dkimsample.h"

#include "support/fakeresolver.h"

namespace sealwright::test {

std::string randomMessage(std::mt19937& random) {
    constexpr std::string_view pieces[] = {"word",     " ",  "\t",       "  ",  "\r\n",
                                           "\r\n\r\n", "..", "\xC3\xBC", "=20", "a:b;"};
    std::string message = "From: Joe <joe@example.org>\r\nTo: a@example.net,\r\n\tb@example.net\r\nSubject:";
    for (auto words = random() % 6; words > 0; --words) {
        message += random() % 3 == 0 ? "\r\n  folded " : " word \t";
    }
    message += "x\r\n\r\n";
    for (auto count = random() % 40; count > 0; --count) {
        message += pieces[random() % std::size(pieces)];
    }
    // Not every file ends with a line end. White space without one behind it is read differently: by RFC 6376 section
    // 3.4.4 it goes, as at the end of any line; dkimpy keeps one blank. It can't have come by SMTP.
    const bool open = random() % 2 == 0 && message.back() != ' ' && message.back() != '\t';
    return open ? message : message + "\r\n";
}

std::string keyRecordOf(const KeyPair& key) {
    return "v=DKIM1; k=" + std::string(toString(key.type())) + "; p=" + key.publicKey();
}

dkim::Result verifySample(std::string_view message, const std::string& keyRecord) {
    FakeResolver resolver("s1._domainkey.example.org TXT " + keyRecord);
    message::Header header = message::Header::parse(message);
    const std::size_t body = header.bodyBegin;
    dkim::Verifier verifier(std::move(header));
    verifier.addBody(message.substr(body));
    const auto all = verifier.finish(resolver, {}, {});
    return all.size() == 1 ? all.front().result : dkim::Result::none;
}

} // namespace sealwright::test
