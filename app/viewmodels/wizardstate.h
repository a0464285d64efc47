#pragma once

#include "base/clock.h"
#include "checks/network.h"
#include "keys/keyvault.h"
#include "keys/passwordvault.h"
#include "mailtest/courier.h"
#include "plan/published.h"
#include "store/profilestore.h"

#include <QObject>

#include <memory>

namespace sealwright {

enum class WizardStep { domain, keys, records, server, verify };

/// Where private keys are kept.
enum class KeyPlace { keychain, file };

/// What the wizard works with, chosen by main (or by a test). All of it outlives the wizard.
struct WizardTools {
    ProfileStore& store;
    Resolver& resolver;
    Network& network;
    MessageCourier& courier;
    PasswordVault& passwords; ///< Of mail servers, for test messages.
    const Clock& clock;
    std::shared_ptr<KeyVault> keychain;
    /// The key file, opened with this passphrase when it is first used.
    std::function<std::shared_ptr<KeyVault>(SecretBytes passphrase)> openKeyFile;
    QString keyFilePath;
    KeyPlace keyPlace = KeyPlace::keychain; ///< Where to look first.
    QString settingsPath{};                 ///< The file of what is remembered for all domains; empty: nothing is.
};

/// The one profile that is under construction, and where its keys are.
class WizardState final : public QObject {
    Q_OBJECT

public:
    explicit WizardState(WizardTools tools, QObject* parent = nullptr);

    /// Takes up the saved profile of this domain, or begins a new one. A profile that is there and can't be read is
    /// an error: it is not replaced by a new one.
    [[nodiscard]] tl::expected<void, Problem<ProfileError>> open(const DomainName& domain);
    void close();
    /// Nothing is written for a profile of a newer version.
    [[nodiscard]] tl::expected<void, Problem<ProfileError>> save();
    [[nodiscard]] std::vector<DomainName> savedDomains() const { return tools_.store.list(); }
    [[nodiscard]] tl::expected<StoredProfile, Problem<ProfileError>> saved(const DomainName& domain) const;

    [[nodiscard]] bool hasProfile() const { return stored_.has_value(); }
    [[nodiscard]] const Profile& profile() const { return stored_->profile; } ///< Only where hasProfile().
    [[nodiscard]] bool isReadOnly() const { return stored_ && stored_->readOnly; }
    [[nodiscard]] bool isSaved() const { return saved_; }
    void change(const std::function<void(Profile&)>& edit);

    /// The step at which a saved profile goes on.
    [[nodiscard]] WizardStep nextStep() const;

    /// What was last read from the DNS about this domain; null: nothing yet.
    [[nodiscard]] const std::shared_ptr<const Published>& published() const { return published_; }
    void setPublished(std::shared_ptr<const Published> published);

    /// Null: the key file is chosen, and was not opened yet.
    [[nodiscard]] const std::shared_ptr<KeyVault>& vault() const { return vault_; }
    [[nodiscard]] KeyPlace keyPlace() const { return place_; }
    [[nodiscard]] QString keyFilePath() const { return tools_.keyFilePath; }
    [[nodiscard]] bool keyFileExists() const;
    void useKeychain();
    void useKeyFile(); ///< Chosen, not opened.
    void openKeyFile(SecretBytes passphrase);

    [[nodiscard]] Resolver& resolver() const { return tools_.resolver; }
    [[nodiscard]] Network& network() const { return tools_.network; }
    [[nodiscard]] MessageCourier& courier() const { return tools_.courier; }
    [[nodiscard]] PasswordVault& passwords() const { return tools_.passwords; }
    [[nodiscard]] const Clock& clock() const { return tools_.clock; }
    [[nodiscard]] QString settingsPath() const { return tools_.settingsPath; }

Q_SIGNALS:
    void domainChanged(); ///< Another profile, or none.
    void profileChanged();
    void publishedChanged();
    void vaultChanged();

private:
    WizardTools tools_;
    std::optional<StoredProfile> stored_;
    bool saved_ = true;
    std::shared_ptr<const Published> published_;
    std::shared_ptr<KeyVault> vault_;
    KeyPlace place_;
};

} // namespace sealwright
