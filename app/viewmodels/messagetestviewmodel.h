#pragma once

#include "text/mailtesttext.h"
#include "viewmodels/backgroundtask.h"
#include "viewmodels/wizardstate.h"

#include <list>

namespace sealwright {

/// Sends a test message of the domain's through the user's own server, and judges it where it arrives. Passwords are
/// kept in the system's keychain, and only where the user wishes it.
class MessageTestViewModel final : public QObject {
    Q_OBJECT

public:
    /// What the user typed, without what is secret.
    struct Form {
        QString server;
        QString user;
        QString from; ///< Empty: defaultSender().
        QString to;
        QString imapServer; ///< Empty: the mailbox is not looked into.
        QString imapUser;   ///< Empty: the receiver's address.
    };
    struct Wishes {
        Form form;
        bool keeps = false;   ///< Form and passwords, for the next time.
        SecretBytes password; ///< Empty: the one that is kept.
        SecretBytes imapPassword;
    };
    enum class Field { none, server, user, password, from, to, imapServer, imapPassword };

    struct Result {
        QString when; ///< The time of day, so that two for one receiver are told apart.
        VerdictLine summary;
        std::vector<VerdictLine> lines;
    };

    explicit MessageTestViewModel(WizardState& state, QObject* parent = nullptr);

    void start(Wishes wishes); ///< Nothing is sent where something in them can't be used: see problem().
    /// Looks once more for the message that was sent last, in the mailbox of these wishes. Nothing is sent.
    void lookAgain(Wishes wishes);
    /// Such a message was sent, and has not been seen yet.
    [[nodiscard]] bool mayLookAgain() const { return late_.has_value(); }
    void stop();
    void forget(); ///< What is kept of this domain's form, with its passwords.

    [[nodiscard]] bool isRunning() const { return task_.isRunning(); }
    [[nodiscard]] QString stage() const { return stage_; } ///< Empty: nothing is going on.
    [[nodiscard]] QString problem() const { return problem_; }
    [[nodiscard]] Field problemField() const { return problemField_; }
    [[nodiscard]] const std::list<Result>& results() const { return results_; } ///< The newest first.

    [[nodiscard]] bool isForgetting() const { return forgetting_.isRunning(); }
    [[nodiscard]] std::optional<Form> keptForm() const;
    [[nodiscard]] QString keptNote() const { return keptNote_; } ///< Why a password was not kept; mostly empty.

    [[nodiscard]] QString defaultServer() const; ///< The mail host, or empty.
    [[nodiscard]] QString defaultSender() const;

Q_SIGNALS:
    void changed();
    void domainChanged(); ///< The defaults are others.

private:
    struct Job;
    struct Late {
        std::string messageId;
        EmailAddress to;
    };
    [[nodiscard]] std::shared_ptr<Job> jobOf(Wishes wishes);
    [[nodiscard]] std::shared_ptr<Job> jobToLookAgain(Wishes wishes);
    [[nodiscard]] bool addMailbox(Job& job, Wishes& wishes);
    void forgetProblem();
    void run(const std::shared_ptr<Job>& job);
    [[nodiscard]] std::vector<MailAccount> accountsNoLongerIn(const Form& form) const;
    void forgetEach(const std::vector<MailAccount>& accounts, PasswordVault& vault, const std::stop_token& stop,
                    const BackgroundTask::Post& post);
    std::shared_ptr<Job> refuse(Field field, const QString& problem);
    void refuseLater(Field field, const QString& problem);
    void keepForm(const Form& form);
    [[nodiscard]] bool takePasswords(Job& job, PasswordVault& vault, const std::stop_token& stop,
                                     const BackgroundTask::Post& post);
    void keepPasswords(const Job& job, const MailTestOutcome& outcome, PasswordVault& vault,
                       const std::stop_token& stop, const BackgroundTask::Post& post);
    void show(MailTestStage stage);
    void take(const MailTestOutcome& outcome, const EmailAddress& to);
    void noteOnBoard(const Arrival& arrival, const DomainName& receiver);

    WizardState& state_;
    QString stage_;
    QString problem_;
    Field problemField_ = Field::none;
    QString keptNote_;
    std::list<Result> results_;
    std::optional<Late> late_;
    BackgroundTask forgetting_;
    BackgroundTask task_;
};

} // namespace sealwright
