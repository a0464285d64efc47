#include "base/base64.h"
#include "keys/keypair.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <sstream>

namespace sealwright {
namespace {

using namespace std::string_literals;

std::string file(const std::string& name) {
    std::ifstream in(SEALWRIGHT_TEST_DATA "/keys/" + name, std::ios::binary);
    EXPECT_TRUE(in) << name;
    return {std::istreambuf_iterator<char>(in), {}};
}

SecretBytes secret(std::string_view text = "secret") {
    return SecretBytes(text);
}

TEST(Import, ReadsTheSameKeyFromEveryForm) {
    const std::string expected = KeyPair::fromPem(file("rsa2048-pkcs1.pem"))->fingerprint();
    EXPECT_EQ(KeyPair::fromPem(file("rsa2048-pkcs8.pem"))->fingerprint(), expected);
    for (const char* name :
         {"rsa2048-pkcs1-aes.pem", "rsa2048-pkcs8-aes.pem", "rsa2048-pkcs8-scrypt.pem", "rsa2048-pkcs8-3des.pem"}) {
        EXPECT_EQ(KeyPair::fromPem(file(name), secret())->fingerprint(), expected) << name;
    }
}

TEST(Import, AcceptsWhatRfc8301StillAllows) {
    EXPECT_EQ(KeyPair::fromPem(file("rsa1024.pem"))->bits(), 1024);
    EXPECT_EQ(KeyPair::fromPem(file("ed25519.pem"))->type(), KeyType::ed25519);
}

TEST(Import, SkipsWhatStandsAroundTheKey) {
    const std::string key = file("rsa2048-pkcs8.pem");
    const std::string expected = KeyPair::fromPem(key)->fingerprint();
    std::string windows = key;
    for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2) {
        windows.insert(at, "\r");
    }
    for (const std::string& text : {"Bag Attributes\n  friendlyName: x\n" + key, file("certificate.pem") + key,
                                    file("public.pem") + key, key + "trailing words", "\xef\xbb\xbf" + key, windows}) {
        EXPECT_EQ(KeyPair::fromPem(text)->fingerprint(), expected) << text;
    }
}

struct Refused {
    std::string what;
    std::string pem;
    std::string passphrase;
    KeyError code;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

/// The PEM text with some octets of what it encodes replaced.
std::string reencoded(const std::string& pem, std::string_view from, std::string_view to) {
    const std::size_t begin = pem.find('\n') + 1;
    const std::size_t end = pem.find("-----END");
    std::string der = base64Decode(std::string_view(pem).substr(begin, end - begin)).value();
    EXPECT_NE(der.find(from), std::string::npos);
    const std::string text = base64Encode(replaced(der, from, to));
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += 64) {
        lines += text.substr(at, 64) + "\n";
    }
    return pem.substr(0, begin) + lines + pem.substr(end);
}

class Refusal : public testing::TestWithParam<Refused> {};

TEST_P(Refusal, TellsWhy) {
    const auto& [what, pem, passphrase, code] = GetParam();
    const auto key = KeyPair::fromPem(pem, secret(passphrase));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, code);
    EXPECT_EQ(ERR_peek_error(), 0U) << "OpenSSL's error queue was left behind";
}

INSTANTIATE_TEST_SUITE_P(
    Of, Refusal,
    testing::Values(
        Refused{"nothing", "", "", KeyError::notAKey}, Refused{"aText", "no key\n", "", KeyError::notAKey},
        Refused{"zeroes", std::string(5000, '\0'), "", KeyError::notAKey},
        Refused{"tenMegabytes", std::string(10'000'000, 'A'), "", KeyError::notAKey},
        Refused{"tenMegabytesAfterAKey", file("ed25519.pem") + std::string(10'000'000, '\n'), "", KeyError::notAKey},
        Refused{"aKeyWithoutItsEnd", file("ed25519.pem").substr(0, 80), "", KeyError::notAKey},
        Refused{"aKeyWithABrokenLetter", replaced(file("ed25519.pem"), "MC4", "M*4"), "", KeyError::notAKey},
        Refused{"aKeyCutShort", replaced(file("rsa2048-pkcs8.pem"), file("rsa2048-pkcs8.pem").substr(300, 650), ""), "",
                KeyError::notAKey},
        Refused{"aCutEd25519Key", reencoded(file("ed25519.pem"), "\x04\x22\x04\x20"s, "\x04\x22\x04\x1f"s), "",
                KeyError::broken},
        Refused{"aBinaryKey", base64Decode("MC4CAQAwBQYDK2VwBCIEIA==").value(), "", KeyError::notAKey},
        Refused{"aPublicKey", file("public.pem"), "", KeyError::publicKeyOnly},
        Refused{"aPkcs1PublicKey", file("public-pkcs1.pem"), "", KeyError::publicKeyOnly},
        Refused{"aCertificate", file("certificate.pem"), "", KeyError::publicKeyOnly},
        Refused{"anEncryptedKeyWithoutPassphrase", file("rsa2048-pkcs8-aes.pem"), "", KeyError::passphraseNeeded},
        Refused{"aScryptKeyWithoutPassphrase", file("rsa2048-pkcs8-scrypt.pem"), "", KeyError::passphraseNeeded},
        Refused{"aTraditionalKeyWithoutPassphrase", file("rsa2048-pkcs1-aes.pem"), "", KeyError::passphraseNeeded},
        Refused{"aWrongPassphrase", file("rsa2048-pkcs8-aes.pem"), "Secret", KeyError::wrongPassphrase},
        Refused{"aWrongPassphraseForScrypt", file("rsa2048-pkcs8-scrypt.pem"), "secret ", KeyError::wrongPassphrase},
        Refused{"aWrongPassphraseFor3des", file("rsa2048-pkcs8-3des.pem"), "s", KeyError::wrongPassphrase},
        Refused{"aWrongPassphraseForATraditionalKey", file("rsa2048-pkcs1-aes.pem"), "s", KeyError::wrongPassphrase},
        Refused{"aPassphraseLongerThanOpenSslTakes", file("rsa2048-pkcs1-aes.pem"), std::string(5000, 's'),
                KeyError::wrongPassphrase},
        Refused{"anUnknownCipher", replaced(file("rsa2048-pkcs1-aes.pem"), "AES-128-CBC", "AES-999-CBC"), "secret",
                KeyError::notAKey},
        Refused{"daysOfPbkdf2",
                reencoded(file("rsa2048-pkcs8-aes.pem"), "\x02\x03\x01\x86\xa0"s, "\x02\x03\x7f\xff\xff"s), "secret",
                KeyError::notAKey},
        Refused{"daysOfScrypt",
                reencoded(file("rsa2048-pkcs8-scrypt.pem"), "\x02\x01\x08\x02\x01\x01"s, "\x02\x01\x7f\x02\x01\x7f"s),
                "secret", KeyError::notAKey},
        Refused{"moreMemoryThanOpenSslTakes",
                reencoded(file("rsa2048-pkcs8-scrypt.pem"), "\x02\x01\x08\x02\x01\x01"s, "\x02\x01\x7f\x02\x01\x01"s),
                "secret", KeyError::notAKey},
        Refused{"anEcKey", file("ec.pem"), "", KeyError::unsupportedType},
        Refused{"anEcKeyInPkcs8", file("ec-pkcs8.pem"), "", KeyError::unsupportedType},
        Refused{"anEd448Key", file("ed448.pem"), "", KeyError::unsupportedType},
        Refused{"anRsaPssKey", file("rsa-pss.pem"), "", KeyError::unsupportedType},
        Refused{"anOpensshKey", file("openssh.pem"), "", KeyError::unsupportedType},
        Refused{"rsa512", file("rsa512.pem"), "", KeyError::tooShort},
        Refused{"rsa1023", file("rsa1023.pem"), "", KeyError::tooShort},
        Refused{"rsa4104", file("rsa4104.pem"), "", KeyError::tooLong},
        Refused{"threePrimes", file("rsa-3primes.pem"), "", KeyError::broken}),
    [](const auto& tested) { return tested.param.what; });

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

/// rsa2048-pkcs1.pem with one of its parts changed.
std::string withPart(const char* changed, const std::function<void(BIGNUM*)>& change) {
    const auto key = KeyPair::fromPem(file("rsa2048-pkcs1.pem"));
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                                  OSSL_PARAM_BLD_free);
    std::vector<Number> parts;
    for (const char* part : {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D,
                             OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1,
                             OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}) {
        BIGNUM* number = nullptr;
        EVP_PKEY_get_bn_param(key->handle(), part, &number);
        if (part == std::string_view(changed)) {
            change(number);
        }
        parts.emplace_back(number, BN_free);
        OSSL_PARAM_BLD_push_BN(builder.get(), part, number);
    }
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> params(OSSL_PARAM_BLD_to_param(builder.get()),
                                                                         OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* made = nullptr;
    EVP_PKEY_fromdata_init(context.get());
    EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, params.get());
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> broken(made, EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey_traditional(bio.get(), broken.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

TEST(BrokenKey, IsToldByPartsThatDoNotBelongTogether) {
    ASSERT_TRUE(KeyPair::fromPem(withPart("", {})));
    for (const char* part :
         {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1,
          OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}) {
        const auto key = KeyPair::fromPem(withPart(part, [](BIGNUM* number) { BN_add_word(number, 2); }));
        ASSERT_FALSE(key) << part;
        EXPECT_EQ(key.error().code, KeyError::broken) << part;
    }
}

TEST(BrokenKey, WithAHugePrimeIsRefusedWithoutTestingIt) {
    const auto key =
        KeyPair::fromPem(withPart(OSSL_PKEY_PARAM_RSA_FACTOR1, [](BIGNUM* number) { BN_set_bit(number, 300'000); }));
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, KeyError::broken);
}

TEST(Export, NeedsAPassphraseForAnEncryptedKey) {
    const auto encrypted = KeyPair::fromPem(file("ed25519.pem"))->toEncryptedPem({});
    ASSERT_FALSE(encrypted);
    EXPECT_EQ(encrypted.error().code, KeyError::passphraseNeeded);
}

TEST(Der, IsRefusedWhereItIsNotAKey) {
    for (const std::string& der : {""s, "x"s, "\x30\x82\xff\xff"s, std::string(100'000, '\x30')}) {
        EXPECT_EQ(KeyPair::fromPkcs8Der(der).error().code, KeyError::notAKey);
    }
}

// RFC 8463 appendix A.2
constexpr std::string_view rfcSeed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
constexpr std::string_view rfcPublicKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

std::string seedAndPublicKey(const std::string& publicKey) {
    return base64Encode(*base64Decode(rfcSeed) + publicKey);
}

TEST(ServerFile, IsReadInEveryFormThatServersSignWith) {
    const std::string rsa = KeyPair::fromPem(file("rsa2048-pkcs1.pem"))->fingerprint();
    const std::string pem = file("rsa2048-pkcs1.pem");
    const std::size_t begin = pem.find('\n') + 1;
    const std::string pkcs1 = pem.substr(begin, pem.find("-----END") - begin);
    const SecretBytes pkcs8 = KeyPair::fromPem(pem)->toPkcs8Der();
    for (const std::string& form : {pem, file("rsa2048-pkcs8.pem"), pkcs1, *base64Decode(pkcs1),
                                    std::string(pkcs8.view()), base64Encode(pkcs8.view()) + "\r\n"}) {
        const auto key = KeyPair::fromServerFile(form);
        ASSERT_TRUE(key) << form.substr(0, 40);
        EXPECT_EQ(key->fingerprint(), rsa);
    }
    EXPECT_EQ(KeyPair::fromServerFile(file("rsa2048-pkcs8-aes.pem"), secret())->fingerprint(), rsa);
    for (const std::string& form :
         {std::string(rfcSeed), std::string(rfcSeed) + "\n", "\xef\xbb\xbf" + std::string(rfcSeed),
          seedAndPublicKey(*base64Decode(rfcPublicKey))}) {
        const auto key = KeyPair::fromServerFile(form);
        ASSERT_TRUE(key) << form;
        EXPECT_EQ(key->publicKey(), rfcPublicKey);
    }
}

TEST(ServerFile, IsRefusedWhereItIsNotAKey) {
    for (const std::string& form :
         {""s, " \n"s, "="s, "===="s, "MAo="s, "AAAA"s, "no key"s, "hello123"s, "\x30\x82\xff\xff"s,
          std::string(5000, '\0'), std::string(32, 'x'), std::string(100'000, 'A'), std::string(rfcSeed.substr(0, 40)),
          "=" + std::string(rfcSeed), file("public.pem").substr(27, 300)}) {
        const auto key = KeyPair::fromServerFile(form);
        ASSERT_FALSE(key) << form.substr(0, 40);
        EXPECT_EQ(key.error().code, KeyError::notAKey) << form.substr(0, 40);
        EXPECT_EQ(ERR_peek_error(), 0U) << "OpenSSL's error queue was left behind";
    }
    EXPECT_EQ(KeyPair::fromServerFile(seedAndPublicKey(std::string(32, 'x'))).error().code, KeyError::broken);
    EXPECT_EQ(KeyPair::fromServerFile(file("public.pem")).error().code, KeyError::publicKeyOnly);
}

} // namespace
} // namespace sealwright
