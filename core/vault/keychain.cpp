#include "vault/keychain.h"

#include "vault/handover.h"
#include "vault/keychainjobs.h"
#include "vault/keychainthread.h"
#include "vault/secretservice.h"

#include <openssl/crypto.h>
#include <qt6keychain/keychain.h>

namespace sealwright {

namespace {

using secretservice::Sight;
using JobDone = std::function<void(QKeychain::Job&)>;

/// The Credential Manager knows no services: all programs have one list of names there.
QString keyOf([[maybe_unused]] const std::string& service, const std::string& item) {
#ifdef Q_OS_WIN
    return QString::fromStdString(service + '/' + item);
#else
    return QString::fromStdString(item);
#endif
}

/// Where an item is, and who waits for word of it.
template <class T>
struct Request {
    QString service;
    QString key;
    std::chrono::milliseconds deadline;
    std::shared_ptr<Handover<T>> handover;

    Request(const std::string& inService, const std::string& item, std::chrono::milliseconds patience)
        : service(QString::fromStdString(inService))
        , key(keyOf(inService, item))
        , deadline(patience)
        , handover(std::make_shared<Handover<T>>(patience)) {}

    void fail(VaultError error, std::string_view what = {}) const {
        handover->give(tl::unexpected(problem(error, what)));
    }

    /// Begins the work, and waits for its result in the caller's thread.
    [[nodiscard]] tl::expected<T, Problem<VaultError>> run(std::function<void()> work,
                                                           const std::stop_token& stop) const {
        if (stop.stop_requested()) {
            return tl::unexpected(problem(VaultError::cancelled));
        }
        if (!postToKeychainThread(std::move(work))) {
            return tl::unexpected(problem(VaultError::unavailable, "QCoreApplication"));
        }
        return handover->wait(stop);
    }
};

/// Begins a job when it is its turn and somebody still waits for it.
template <class T>
void start(QKeychain::Job* job, const Request<T>& request, JobDone done) {
    job->setKey(request.key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [done = std::move(done)](QKeychain::Job* it) { done(*it); });
    keychainJobs().add(job, [handover = request.handover] { return handover->isAwaited(); });
}

template <class T>
void failWith(const Request<T>& request, const QKeychain::Job& job) {
    switch (job.error()) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return request.fail(VaultError::locked, job.errorString().toStdString());
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    request.fail(VaultError::unavailable, job.errorString().toStdString());
}

/// QtKeychain says "not found" of locked items too, so the service itself is asked what it has.
template <class T>
void tellNotFound(const Request<T>& request, const std::function<void()>& absent) {
    secretservice::lookForItem(request.service, request.key, request.deadline, [request, absent](Sight sight) {
        switch (sight) {
        case Sight::absent:
            return absent();
        case Sight::noService:
            return secretservice::hasRival() ? absent() : request.fail(VaultError::unavailable);
        case Sight::locked:
            return request.fail(VaultError::locked);
        case Sight::unlocked:
            return request.fail(VaultError::unavailable);
        case Sight::silent:
            return request.fail(VaultError::timedOut);
        }
    });
}

/// Goes on unless the service is silent: a job would hang with it, and all later ones behind that.
template <class T>
void unlessSilent(const Request<T>& request, Sight sight, bool asksAPerson, const std::function<void()>& goOn) {
    if (sight == Sight::silent) {
        request.fail(VaultError::timedOut);
        return;
    }
    if (asksAPerson || secretservice::hasRival()) {
        request.handover->waitForAPerson();
    }
    goOn();
}

/// Looks whether the item is there, and then does `work` or tells that it is absent.
template <class T>
void whereItIs(const Request<T>& request, const std::function<void()>& work, const std::function<void()>& absent) {
    secretservice::lookForItem(request.service, request.key, request.deadline, [=](Sight sight) {
        const bool surelyAbsent = sight == Sight::absent && !secretservice::hasRival();
        unlessSilent(request, sight, sight == Sight::locked, surelyAbsent ? absent : work);
    });
}

/// The text of a finished job, with the copies wiped that are ours.
SecretBytes takeText(const QKeychain::ReadPasswordJob& job) {
    QString text = job.textData();
    QByteArray utf8 = text.toUtf8();
    SecretBytes octets(std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
    OPENSSL_cleanse(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    OPENSSL_cleanse(utf8.data(), static_cast<std::size_t>(utf8.size()));
    return octets;
}

void read(const Request<SecretBytes>& request) {
    start(new QKeychain::ReadPasswordJob(request.service), request, [request](QKeychain::Job& job) {
        if (job.error() == QKeychain::NoError) {
            request.handover->give(takeText(dynamic_cast<QKeychain::ReadPasswordJob&>(job)));
        } else if (job.error() == QKeychain::EntryNotFound) {
            tellNotFound(request, [request] { request.fail(VaultError::absent); });
        } else {
            failWith(request, job);
        }
    });
}

/// `before`: what was seen of the collection. Where there was none, a person was asked to make one, and a refusal is
/// told as an error of another kind.
void writeItem(const Request<SecretBytes>& request, const SecretBytes& secret, Sight before) {
    auto* job = new QKeychain::WritePasswordJob(request.service);
    QString text = QString::fromUtf8(secret.data(), static_cast<qsizetype>(secret.size()));
    job->setTextData(text);
    OPENSSL_cleanse(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    start(job, request, [request, before](QKeychain::Job& done) {
        if (done.error() == QKeychain::NoError) {
            read(request);
        } else if (before == Sight::absent) {
            request.fail(VaultError::locked, done.errorString().toStdString());
        } else {
            failWith(request, done);
        }
    });
}

void erase(const Request<bool>& request) {
    start(new QKeychain::DeletePasswordJob(request.service), request, [request](QKeychain::Job& job) {
        if (job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound) {
            tellNotFound(request, [request] { request.handover->give(true); });
        } else {
            failWith(request, job);
        }
    });
}

} // namespace

Keychain::Keychain(std::string service, std::chrono::milliseconds deadline)
    : service_(std::move(service)), deadline_(deadline) {}

tl::expected<SecretBytes, Problem<VaultError>> Keychain::read(const std::string& item,
                                                              const std::stop_token& stop) const {
    const Request<SecretBytes> request(service_, item, deadline_);
    const auto work = [request] {
        whereItIs(
            request, [request] { sealwright::read(request); }, [request] { request.fail(VaultError::absent); });
    };
    return request.run(work, stop);
}

tl::expected<SecretBytes, Problem<VaultError>> Keychain::write(const std::string& item, const SecretBytes& text,
                                                               const std::stop_token& stop) const {
    const Request<SecretBytes> request(service_, item, deadline_);
    const auto secret = std::make_shared<const SecretBytes>(text.view());
    const auto work = [request, secret] {
        secretservice::lookForDefaultCollection(request.deadline, [request, secret](Sight sight) {
            const bool asksAPerson = sight == Sight::locked || sight == Sight::absent;
            unlessSilent(request, sight, asksAPerson, [request, secret, sight] { writeItem(request, *secret, sight); });
        });
    };
    return request.run(work, stop);
}

tl::expected<void, Problem<VaultError>> Keychain::remove(const std::string& item, const std::stop_token& stop) const {
    const Request<bool> request(service_, item, deadline_);
    const auto work = [request] {
        whereItIs(
            request, [request] { erase(request); }, [request] { request.handover->give(true); });
    };
    return request.run(work, stop).map([](bool) {});
}

} // namespace sealwright
