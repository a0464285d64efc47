#include "live/sasl.h"

#include <openssl/evp.h>

namespace sealwright {

SecretBytes saslLine(const SecretBytes& secret) {
    SecretBytes line((secret.size() + 2) / 3 * 4 + 1); // The encoder ends it with a zero.
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(line.data()),
                    reinterpret_cast<const unsigned char*>(secret.data()), static_cast<int>(secret.size()));
    line.truncate(line.size() - 1);
    line.append("\r\n");
    return line;
}

SecretBytes saslPlain(std::string_view user, const SecretBytes& password) {
    constexpr std::string_view separator("\0", 1);
    SecretBytes message(separator);
    message.append(user);
    message.append(separator);
    message.append(password.view());
    return message;
}

} // namespace sealwright
