#include "live/httpsfetch.h"

#include "base/ascii.h"

namespace sealwright {
namespace {

CURLcode watchHandshake(CURL* /*easy*/, void* context, void* witness) {
    static_cast<CertificateWitness*>(witness)->watch(static_cast<SSL_CTX*>(context));
    return CURLE_OK;
}

/// Without its parameters (RFC 9110 section 8.3.1).
std::string mediaType(const char* header) {
    std::string_view text = header == nullptr ? "" : header;
    text = text.substr(0, text.find(';'));
    text = text.substr(0, text.find_last_not_of(" \t") + 1);
    return lowered(text);
}

} // namespace

HttpsSeen fetchFile(const HttpsTarget& target, const TrustStore& trusted, TransferRun::Deadline deadline,
                    const std::stop_token& stop) {
    HttpsSeen seen;
    if (target.addresses.empty()) {
        return seen;
    }
    CertificateWitness witness(trusted);
    Transfer transfer("https", {target.host, target.addresses, target.port}, target.path);
    transfer.set(CURLOPT_SSL_VERIFYPEER, 0L); // The witness looks at it.
    transfer.set(CURLOPT_SSL_VERIFYHOST, 0L);
    transfer.set(CURLOPT_SSL_CTX_DATA, &witness);
    transfer.set(CURLOPT_SSL_CTX_FUNCTION, &watchHandshake);
    transfer.set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    transfer.set(CURLOPT_USERAGENT, "Sealwright/" SEALWRIGHT_VERSION);
    Transfer* const all[] = {&transfer};
    runTransfers(all, deadline, stop);

    seen.tooLong = transfer.isTooLong();
    seen.reached = seen.tooLong ? Reached::done : transfer.reached();
    seen.why = seen.reached == Reached::done ? std::string() : transfer.why();
    seen.status = static_cast<int>(transfer.info<long>(CURLINFO_RESPONSE_CODE));
    seen.contentType = mediaType(transfer.info<const char*>(CURLINFO_CONTENT_TYPE));
    seen.body = transfer.received();
    seen.certificate = witness.shown();
    return seen;
}

} // namespace sealwright
