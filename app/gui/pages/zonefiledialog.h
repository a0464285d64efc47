#pragma once

#include "viewmodels/zonefileviewmodel.h"

#include <QDialog>

class QPushButton;

namespace sealwright {

class Notice;
class ReadOnlyText;

/// Puts the records into the zone file that the user keeps.
class ZoneFileDialog final : public QDialog {
    Q_OBJECT

public:
    ZoneFileDialog(WizardState& state, QWidget* parent);

private:
    QLayout* makeSources();
    QLayout* makeActions();
    void show();
    void showDiff();
    void openFile();
    void paste();
    void copy(const QString& text, const QString& done);

    ZoneFileViewModel model_;
    Notice* summary_;
    ReadOnlyText* diff_;
    Notice* notes_;
    Notice* copied_;
    QPushButton* save_;
    QPushButton* copy_;
    QPushButton* undo_;
    QPushButton* script_;
};

} // namespace sealwright
