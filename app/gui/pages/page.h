#pragma once

#include <QWizardPage>

class QScrollArea;
class QVBoxLayout;

namespace sealwright {

/// A page of the wizard whose content scrolls where the screen is small.
class Page : public QWizardPage {
    Q_OBJECT

public:
    Page(const QString& title, const QString& subtitle, const QString& picture);

    /// The page is seen now, for the first time or again.
    virtual void enter() {}
    /// What would be lost if the wizard were closed now; empty: nothing.
    [[nodiscard]] virtual QString unfinished() const { return {}; }

protected:
    [[nodiscard]] QVBoxLayout* content() const { return content_; }
    /// Something grew or went: what has the focus stays where it can be seen, with a line or two below it.
    void keepFocusInSight();

private:
    QScrollArea* scroll_;
    QVBoxLayout* content_;
};

} // namespace sealwright
