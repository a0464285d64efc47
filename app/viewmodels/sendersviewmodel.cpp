#include "viewmodels/sendersviewmodel.h"

#include "text/problemtext.h"
#include "viewmodels/mailservices.h"

#include <QRegularExpression>

#include <algorithm>

namespace sealwright {

using namespace Qt::StringLiterals;

static QStringList words(const QString& text) {
    static const QRegularExpression separators(u"[\\s,;]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

SendersViewModel::SendersViewModel(WizardState& state, QObject* parent)
    : QObject(parent), state_(state), services_(mailServices().size()) {
    connect(&state_, &WizardState::domainChanged, this, &SendersViewModel::fillIn);
    connect(&state_, &WizardState::publishedChanged, this, &SendersViewModel::proposeMailHost);
    fillIn();
}

void SendersViewModel::fillIn() {
    mailHost_.clear();
    addresses_.clear();
    includes_.clear();
    mailHostProblem_.clear();
    addressesProblem_.clear();
    includesProblem_.clear();
    typedIncludes_.clear();
    services_.assign(services_.size(), false);
    proposed_ = false;
    if (state_.hasProfile()) {
        const Profile& profile = state_.profile();
        QStringList networks;
        for (const IpNetwork& network : profile.addresses) {
            networks << QString::fromStdString(network.toString());
        }
        addresses_ = networks.join(", "_L1);
        QStringList others;
        for (const DomainName& include : profile.includes) {
            const auto known = std::ranges::find(mailServices(), include, &MailService::include);
            if (known != mailServices().end()) {
                services_[static_cast<std::size_t>(known - mailServices().begin())] = true;
            } else {
                typedIncludes_.push_back(include);
                others << QString::fromStdString(include.toString());
            }
        }
        includes_ = others.join(", "_L1);
        if (profile.mailHost) {
            mailHost_ = QString::fromStdString(profile.mailHost->toUnicode());
        } else {
            proposed_ = true;
            proposeMailHost();
        }
    }
    Q_EMIT filledIn();
    Q_EMIT changed();
}

void SendersViewModel::proposeMailHost() {
    if (!proposed_ || !state_.hasProfile()) {
        return;
    }
    const auto& published = state_.published();
    setMailHost(QString::fromStdString(
        guessMailHost(state_.profile().domain, published ? *published : Published()).toUnicode()));
    proposed_ = true;
    Q_EMIT filledIn();
}

void SendersViewModel::setRole(DomainRole role) {
    if (state_.hasProfile()) {
        state_.change([role](Profile& profile) { profile.role = role; });
        Q_EMIT changed();
    }
}

DomainRole SendersViewModel::role() const {
    return state_.hasProfile() ? state_.profile().role : DomainRole::sends;
}

void SendersViewModel::setMailHost(const QString& text) {
    mailHost_ = text;
    proposed_ = false;
    const auto host = DomainName::parse(text.toStdString());
    mailHostProblem_ = host ? QString() : problemText(host.error());
    if (host && state_.hasProfile()) {
        state_.change([&](Profile& profile) { profile.mailHost = *host; });
    }
    Q_EMIT changed();
}

void SendersViewModel::setAddresses(const QString& text) {
    addresses_ = text;
    addressesProblem_.clear();
    std::vector<IpNetwork> networks;
    for (const QString& word : words(text)) {
        const auto network = parseSender(word.toStdString());
        if (!network) {
            addressesProblem_ = problemText(network.error());
            break;
        }
        networks.push_back(*network);
    }
    if (addressesProblem_.isEmpty() && state_.hasProfile()) {
        state_.change([&](Profile& profile) { profile.addresses = networks; });
    }
    Q_EMIT changed();
}

void SendersViewModel::setIncludes(const QString& text) {
    includes_ = text;
    includesProblem_.clear();
    typedIncludes_.clear();
    for (const QString& word : words(text)) {
        const auto name = parseInclude(word.toStdString());
        if (!name) {
            includesProblem_ = problemText(name.error());
            break;
        }
        typedIncludes_.push_back(*name);
    }
    if (includesProblem_.isEmpty()) {
        putIncludes();
    }
    Q_EMIT changed();
}

void SendersViewModel::setService(std::size_t index, bool sends) {
    services_.at(index) = sends;
    putIncludes();
    Q_EMIT changed();
}

void SendersViewModel::putIncludes() {
    std::vector<DomainName> all;
    for (std::size_t i = 0; i < services_.size(); ++i) {
        if (services_[i]) {
            all.push_back(mailServices()[i].include);
        }
    }
    all.insert(all.end(), typedIncludes_.begin(), typedIncludes_.end());
    if (state_.hasProfile()) {
        state_.change([&](Profile& profile) { profile.includes = all; });
    }
}

QString SendersViewModel::addressesHint() const {
    if (state_.hasProfile()) {
        for (const IpNetwork& network : state_.profile().addresses) {
            if (!network.address.isPublic()) {
                return tr("%1 can't be reached from the Internet, so no receiver will ever see mail from it.")
                    .arg(QString::fromStdString(network.toString()));
            }
        }
    }
    return {};
}

QString SendersViewModel::servicesHint() const {
    QStringList own;
    for (std::size_t i = 0; i < services_.size(); ++i) {
        if (services_[i] && mailServices()[i].ownReturnPath) {
            own << mailServices()[i].name;
        }
    }
    return own.isEmpty()
               ? QString()
               : tr("%1: sends with a bounce address of its own. For DMARC, also switch on DKIM for your domain "
                    "in its settings.")
                     .arg(own.join(", "_L1));
}

bool SendersViewModel::isComplete() const {
    return role() == DomainRole::neverSends ||
           (mailHostProblem_.isEmpty() && addressesProblem_.isEmpty() && includesProblem_.isEmpty());
}

} // namespace sealwright
