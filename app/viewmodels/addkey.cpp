#include "viewmodels/addkey.h"

#include <QFile>

namespace sealwright {

using namespace keyevent;

static constexpr qint64 longestPemFile =
    qint64{256} * 1024; ///< A key is at most a few kilobytes; text around it is skipped.

using Made = tl::expected<std::shared_ptr<const KeyPair>, KeyEvent>;

static Made fromPem(std::string_view pem, const std::shared_ptr<const SecretBytes>& passphrase) {
    static const SecretBytes none;
    auto key = KeyPair::fromPem(pem, passphrase ? *passphrase : none);
    if (!key) {
        return tl::unexpected(KeyEvent(Refused{key.error()}));
    }
    return std::make_shared<const KeyPair>(std::move(*key));
}

static Made fromFile(const PemFile& source) {
    QFile file(source.path);
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(KeyEvent(Unreadable{file.errorString()}));
    }
    SecretBytes pem(static_cast<std::size_t>(longestPemFile));
    const qint64 size = file.read(pem.data(), longestPemFile);
    if (size < 0) {
        return tl::unexpected(KeyEvent(Unreadable{file.errorString()}));
    }
    pem.truncate(static_cast<std::size_t>(size));
    return fromPem(pem.view(), source.passphrase);
}

static Made generate(KeyAlgorithm algorithm, const std::function<void(KeyEvent)>& tell, const std::stop_token& stop) {
    tell(Creating{0});
    double told = 0;
    auto key = KeyPair::generate(algorithm, stop, [&](double progress) {
        if (progress - told >= 0.01) {
            told = progress;
            tell(Creating{progress});
        }
    });
    if (!key) {
        return tl::unexpected(KeyEvent(Refused{key.error()}));
    }
    return std::make_shared<const KeyPair>(std::move(*key));
}

static Made obtain(const KeySource& source, const std::function<void(KeyEvent)>& tell, const std::stop_token& stop) {
    if (const auto* algorithm = std::get_if<KeyAlgorithm>(&source)) {
        return generate(*algorithm, tell, stop);
    }
    if (const auto* file = std::get_if<PemFile>(&source)) {
        return fromFile(*file);
    }
    if (const auto* text = std::get_if<PemText>(&source)) {
        return fromPem(text->pem->view(), text->passphrase);
    }
    return std::get<std::shared_ptr<const KeyPair>>(source);
}

void addKey(const KeyId& id, const KeySource& source, KeyVault& vault, const std::function<void(KeyEvent)>& tell,
            const std::stop_token& stop) {
    const auto* const atHand = std::get_if<std::shared_ptr<const KeyPair>>(&source);
    const auto key = atHand ? *atHand : nullptr;

    tell(Checking{});
    auto stored = vault.load(id, stop);
    if (stored) {
        auto met = std::make_shared<const KeyPair>(std::move(*stored));
        // An earlier attempt may have been stored though its success was never told.
        const bool same = key && key->fingerprint() == met->fingerprint();
        tell(same ? KeyEvent(Stored{met}) : KeyEvent(Met{met}));
        return;
    }
    if (stored.error().code != VaultError::absent) {
        tell(VaultFailed{stored.error(), key});
        return;
    }
    const Made made = obtain(source, tell, stop);
    if (!made) {
        tell(made.error());
        return;
    }
    tell(Storing{});
    if (const auto kept = vault.store(id, **made, stop); !kept) {
        tell(VaultFailed{kept.error(), *made});
        return;
    }
    tell(Stored{*made});
}

} // namespace sealwright
