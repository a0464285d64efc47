#pragma once

#include "viewmodels/wizardstate.h"

#include <QWizard>

namespace sealwright {

class DomainPage;
class Page;
class StepsIndicator;

/// The five pages: Domain, Keys, Records, Server, Verify.
class SetupWizard final : public QWizard {
    Q_OBJECT

public:
    explicit SetupWizard(WizardTools tools, QWidget* parent = nullptr);

    void setDomain(const QString& domain);
    void continueAt(WizardStep step); ///< Goes on from the first page.

    [[nodiscard]] int nextId() const override;
    [[nodiscard]] bool validateCurrentPage() override;
    void accept() override;
    void reject() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void namePictures();
    void enterPage(int id);
    [[nodiscard]] Page* currentStep() const;
    [[nodiscard]] bool ask(const QString& title, const QString& text, const QString& yes, const QString& no);

    WizardState state_;
    DomainPage* domain_;
    StepsIndicator* steps_;
    bool skipping_ = false; ///< Pages that are only passed through are not entered.
};

} // namespace sealwright
