#include "viewmodels/keysviewmodel.h"

#include "text/problemtext.h"
#include "text/takeovertext.h"

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;
using namespace keyevent;
using takeover::LeftReason;

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

KeysViewModel::KeysViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&state_, &WizardState::domainChanged, this, &KeysViewModel::reset);
    connect(&adding_, &BackgroundTask::runningChanged, this, &KeysViewModel::changed);
    connect(&checking_, &BackgroundTask::runningChanged, this, &KeysViewModel::changed);
    reset();
}

void KeysViewModel::reset() {
    adding_.abandon();
    checking_.abandon();
    stage_ = Stage::idle;
    said_.clear();
    keyProblem_.clear();
    passphraseWanted_ = false;
    trouble_.reset();
    adoptable_.reset();
    again_.reset();
    remarks_.clear();
    looked_.clear();
    proposeSelector();
    Q_EMIT changed();
}

void KeysViewModel::proposeSelector() {
    selector_.clear();
    if (!state_.hasProfile()) {
        return;
    }
    const Selector proposed = sealwright::proposeSelector(state_.profile(), typeOf(algorithm_), state_.clock().now());
    selector_ = QString::fromStdString(proposed.toString());
}

std::vector<KeyLine> KeysViewModel::lines() const {
    std::vector<KeyLine> lines;
    if (state_.hasProfile()) {
        for (const SigningKey& key : state_.profile().keys) {
            const auto looked = looked_.find(key.selector);
            lines.push_back(keyLine(key, looked == looked_.end() ? nullptr : &looked->second, checking_.isRunning()));
        }
    }
    return lines;
}

void KeysViewModel::checkKeys() {
    if (!state_.hasProfile() || state_.profile().keys.empty() || adding_.isRunning()) {
        return;
    }
    const auto vault = state_.vault();
    if (!vault) {
        useKeyFile();
        return;
    }
    trouble_.reset();
    looked_.clear();
    checking_.start([this, vault, domain = state_.profile().domain,
                     keys = state_.profile().keys](const std::stop_token& stop, const auto& post) {
        for (const SigningKey& key : keys) {
            const auto loaded = vault->load({domain, key.selector}, stop);
            KeyLookup result = loaded ? KeyLookup() : KeyLookup(loaded.error());
            if (loaded && loaded->fingerprint() != key.fingerprint) {
                result = problem(VaultError::damaged, "fingerprint");
            }
            post([this, selector = key.selector, result] {
                looked_[selector] = result;
                if (result && !trouble_) {
                    again_.reset();
                    trouble_ = vaultTrouble(state_, *result);
                }
                Q_EMIT changed();
            });
            if (!loaded && loaded.error().code != VaultError::absent) {
                return; // a vault that does not open is asked once, not once per key
            }
        }
    });
    Q_EMIT changed();
}

void KeysViewModel::setAlgorithm(KeyAlgorithm algorithm) {
    algorithm_ = algorithm;
    Q_EMIT changed();
}

QString KeysViewModel::algorithmHint() const {
    switch (algorithm_) {
    case KeyAlgorithm::rsa2048:
        return tr("Every receiver understands it, and its record fits every provider's form.");
    case KeyAlgorithm::rsa3072:
    case KeyAlgorithm::rsa4096:
        return tr("Stronger, but some providers' forms have no room for its record. 2048 bits are enough today.");
    case KeyAlgorithm::ed25519:
        return tr("Short and modern, but many receivers (Gmail too) can't check it yet: add it beside an RSA key.");
    }
    return {};
}

void KeysViewModel::setSelector(const QString& text) {
    selector_ = text;
    adoptable_.reset();
    Q_EMIT changed();
}

QString KeysViewModel::selectorProblem() const {
    const auto selector = Selector::parse(selector_.toStdString());
    if (!selector) {
        return problemText(selector.error());
    }
    if (!state_.hasProfile()) {
        return {};
    }
    const auto& keys = state_.profile().keys;
    if (std::ranges::find(keys, *selector, &SigningKey::selector) != keys.end()) {
        return tr("This domain has a key with this selector. Each key needs a selector of its own.");
    }
    const auto name = dkimKeyName(*selector, state_.profile().domain);
    return name ? QString() : problemText(name.error());
}

void KeysViewModel::create() {
    begin(algorithm_);
}

void KeysViewModel::importFile(const QString& path, SecretBytes passphrase) {
    begin(PemFile{path, std::make_shared<const SecretBytes>(std::move(passphrase))});
}

void KeysViewModel::importText(SecretBytes pem, SecretBytes passphrase) {
    begin(PemText{std::make_shared<const SecretBytes>(std::move(pem)),
                  std::make_shared<const SecretBytes>(std::move(passphrase))});
}

std::shared_ptr<KeyVault> KeysViewModel::startOver(Attempt attempt) {
    checking_.abandon();
    trouble_.reset();
    adoptable_.reset();
    keyProblem_.clear();
    remarks_.clear();
    said_.clear();
    again_ = std::move(attempt);
    auto vault = state_.vault();
    if (!vault) {
        useKeyFile();
    }
    return vault;
}

void KeysViewModel::begin(KeySource source) {
    const auto selector = Selector::parse(selector_.toStdString());
    if (stage_ != Stage::idle || !state_.hasProfile() || !selector || !selectorProblem().isEmpty()) {
        return;
    }
    wanted_ = *selector;
    const auto vault = startOver(source);
    if (!vault) {
        return;
    }
    stage_ = Stage::checking;
    progress_ = 0;
    adding_.start([this, vault, id = KeyId{state_.profile().domain, *selector},
                   source = std::move(source)](const std::stop_token& stop, const auto& post) {
        addKey(
            id, source, *vault, [&](const KeyEvent& event) { post([this, event] { take(event); }); }, stop);
    });
    Q_EMIT changed();
}

void KeysViewModel::take(const KeyEvent& event) {
    stage_ = Stage::idle;
    std::visit(Overloaded{
                   [this](const Checking&) { stage_ = Stage::checking; },
                   [this](const Creating& creating) {
                       stage_ = Stage::creating;
                       progress_ = creating.progress;
                   },
                   [this](const Storing&) { stage_ = Stage::storing; },
                   [this](const Stored& stored) { keep(*stored.key); },
                   [this](const Met& met) { adoptable_ = met.key; },
                   [this](const Refused& refused) {
                       const bool cancelled = refused.problem.code == KeyError::cancelled;
                       said_ = cancelled ? tr("Cancelled. No key was made.") : QString();
                       keyProblem_ = cancelled ? QString() : problemText(refused.problem);
                       passphraseWanted_ = refused.problem.code == KeyError::passphraseNeeded ||
                                           refused.problem.code == KeyError::wrongPassphrase;
                   },
                   [this](const Unreadable& unreadable) {
                       keyProblem_ = tr("The file can't be read: %1").arg(unreadable.why);
                   },
                   [this](const VaultFailed& failed) {
                       if (failed.key) {
                           again_ = failed.key; // what was made once need not be made again
                       }
                       if (failed.problem.code == VaultError::cancelled) {
                           said_ = tr("Cancelled. The key was not kept.");
                       } else {
                           trouble_ = vaultTrouble(state_, failed.problem);
                       }
                   },
               },
               event);
    Q_EMIT changed();
}

void KeysViewModel::keep(const KeyPair& key) {
    const SigningKey described = describe(key, *wanted_, state_.clock().now());
    looked_[*wanted_] = std::nullopt;
    again_.reset();
    passphraseWanted_ = false;
    state_.change([&](Profile& profile) { profile.keys.push_back(described); });
    const auto saved = state_.save();
    said_ =
        saved ? tr("Key stored in %1.").arg(place())
              : tr("Key stored in %1, but the domain could not be saved: %2").arg(place(), problemText(saved.error()));
    proposeSelector();
    Q_EMIT keyAdded();
}

void KeysViewModel::importFolder(const QString& path, SecretBytes passphrase) {
    begin(KeyFolder{path.toStdU16String(), std::make_shared<const SecretBytes>(std::move(passphrase))});
}

void KeysViewModel::begin(KeyFolder folder) {
    if (stage_ != Stage::idle || !state_.hasProfile()) {
        return;
    }
    const auto vault = startOver(folder);
    if (!vault) {
        return;
    }
    stage_ = Stage::reading;
    adding_.start([this, vault, folder = std::move(folder), profile = state_.profile(), &resolver = state_.resolver(),
                   now = state_.clock().now()](const std::stop_token& stop, const auto& post) {
        // Events are copied, and what was taken is not small.
        const auto event = std::make_shared<const FolderEvent>(takeKeys(folder, profile, resolver, *vault, now, stop));
        post([this, event] { take(*event); });
    });
    Q_EMIT changed();
}

void KeysViewModel::take(const FolderEvent& event) {
    stage_ = Stage::idle;
    std::visit(Overloaded{
                   [this](const folderevent::Taken& taken) { keep(taken); },
                   [this](const folderevent::Unreadable& unreadable) {
                       const bool cancelled = unreadable.problem.code == takeover::FolderError::cancelled;
                       (cancelled ? said_ : keyProblem_) = problemText(unreadable.problem);
                   },
                   [this](const folderevent::VaultFailed& failed) {
                       if (failed.problem.code == VaultError::cancelled) {
                           said_ = tr("Cancelled. No key was taken over.");
                       } else {
                           trouble_ = vaultTrouble(state_, failed.problem);
                       }
                   },
               },
               event);
    Q_EMIT changed();
}

void KeysViewModel::keep(const folderevent::Taken& taken) {
    again_.reset();
    passphraseWanted_ = false;
    bool areHere = false;
    for (const takeover::LeftFile& file : taken.imports.left) {
        const bool isHere = file.why == LeftReason::alreadyHere;
        const bool isStrange = isHere || file.why == LeftReason::otherDomain;
        remarks_.push_back({shown(file.file), leftText(file, state_.profile().domain),
                            isStrange ? Severity::info : Severity::warning});
        areHere = areHere || isHere;
        passphraseWanted_ = passphraseWanted_ || (file.refusal && (file.refusal->code == KeyError::passphraseNeeded ||
                                                                   file.refusal->code == KeyError::wrongPassphrase));
    }
    const auto& imported = taken.imports.imported;
    if (imported.empty() && areHere) {
        said_ = tr("All keys of this domain in that folder are here already.");
    } else if (imported.empty()) {
        keyProblem_ = taken.hasKeys ? tr("None of the keys in that folder could be taken over.")
                                    : tr("There is no key in that folder.");
    }
    if (imported.empty()) {
        return;
    }
    for (const takeover::ImportedKey& key : imported) {
        looked_[key.key.selector] = std::nullopt;
        const QString selector = QString::fromStdString(key.key.selector.toString());
        if (key.evidence != takeover::Evidence::dns) {
            remarks_.push_back({selector, evidenceText(key.evidence, key.publication), Severity::info});
        }
        if (key.key.type == KeyType::rsa && key.key.bits < advisedRsaBits) {
            remarks_.push_back(
                {selector, tr("The key has %1 bits. 2048 are advised; make a new one when you can.").arg(key.key.bits),
                 Severity::warning});
        }
    }
    state_.change([&taken](Profile& profile) { profile.keys = taken.profile.keys; });
    const auto saved = state_.save();
    const QString count = imported.size() == 1
                              ? tr("Key taken over, and stored in %1.").arg(place())
                              : tr("%1 keys taken over, and stored in %2.").arg(imported.size()).arg(place());
    said_ = saved ? count : count + u' ' + tr("The domain could not be saved: %1").arg(problemText(saved.error()));
    proposeSelector();
    Q_EMIT keyAdded();
}

void KeysViewModel::cancel() {
    adding_.cancel();
    checking_.cancel();
}

void KeysViewModel::retry() {
    if (again_) {
        std::visit([this](auto source) { begin(std::move(source)); }, *again_);
    } else {
        checkKeys();
    }
}

void KeysViewModel::adopt() {
    if (const auto key = std::exchange(adoptable_, nullptr)) {
        keep(*key);
        Q_EMIT changed();
    }
}

QString KeysViewModel::adoptable() const {
    return adoptable_
               ? tr("There is already a key named %1 for this domain in %2 (%3, fingerprint %4…). Use it, or choose "
                    "another selector for a new one. It is not replaced.")
                     .arg(QString::fromStdString(wanted_->toString()), place(),
                          keyKind(adoptable_->type(), adoptable_->bits()), shortFingerprint(adoptable_->fingerprint()))
               : QString();
}

QString KeysViewModel::status() const {
    switch (stage_) {
    case Stage::checking:
        return tr("Opening %1. It may ask for its password.").arg(place());
    case Stage::creating:
        return tr("Creating the key …");
    case Stage::storing:
        return tr("Storing the key in %1. It may ask for its password.").arg(place());
    case Stage::reading:
        return tr("Reading the folder, and asking the DNS whose keys these are …");
    case Stage::idle:
        break;
    }
    return said_;
}

QString KeysViewModel::place() const {
    return state_.keyPlace() == KeyPlace::keychain ? tr("the system keychain") : tr("the key file");
}

void KeysViewModel::useKeychain() {
    state_.useKeychain();
    trouble_.reset();
    retry();
    Q_EMIT changed();
}

void KeysViewModel::useKeyFile() {
    state_.useKeyFile();
    trouble_ = passphraseNeeded(state_);
    Q_EMIT changed();
}

void KeysViewModel::openKeyFile(SecretBytes passphrase) {
    state_.openKeyFile(std::move(passphrase));
    trouble_.reset();
    retry();
    Q_EMIT changed();
}

bool KeysViewModel::isComplete() const {
    return state_.hasProfile() && !state_.profile().keys.empty() && stage_ == Stage::idle;
}

} // namespace sealwright
