#include "keys/pbecost.h"

#include "keys/openssl.h"

namespace sealwright::openssl {

namespace {

/// OpenSSL's default is 2048, OWASP's advice for PBKDF2 600,000.
constexpr long mostIterations = 5'000'000;
/// N·r·p; ours is 2^14 · 8 · 5.
constexpr long mostScryptBlocks = 1L << 23U;

using Pbe = std::unique_ptr<PBEPARAM, Free<PBEPARAM_free>>;
using Pbes2 = std::unique_ptr<PBE2PARAM, Free<PBE2PARAM_free>>;
using Pbkdf2 = std::unique_ptr<PBKDF2PARAM, Free<PBKDF2PARAM_free>>;
using Scrypt = std::unique_ptr<SCRYPT_PARAMS, Free<SCRYPT_PARAMS_free>>;

/// The parameters of an algorithm, as the structure it should have; nothing where they have another one.
template <class Pointer>
Pointer parametersOf(const X509_ALGOR* algorithm, const ASN1_ITEM* item) {
    const void* value = nullptr;
    int kind = 0;
    X509_ALGOR_get0(nullptr, &kind, &value, algorithm);
    if (kind != V_ASN1_SEQUENCE) {
        return nullptr;
    }
    const auto* sequence = static_cast<const ASN1_STRING*>(value);
    return Pointer(static_cast<typename Pointer::pointer>(ASN1_item_unpack(sequence, item)));
}

int kindOf(const X509_ALGOR* algorithm) {
    const ASN1_OBJECT* kind = nullptr;
    X509_ALGOR_get0(&kind, nullptr, nullptr, algorithm);
    return OBJ_obj2nid(kind);
}

bool isBetween1And(long most, long value) {
    return value >= 1 && value <= most;
}

/// ASN1_INTEGER_get says -1 where a number is too large for it.
bool isBearableScrypt(const SCRYPT_PARAMS& scrypt) {
    const long n = ASN1_INTEGER_get(scrypt.costParameter);
    const long r = ASN1_INTEGER_get(scrypt.blockSize);
    const long p = ASN1_INTEGER_get(scrypt.parallelizationParameter);
    return isBetween1And(mostScryptBlocks, n) && isBetween1And(mostScryptBlocks / n, r) &&
           isBetween1And(mostScryptBlocks / n / r, p);
}

bool isBearableKeyDerivation(const X509_ALGOR* algorithm) {
    if (kindOf(algorithm) == NID_id_scrypt) {
        const auto scrypt = parametersOf<Scrypt>(algorithm, ASN1_ITEM_rptr(SCRYPT_PARAMS));
        return scrypt && isBearableScrypt(*scrypt);
    }
    const auto pbkdf2 = parametersOf<Pbkdf2>(algorithm, ASN1_ITEM_rptr(PBKDF2PARAM));
    return pbkdf2 && isBetween1And(mostIterations, ASN1_INTEGER_get(pbkdf2->iter));
}

} // namespace

bool isBearable(const X509_SIG& encrypted) {
    const X509_ALGOR* algorithm = nullptr;
    X509_SIG_get0(&encrypted, &algorithm, nullptr);
    if (kindOf(algorithm) == NID_pbes2) {
        const auto pbes2 = parametersOf<Pbes2>(algorithm, ASN1_ITEM_rptr(PBE2PARAM));
        return pbes2 && isBearableKeyDerivation(pbes2->keyfunc);
    }
    const auto pbe = parametersOf<Pbe>(algorithm, ASN1_ITEM_rptr(PBEPARAM));
    return pbe && isBetween1And(mostIterations, ASN1_INTEGER_get(pbe->iter));
}

} // namespace sealwright::openssl
