// What a verdict of DKIM costs, without a network: beside libopendkim and dkimpy, and beside what no verifier can do
// without: SHA-256 of the octets and one RSA verify.
#include "cost.h"
#include "dkim/sign.h"
#include "dkim/verify.h"
#include "support/fakeresolver.h"
#include "support/libopendkim.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sealwright;
using namespace sealwright::bench;
using test::dnsName;

namespace {

constexpr std::size_t pieceSize = 65'536; // as a milter gets them
constexpr std::string_view keyName = "s1._domainkey.example.test";

/// Text as people write it: paragraphs of lines of 60 to 75 octets, some with white space at their end, and runs of it.
std::string textOf(std::size_t size) {
    constexpr std::array<std::string_view, 16> words{"the",     "mail", "server", "of",    "a",      "domain",
                                                     "signs",   "what", "leaves", "and",   "others", "to",
                                                     "receive", "it",   "verify", "policy"};
    std::string text;
    std::uint32_t state = 20261127;
    const auto next = [&state](std::uint32_t below) { // the same text in every run
        state = state * 1'664'525U + 1'013'904'223U;
        return (state >> 16U) % below;
    };
    while (text.size() < size) {
        const std::size_t length = 60 + next(16);
        std::string line;
        while (line.size() < length) {
            line += words[next(words.size())];
            line += next(12) == 0 ? "   " : " ";
        }
        line.resize(length, ' ');
        line.back() = next(5) == 0 ? ' ' : '.';
        text += line + (next(9) == 0 ? "\r\n\r\n" : "\r\n");
    }
    text.resize(size - 2, '.');
    return text + "\r\n";
}

constexpr std::string_view headerText = //
    "Return-Path: <newsletter@example.test>\r\n"
    "Received: from mail.example.test (mail.example.test [203.0.113.25])\r\n"
    "\tby mx.receiver.test (Postfix) with ESMTPS id 4Sd1Vx3Wz2z9sRk\r\n"
    "\tfor <reader@receiver.test>; Fri, 27 Nov 2026 09:15:02 +0000 (UTC)\r\n"
    "Received: from desk.example.test (desk.example.test [203.0.113.7])\r\n"
    "\tby mail.example.test (Postfix) with ESMTPSA id 4Sd1Vw0x7Tz1kq\r\n"
    "\tfor <reader@receiver.test>; Fri, 27 Nov 2026 10:15:00 +0100 (CET)\r\n"
    "From: \"Office of  Example\" <newsletter@example.test>\r\n"
    "To: Reader <reader@receiver.test>,\r\n"
    "\tSecond Reader <second@receiver.test>\r\n"
    "Reply-To: Office <office@example.test>\r\n"
    "Subject: What became of the reports of last month,  and what\r\n"
    " we are going to do about them \r\n"
    "Date: Fri, 27 Nov 2026 10:15:00 +0100\r\n"
    "Message-ID: <20261127101500.4711.newsletter@example.test>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=UTF-8; format=flowed\r\n"
    "Content-Transfer-Encoding: 7bit\r\n"
    "User-Agent: Example Mail 12.1\r\n"
    "\r\n";

/// One that repeats itself: no more of it is in memory than is asked for.
struct Body {
    std::string piece = textOf(pieceSize);
    std::size_t pieces = 0;
};

std::string signatureOf(std::string_view message, const KeyPair& key, dkim::Canonicalization way) {
    dkim::SigningOptions options{dnsName("example.test"), dnsName("s1"), way, way};
    options.headers = {"From", "From",       "To",           "Reply-To",     "Subject",
                       "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"};
    return dkim::sign(message, key, options);
}

std::string signedMessage(std::size_t size, const KeyPair& key, dkim::Canonicalization way) {
    const std::string message = std::string(headerText) + textOf(size - headerText.size());
    return signatureOf(message, key, way) + message;
}

std::string recordOf(const KeyPair& key) {
    return "v=DKIM1; k=rsa; p=" + key.publicKey();
}

// ---- we and they

void verifyOurs(std::string_view message, Resolver& resolver) {
    message::Header header = message::Header::parse(message);
    std::string_view body = message.substr(header.bodyBegin);
    dkim::Verifier verifier(std::move(header));
    for (; !body.empty(); body.remove_prefix(std::min(pieceSize, body.size()))) {
        verifier.addBody(body.substr(0, pieceSize));
    }
    const auto verified = verifier.finish(resolver, {}, {});
    require(verified.size() == 1 && verified.front().result == dkim::Result::pass, "our verdict of DKIM is pass");
}

class OpenDkim {
public:
    explicit OpenDkim(std::string record) : library_(dkim_init(nullptr, nullptr)) {
        keyRecord = std::move(record);
        require(library_ != nullptr && dkim_set_key_lookup(library_, lookUp) == DKIM_STAT_OK, "libopendkim starts");
    }
    ~OpenDkim() { dkim_close(library_); }
    OpenDkim(const OpenDkim&) = delete;
    OpenDkim& operator=(const OpenDkim&) = delete;

    void verify(std::string_view message) {
        DKIM_STAT status = DKIM_STAT_OK;
        DKIM* const dkim = dkim_verify(library_, octetsOf("bench"), nullptr, &status);
        require(dkim != nullptr, "dkim_verify");
        std::string_view body = addHeader(dkim, message);
        require(dkim_eoh(dkim) == DKIM_STAT_OK, "dkim_eoh");
        for (; !body.empty(); body.remove_prefix(std::min(pieceSize, body.size()))) {
            require(dkim_body(dkim, octetsOf(body), std::min(pieceSize, body.size())) == DKIM_STAT_OK, "dkim_body");
        }
        require(dkim_eom(dkim, nullptr) == DKIM_STAT_OK, "libopendkim's verdict is pass");
        dkim_free(dkim);
    }

private:
    // It does not write there, and would take no const.
    static unsigned char* octetsOf(std::string_view text) {
        return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
    }

    static std::string_view addHeader(DKIM* dkim, std::string_view message) {
        while (!message.starts_with("\r\n")) {
            std::size_t end = message.find("\r\n");
            while (message[end + 2] == ' ' || message[end + 2] == '\t') { // folded
                end = message.find("\r\n", end + 2);
            }
            require(dkim_header(dkim, octetsOf(message), end) == DKIM_STAT_OK, "dkim_header");
            message.remove_prefix(end + 2);
        }
        return message.substr(2);
    }

    static DKIM_CBSTAT lookUp(DKIM* /*dkim*/, DKIM_SIGINFO* /*signature*/, unsigned char* buffer, std::size_t size) {
        std::snprintf(reinterpret_cast<char*>(buffer), size, "%s", keyRecord.c_str());
        return DKIM_CBSTAT_CONTINUE;
    }

    static inline std::string keyRecord; // The callback gets no word of its caller.
    DKIM_LIB* library_;
};

/// SHA-256 of the octets, and one RSA verify: what is left where nothing is parsed, looked up or canonicalized.
class Floor {
public:
    explicit Floor(const KeyPair& key) : key_(key.handle()), signature_(static_cast<std::size_t>(EVP_PKEY_size(key_))) {
        const auto context = verifying(EVP_PKEY_sign_init);
        std::size_t size = signature_.size();
        require(EVP_PKEY_sign(context.get(), signature_.data(), &size, digest_.data(), digest_.size()) == 1,
                "a signature");
    }

    void operator()(std::string_view message) const {
        std::array<unsigned char, 32> digest{};
        require(EVP_Digest(message.data(), message.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1,
                "SHA-256");
        const auto context = verifying(EVP_PKEY_verify_init);
        require(EVP_PKEY_verify(context.get(), signature_.data(), signature_.size(), digest_.data(), digest_.size()) ==
                    1,
                "an RSA verify");
    }

private:
    using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

    [[nodiscard]] Context verifying(int (*init)(EVP_PKEY_CTX*)) const {
        Context context(EVP_PKEY_CTX_new(key_, nullptr), EVP_PKEY_CTX_free);
        require(init(context.get()) == 1 && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                    EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1,
                "RSA");
        return context;
    }

    EVP_PKEY* key_;
    std::array<unsigned char, 32> digest_{};
    std::vector<unsigned char> signature_;
};

struct DkimRow {
    const char* name;
    std::size_t size;
    dkim::Canonicalization way;
    Effort effort;
    int dkimpyTimes; ///< Not asked where 0: seconds of it.
    const char* target;
};

void benchDkim(const DkimRow& row, const KeyPair& key) {
    const std::string message = signedMessage(row.size, key, row.way);
    test::FakeResolver resolver(std::string(keyName) + " TXT " + recordOf(key));
    OpenDkim openDkim(recordOf(key));
    const Floor floor(key);
    const auto [ours, theirs, least] =
        medians<3>({[&] { verifyOurs(message, resolver); }, [&] { openDkim.verify(message); }, [&] { floor(message); }},
                   row.effort);
    std::printf("DKIM %-22s %8.3f ms, libopendkim %8.3f, floor %7.3f; ratio %.2f, to the floor %.2f (target %s)",
                row.name, ours, theirs, least, ours / theirs, ours / least, row.target);
    if (row.dkimpyTimes > 0) {
        const test::TemporaryFolder folder;
        if (const auto dkimpy = peerMilliseconds(
                {"dkim", folder.write("message.eml", message), recordOf(key), std::to_string(row.dkimpyTimes)})) {
            std::printf("; dkimpy %.3f, ratio %.3f", *dkimpy, ours / *dkimpy);
        }
    }
    std::printf("\n");
}

void benchDkimCost(const KeyPair& key) {
    using enum dkim::Canonicalization;
    benchDkim({"5.8 kB relaxed", 5'800, relaxed, {15, 200}, 200, "0.45 x libopendkim"}, key);
    benchDkim({"102 kB relaxed", 102'000, relaxed, {15, 40}, 40, "0.5 x libopendkim"}, key);
    benchDkim({"20 MB relaxed", 20'000'000, relaxed, {9, 1}, 0, "0.5 x libopendkim"}, key);
    benchDkim({"20 MB simple", 20'000'000, simple, {9, 1}, 0, "1.5 x the floor"}, key);
}

// ---- memory

// The whole message is in memory here, and gone when this returns.
std::string signatureOf(const Body& body, const KeyPair& key) {
    std::string message(headerText);
    message.reserve(message.size() + body.pieces * body.piece.size());
    for (std::size_t i = 0; i < body.pieces; ++i) {
        message += body.piece;
    }
    return signatureOf(message, key, dkim::Canonicalization::relaxed);
}

bool verifiesPiecewise(const Body& body, const std::string& signature, Resolver& resolver) {
    dkim::Verifier verifier(message::Header::parse(signature + std::string(headerText)));
    for (std::size_t i = 0; i < body.pieces; ++i) {
        verifier.addBody(body.piece);
    }
    const auto verified = verifier.finish(resolver, {}, {});
    return verified.size() == 1 && verified.front().result == dkim::Result::pass;
}

void benchMemory(const KeyPair& key) {
    Body body;
    body.pieces = 100'000'000 / pieceSize + 1;
    const std::string signature = signatureOf(body, key);
    test::FakeResolver resolver(std::string(keyName) + " TXT " + recordOf(key));
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        _exit(verifiesPiecewise(body, signature, resolver) ? 0 : 1);
    }
    int status = 1;
    rusage usage{};
    require(wait4(child, &status, 0, &usage) == child && status == 0, "100 MB in pieces verify");
    std::printf("DKIM 100 MB in pieces:      %.1f MB at most in memory (target 32)\n",
                static_cast<double>(usage.ru_maxrss) / 1024);
}

} // namespace

int main() {
    sayHow();
    const KeyPair key = KeyPair::generate(KeyAlgorithm::rsa2048).value();
    benchMemory(key); // first: a child begins with what its parent holds
    benchDkimCost(key);
}
