#pragma once

#include "viewmodels/backgroundtask.h"
#include "viewmodels/wizardstate.h"

namespace sealwright {

class Certificate;

/// What protects the mail on its way to the domain: MTA-STS, TLS reports and DANE.
class ProtectionViewModel final : public QObject {
    Q_OBJECT

public:
    explicit ProtectionViewModel(WizardState& state, QObject* parent = nullptr);

    [[nodiscard]] bool isOffered() const; ///< Not to a domain that never sends: it takes no mail either.

    [[nodiscard]] std::optional<mtasts::Mode> mtaSts() const; ///< Unset: off.
    /// The first time, TLS reports go on with it: without them nobody learns what testing found.
    void setMtaSts(std::optional<mtasts::Mode> mode);
    void switchMtaStsOff(); ///< By way of mode none where a policy is published.
    [[nodiscard]] QString mtaStsHint() const;

    [[nodiscard]] bool tlsReports() const;
    void setTlsReports(bool on);
    [[nodiscard]] QString tlsReportsTo() const; ///< The mailboxes that they go, or would go, to.

    /// How many keys of certificates are known, for the DANE record of each.
    [[nodiscard]] int certificateKeys() const;
    [[nodiscard]] QString certificateKeysText() const;
    /// The key of the mail server's certificate in a PEM file. Of more than two, the present and the next one, the
    /// oldest goes.
    void addCertificate(const QString& path);
    void askServer(); ///< For the certificates that the mail host shows on port 25 now.
    [[nodiscard]] bool isAsking() const { return task_.isRunning(); }
    void forgetCertificates();
    [[nodiscard]] const QString& certificateProblem() const { return certificateProblem_; }
    [[nodiscard]] const QString& certificateSeen() const { return certificateSeen_; } ///< What the server showed.

Q_SIGNALS:
    void changed();
    void wishesChanged(); ///< By the user: the records are others now.

private:
    [[nodiscard]] bool isMtaStsPublished() const;
    void addKeys(const std::vector<std::string>& keys);
    void refuseCertificate(const QString& problem);
    void take(const DomainName& host, const std::vector<Certificate>& shown);
    void change(const std::function<void(Profile&)>& edit);

    WizardState& state_;
    QString certificateProblem_;
    QString certificateSeen_;
    BackgroundTask task_;
};

} // namespace sealwright
