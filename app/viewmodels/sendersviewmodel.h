#pragma once

#include "viewmodels/wizardstate.h"

#include <QStringList>

namespace sealwright {

/// Who sends mail for the domain. What is entered goes into the profile as soon as it is right.
class SendersViewModel final : public QObject {
    Q_OBJECT

public:
    explicit SendersViewModel(WizardState& state, QObject* parent = nullptr);

    void setRole(DomainRole role);
    void setMailHost(const QString& text);
    void setAddresses(const QString& text); ///< Separated by commas or white space.
    void setIncludes(const QString& text);  ///< Those that are no well-known service.
    void setService(std::size_t index, bool sends);

    [[nodiscard]] DomainRole role() const;
    [[nodiscard]] QString mailHost() const { return mailHost_; }
    [[nodiscard]] QString addresses() const { return addresses_; }
    [[nodiscard]] QString includes() const { return includes_; }
    [[nodiscard]] bool isService(std::size_t index) const { return services_.at(index); }

    [[nodiscard]] QString mailHostProblem() const { return mailHostProblem_; } ///< Empty: none.
    [[nodiscard]] QString addressesProblem() const { return addressesProblem_; }
    [[nodiscard]] QString includesProblem() const { return includesProblem_; }
    [[nodiscard]] QString addressesHint() const; ///< What is odd about the addresses, though allowed.
    [[nodiscard]] QString servicesHint() const;  ///< What to know of the services that are ticked.
    [[nodiscard]] bool isComplete() const;

Q_SIGNALS:
    void changed();
    void filledIn(); ///< From the profile, or with a proposal: fields are to be shown anew.

private:
    void fillIn();
    void proposeMailHost();
    void putIncludes();

    WizardState& state_;
    QString mailHost_, addresses_, includes_;
    QString mailHostProblem_, addressesProblem_, includesProblem_;
    std::vector<DomainName> typedIncludes_;
    std::vector<bool> services_; ///< As mailServices() lists them.
    bool proposed_ = false;      ///< The mail host is our proposal, which a better one may replace.
};

} // namespace sealwright
