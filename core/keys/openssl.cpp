#include "keys/openssl.h"

#include <algorithm>
#include <array>
#include <openssl/err.h>
#include <openssl/pemerr.h>

namespace sealwright::openssl {

ErrorQueue::ErrorQueue() {
    ERR_clear_error();
}

ErrorQueue::~ErrorQueue() {
    ERR_clear_error();
}

std::string ErrorQueue::words() const {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    return text.data();
}

bool ErrorQueue::takeUnsupported() {
    constexpr std::array evpReasons{EVP_R_UNSUPPORTED_ALGORITHM, EVP_R_UNKNOWN_PBE_ALGORITHM, EVP_R_UNSUPPORTED_CIPHER,
                                    EVP_R_MEMORY_LIMIT_EXCEEDED, EVP_R_ILLEGAL_SCRYPT_PARAMETERS};
    bool unsupported = false;
    while (const unsigned long error = ERR_get_error()) {
        const int library = ERR_GET_LIB(error);
        const int reason = ERR_GET_REASON(error);
        unsupported |= reason == ERR_R_UNSUPPORTED ||
                       (library == ERR_LIB_EVP && std::ranges::find(evpReasons, reason) != evpReasons.end()) ||
                       (library == ERR_LIB_PEM && reason == PEM_R_UNSUPPORTED_ENCRYPTION);
    }
    return unsupported;
}

Bio secretBio() {
    return Bio(BIO_new(BIO_s_secmem()));
}

SecretBytes contentsOf(const Bio& bio) {
    const char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return SecretBytes(std::string_view(data, static_cast<std::size_t>(size)));
}

} // namespace sealwright::openssl
