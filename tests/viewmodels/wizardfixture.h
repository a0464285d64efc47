#pragma once

#include "support/fakecourier.h"
#include "support/fakenetwork.h"
#include "support/fakepasswords.h"
#include "support/fakeresolver.h"
#include "support/fakevault.h"
#include "viewmodels/wizardstate.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace sealwright::test {

class FixedClock final : public Clock {
public:
    [[nodiscard]] std::chrono::sys_seconds now() const override {
        return std::chrono::sys_days(std::chrono::year(2026) / 11 / 24);
    }
};

/// Waits, in the event loop, until `done` says so; every event of `object`'s signal is a chance to look.
template <class Object, class Signal, class Done>
[[nodiscard]] bool waitUntil(Object& object, Signal signal, Done done) {
    QSignalSpy spy(&object, signal);
    while (!done()) {
        if (!spy.wait(20'000)) {
            return done();
        }
    }
    return true;
}

/// A wizard's state over fakes: example.org has an MX and an SPF record.
class WizardTest : public testing::Test {
protected:
    QTemporaryDir folder;
    FakeResolver resolver{R"(
        example.org          SOA   ns1.first-ns.de. hostmaster.example.org. 1 7200 3600 1209600 300
        example.org          NS    ns1.first-ns.de.
        example.org          MX    10 mx.example.org.
        example.org          TXT   v=spf1 mx include:_spf.google.com -all
        mx.example.org       A     192.0.2.25
        25.2.0.192.in-addr.arpa PTR mx.example.org.
        _spf.google.com      TXT   v=spf1 ip4:198.51.100.0/24 -all
    )"};
    FakeNetwork network;
    FakeCourier courier;
    FakePasswords passwords;
    FixedClock clock;
    ProfileStore store{QDir(folder.path())};
    std::shared_ptr<FakeVault> keychain = std::make_shared<FakeVault>();
    std::shared_ptr<FakeVault> keyFile = std::make_shared<FakeVault>();
    std::vector<std::string> passphrases; ///< With which the key file was opened.
    WizardState state{WizardTools{.store = store,
                                  .resolver = resolver,
                                  .network = network,
                                  .courier = courier,
                                  .passwords = passwords,
                                  .clock = clock,
                                  .keychain = keychain,
                                  .openKeyFile =
                                      [this](SecretBytes passphrase) {
                                          passphrases.emplace_back(passphrase.view());
                                          return keyFile;
                                      },
                                  .keyFilePath = folder.filePath(QStringLiteral("keys.pem")),
                                  .settingsPath = folder.filePath(QStringLiteral("settings.ini"))}};

    void open(std::string_view domain) { ASSERT_TRUE(state.open(dnsName(domain))); }

    /// A profile as an earlier run of the wizard left it, with its key in the keychain.
    Profile saveProfile(std::string_view domain, Stack stack = Stack::exim4Debian) {
        Profile profile(dnsName(domain));
        const Selector selector = *Selector::parse("s1");
        auto key = KeyPair::generate(KeyAlgorithm::ed25519);
        profile.mailHost = dnsName("mx.example.org");
        profile.stack = stack;
        profile.keys.push_back(describe(*key, selector, clock.now()));
        EXPECT_TRUE(keychain->store({profile.domain, selector}, *key, {}));
        overwrite(profile);
        return profile;
    }

    /// As another program does, behind the wizard's back.
    void overwrite(const Profile& profile) {
        auto stored = store.load(profile.domain).value_or(StoredProfile{profile, {}});
        stored.profile = profile;
        EXPECT_TRUE(store.save(stored));
    }
};

} // namespace sealwright::test
