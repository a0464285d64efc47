#pragma once

#include "viewmodels/keysviewmodel.h"

#include <QGroupBox>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;

namespace sealwright {

class Notice;

/// A key to be made or imported, or all those of a server.
class NewKeyBox final : public QGroupBox {
    Q_OBJECT

public:
    explicit NewKeyBox(KeysViewModel& model, QWidget* parent = nullptr);

    void begin(); ///< Sets the focus where the user starts.

private:
    void makeForms();
    void choose();
    void fillIn();
    void go();
    void browse();
    void importKey();
    [[nodiscard]] QString path() const;

    KeysViewModel& model_;
    QRadioButton* create_;
    QRadioButton* import_;
    QRadioButton* takeOver_;
    QWidget* selectorForm_;
    QLineEdit* selector_;
    Notice* selectorProblem_;
    QWidget* createForm_;
    QComboBox* algorithm_;
    QLabel* algorithmHint_;
    QWidget* importForm_;
    QFormLayout* importing_;
    QLabel* fileLabel_;
    QLineEdit* file_;
    QPlainTextEdit* pem_;
    QLineEdit* passphrase_;
    Notice* keyProblem_;
    QPushButton* go_;
};

} // namespace sealwright
