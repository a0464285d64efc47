#include "base/base64.h"
#include "dkim/keyrecord.h"
#include "dkim/publickey.h"
#include "fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    const auto record = dkim::KeyRecord::parse(text);
    if (!record) {
        fuzz::requireShort(record.error());
        return 0;
    }
    const auto again = dkim::KeyRecord::parse(record->toString());
    fuzz::require(again && *again == *record);
    if (!record->isRevoked()) {
        const auto octets = base64Decode(record->publicKey);
        fuzz::require(octets.has_value());
        const auto key = dkim::PublicKey::load(record->type, *octets);
        fuzz::require(key.has_value());
        fuzz::require(record->type == KeyType::rsa || key->bits() == 256);
        static_cast<void>(key->verifies(std::string(32, 'h'), *octets)); // Strange keys are used too.
    }
    return 0;
}
