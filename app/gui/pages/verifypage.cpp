#include "gui/pages/verifypage.h"

#include "gui/notice.h"
#include "gui/pages/messagepanel.h"
#include "gui/readonlytext.h"
#include "gui/tables.h"
#include "gui/wrappinglabel.h"

#include <QClipboard>
#include <QGroupBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace sealwright {

using namespace Qt::StringLiterals;

VerifyPage::VerifyPage(WizardState& state)
    : Page(tr("Verify"), tr("What the DNS tells the world about the domain, and what receivers make of your mail."),
           u"verify"_s)
    , model_(state)
    , summary_(new Notice)
    , table_(new QTableView) {
    setUpTable(
        *table_, *model_.model(), FindingsModel::severityRole,
        [](int value) { return severityIcon(static_cast<Severity>(value)); }, tr("Findings"));
    table_->horizontalHeader()->setSectionResizeMode(FindingsModel::foundColumn, QHeaderView::Stretch);
    auto* records = new QWidget;
    auto* layout = new QVBoxLayout(records);
    layout->addWidget(summary_);
    layout->addWidget(table_);
    layout->addLayout(makeButtons());
    layout->addWidget(makeDetails());
    layout->addStretch();
    auto* tabs = new QTabWidget;
    tabs->addTab(records, tr("&Records in the DNS"));
    tabs->addTab(new MessagePanel(state), tr("A &mail"));
    content()->addWidget(tabs);
    connect(&model_, &VerifyViewModel::changed, this, &VerifyPage::show);
    connect(&model_, &VerifyViewModel::finished, this, [this] { goToRow(*table_, model_.worstRow()); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &VerifyPage::showSelected);
}

QLayout* VerifyPage::makeButtons() {
    run_ = new QPushButton(tr("Chec&k again"));
    wait_ = new QPushButton(tr("&Wait until published"));
    stop_ = new QPushButton(tr("&Stop"));
    wait_->setToolTip(tr("Checks again every 30 seconds, until all records can be seen."));
    connect(run_, &QPushButton::clicked, &model_, &VerifyViewModel::run);
    connect(wait_, &QPushButton::clicked, &model_, &VerifyViewModel::waitUntilPublished);
    connect(stop_, &QPushButton::clicked, &model_, &VerifyViewModel::stop);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {run_, wait_, stop_}) {
        row->addWidget(button);
    }
    row->addStretch();
    return row;
}

QWidget* VerifyPage::makeDetails() {
    found_ = new Notice;
    why_ = new WrappingLabel;
    remedy_ = new WrappingLabel;
    expectedLabel_ = new QLabel(tr("To &publish:"));
    expected_ = new ReadOnlyText(tr("Records to publish"), 4);
    copy_ = new QPushButton(tr("&Copy"));
    seenLabel_ = new QLabel(tr("S&een:"));
    seen_ = new ReadOnlyText(tr("Records that were seen"), 2);
    expectedLabel_->setBuddy(expected_);
    seenLabel_->setBuddy(seen_);
    expected_->setFixedHeight(expected_->minimumHeight());
    seen_->setFixedHeight(seen_->minimumHeight());
    QFont bold = remedy_->font();
    bold.setBold(true);
    remedy_->setFont(bold);
    connect(copy_, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(expected_->toPlainText()); });
    details_ = new QGroupBox;
    auto* grid = new QGridLayout(details_);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(5, 1); // takes the room that labels would spread over
    grid->addWidget(found_, 0, 0, 1, 3);
    grid->addWidget(why_, 1, 0, 1, 3);
    grid->addWidget(remedy_, 2, 0, 1, 3);
    grid->addWidget(expectedLabel_, 3, 0, Qt::AlignTop);
    grid->addWidget(expected_, 3, 1);
    grid->addWidget(copy_, 3, 2, Qt::AlignTop);
    grid->addWidget(seenLabel_, 4, 0, Qt::AlignTop);
    grid->addWidget(seen_, 4, 1);
    return details_;
}

void VerifyPage::enter() {
    model_.run();
    table_->setFocus();
}

void VerifyPage::show() {
    const bool busy = model_.isRunning() || model_.isWaiting();
    summary_->show(model_.isRunning() ? Severity::info : model_.worst(), model_.summary());
    const bool hadFocus = run_->hasFocus() || wait_->hasFocus();
    const bool stopHadFocus = stop_->hasFocus();
    stop_->setEnabled(busy);
    if (busy && hadFocus) {
        stop_->setFocus();
    }
    run_->setEnabled(!busy);
    wait_->setEnabled(!busy);
    if (!busy && stopHadFocus) {
        run_->setFocus();
    }
    if (!table_->currentIndex().isValid()) {
        goToRow(*table_, 0);
    }
    fitRows(*table_, 9);
    showSelected();
}

void VerifyPage::showSelected() {
    const auto details = model_.details(table_->currentIndex().row());
    details_->setVisible(details.has_value());
    if (!details) {
        return;
    }
    details_->setTitle(table_->currentIndex().siblingAtColumn(FindingsModel::areaColumn).data().toString());
    found_->show(details->severity, details->found);
    why_->setText(details->why);
    why_->setVisible(!details->why.isEmpty());
    remedy_->setText(details->remedy);
    remedy_->setVisible(!details->remedy.isEmpty());
    if (expected_->toPlainText() != details->expected) {
        expected_->setPlainText(details->expected);
    }
    if (seen_->toPlainText() != details->seen) {
        seen_->setPlainText(details->seen);
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{expectedLabel_, expected_, copy_}) {
        widget->setVisible(!details->expected.isEmpty());
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{seenLabel_, seen_}) {
        widget->setVisible(!details->seen.isEmpty());
    }
}

} // namespace sealwright
