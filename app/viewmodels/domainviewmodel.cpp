#include "viewmodels/domainviewmodel.h"

#include "text/problemtext.h"

namespace sealwright {

using namespace std::chrono_literals;

static constexpr auto typingPause = 350ms;

DomainViewModel::DomainViewModel(WizardState& state, QObject* parent) : QObject(parent), state_(state) {
    pause_.setSingleShot(true);
    pause_.setInterval(typingPause);
    connect(&pause_, &QTimer::timeout, this, &DomainViewModel::takeUp);
    connect(&task_, &BackgroundTask::runningChanged, this, &DomainViewModel::factsChanged);
}

void DomainViewModel::setText(const QString& text) {
    if (text == text_) {
        return;
    }
    text_ = text;
    refused_ = false;
    auto parsed = DomainName::parse(text.toStdString());
    domain_ = parsed ? std::optional(*parsed) : std::nullopt;
    problem_.clear();
    if (parsed) {
        pause_.start();
    } else {
        pause_.stop();
        problem_ = text.isEmpty() ? QString() : problemText(parsed.error());
        forget();
    }
    Q_EMIT changed();
}

void DomainViewModel::forget() {
    task_.abandon();
    facts_.clear();
    fromStore_ = false;
    state_.close();
    Q_EMIT factsChanged();
}

bool DomainViewModel::takeUp() {
    pause_.stop();
    if (!domain_) {
        return false;
    }
    if (state_.hasProfile() && state_.profile().domain == *domain_) {
        return true;
    }
    forget();
    const auto opened = state_.open(*domain_);
    refused_ = !opened;
    problem_ = opened ? QString() : problemText(opened.error());
    fromStore_ = opened && state_.isSaved();
    if (opened) {
        lookUp();
    }
    Q_EMIT changed();
    return opened.has_value();
}

QStringList DomainViewModel::savedDomains() const {
    QStringList names;
    for (const DomainName& domain : state_.savedDomains()) {
        names << QString::fromStdString(domain.toUnicode());
    }
    return names;
}

bool DomainViewModel::isSavedDomain() const {
    return fromStore_ && state_.hasProfile();
}

QString DomainViewModel::readOnlyNotice() const {
    return state_.isReadOnly()
               ? tr("This domain was saved by a newer version of Sealwright. You can look at everything "
                    "and export it, but changes are not saved.")
               : QString();
}

void DomainViewModel::lookUp() {
    if (!state_.hasProfile()) {
        return;
    }
    task_.start([this, profile = state_.profile(), &resolver = state_.resolver()](const std::stop_token& stop,
                                                                                  const auto& post) {
        auto published = std::make_shared<const Published>(readPublished(profile, resolver, stop));
        post([this, domain = profile.domain, published] {
            facts_ = publishedFacts(domain, *published);
            state_.setPublished(published);
            Q_EMIT factsChanged();
        });
    });
}

} // namespace sealwright
