#pragma once

#include "base/secretbytes.h"
#include "gui/notice.h"
#include "viewmodels/vaulttrouble.h"

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace sealwright {

/// What to do when the keys can't be reached; hidden while all is well.
class VaultPanel final : public QWidget {
    Q_OBJECT

public:
    using OpenKeyFile = std::function<void(SecretBytes passphrase)>;

    explicit VaultPanel(OpenKeyFile openKeyFile, QWidget* parent = nullptr);

    void show(const std::optional<VaultTrouble>& trouble);

Q_SIGNALS:
    void retryWanted();
    void fileWanted();
    void keychainWanted();

private:
    void enter();

    OpenKeyFile openKeyFile_;
    Notice* notice_;
    QWidget* form_;
    QLineEdit* passphrase_;
    QLabel* repeatLabel_;
    QLineEdit* repeated_;
    Notice* mismatch_;
    QPushButton* open_;
    QPushButton* retry_;
    QPushButton* file_;
    QPushButton* keychain_;
    bool isNew_ = false;
};

/// What was typed into a field for secrets.
[[nodiscard]] SecretBytes secretIn(const QLineEdit& field);
/// The same, and the field is emptied. Qt keeps no promise about its own copies.
[[nodiscard]] SecretBytes takeSecret(QLineEdit& field);

} // namespace sealwright
