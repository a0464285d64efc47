#pragma once

#include "viewmodels/messagetestviewmodel.h"

#include <QWidget>

class QCheckBox;
class QGroupBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sealwright {

class Notice;

/// A test message that goes the way of the user's own mail, to one mailbox after the other.
class MessageTestBox final : public QWidget {
    Q_OBJECT

public:
    explicit MessageTestBox(WizardState& state, QWidget* parent = nullptr);

    [[nodiscard]] bool isRunning() const { return model_.isRunning(); }

private:
    QGroupBox* makeSending();
    QGroupBox* makeReceiving();
    QLayout* makeButtons();
    void fillIn();
    void send();
    void sendIfComplete();
    void lookAgain();
    void focusProblem();
    void fillInKept();
    void setMailbox(const MessageTestViewModel::Form& form);
    void showDefaults();
    [[nodiscard]] QLineEdit* firstMissing() const;
    [[nodiscard]] MessageTestViewModel::Wishes wishes() const;
    void showPlaceholders();
    [[nodiscard]] MessageTestViewModel::Form form() const;
    void show();
    void showResults();
    [[nodiscard]] QLineEdit* fieldOf(MessageTestViewModel::Field field) const;

    MessageTestViewModel model_;
    QLineEdit* server_;
    QLineEdit* user_;
    QLineEdit* password_;
    QLineEdit* from_;
    QLineEdit* to_;
    QLineEdit* imapServer_;
    QLineEdit* imapUser_;
    QLineEdit* imapPassword_;
    QCheckBox* keeps_;
    Notice* keptNote_;
    Notice* problem_;
    QPushButton* send_;
    QPushButton* again_;
    QPushButton* stop_;
    Notice* stage_;
    QVBoxLayout* results_;
    std::size_t shown_ = 0; ///< How many results are seen.
};

} // namespace sealwright
