#include "viewmodels/wizardstate.h"

#include <QFileInfo>

namespace sealwright {

WizardState::WizardState(WizardTools tools, QObject* parent)
    : QObject(parent), tools_(std::move(tools)), place_(tools_.keyPlace) {
    if (place_ == KeyPlace::keychain) {
        vault_ = tools_.keychain;
    }
}

tl::expected<void, Problem<ProfileError>> WizardState::open(const DomainName& domain) {
    auto loaded = tools_.store.load(domain);
    if (!loaded && loaded.error().code != ProfileError::absent) {
        close();
        return tl::unexpected(loaded.error());
    }
    stored_ = loaded ? std::move(*loaded) : StoredProfile{Profile(domain), {}};
    saved_ = loaded.has_value();
    published_ = nullptr;
    Q_EMIT domainChanged();
    Q_EMIT profileChanged();
    return {};
}

void WizardState::close() {
    if (stored_) {
        stored_.reset();
        saved_ = true;
        published_ = nullptr;
        Q_EMIT domainChanged();
    }
}

tl::expected<void, Problem<ProfileError>> WizardState::save() {
    if (!stored_ || saved_ || stored_->readOnly) {
        return {};
    }
    auto written = tools_.store.save(*stored_);
    saved_ = written.has_value();
    return written;
}

tl::expected<StoredProfile, Problem<ProfileError>> WizardState::saved(const DomainName& domain) const {
    return tools_.store.load(domain);
}

void WizardState::change(const std::function<void(Profile&)>& edit) {
    const Profile before = stored_->profile;
    edit(stored_->profile);
    if (stored_->profile != before) {
        saved_ = false;
        Q_EMIT profileChanged();
    }
}

WizardStep WizardState::nextStep() const {
    if (!stored_) {
        return WizardStep::domain;
    }
    const bool sends = profile().role == DomainRole::sends;
    if (sends && profile().keys.empty()) {
        return profile().mailHost ? WizardStep::keys : WizardStep::domain;
    }
    return sends && !profile().stack ? WizardStep::records : WizardStep::verify;
}

void WizardState::setPublished(std::shared_ptr<const Published> published) {
    published_ = std::move(published);
    Q_EMIT publishedChanged();
}

bool WizardState::keyFileExists() const {
    return QFileInfo::exists(tools_.keyFilePath);
}

void WizardState::useKeychain() {
    place_ = KeyPlace::keychain;
    vault_ = tools_.keychain;
    Q_EMIT vaultChanged();
}

void WizardState::useKeyFile() {
    place_ = KeyPlace::file;
    vault_ = nullptr;
    Q_EMIT vaultChanged();
}

void WizardState::openKeyFile(SecretBytes passphrase) {
    place_ = KeyPlace::file;
    vault_ = tools_.openKeyFile(std::move(passphrase));
    Q_EMIT vaultChanged();
}

} // namespace sealwright
