#include "gui/pages/verifypage.h"

#include "gui/icons.h"
#include "gui/notice.h"
#include "gui/notify.h"
#include "gui/pages/findingdetails.h"
#include "gui/pages/messagepanel.h"
#include "gui/pages/messagetestbox.h"
#include "gui/tables.h"
#include "viewmodels/publicresolvers.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace sealwright {

using namespace Qt::StringLiterals;

VerifyPage::VerifyPage(WizardState& state)
    : Page(tr("Verify"), tr("What the DNS tells the world about the domain, and what receivers make of your mail."),
           u"verify"_s)
    , state_(state)
    , model_(state)
    , summary_(new Notice)
    , waiting_(new QListWidget)
    , messageTest_(new MessageTestBox(state))
    , table_(new QTableView)
    , details_(new FindingDetails({{tr("To &publish:"), tr("Records to publish"), 4, true},
                                   {tr("S&een:"), tr("Records that were seen"), 2, false}})) {
    setUpTable(
        *table_, *model_.model(), FindingsModel::severityRole,
        [](int value) { return severityIcon(static_cast<Severity>(value)); }, tr("Findings"));
    table_->horizontalHeader()->setSectionResizeMode(FindingsModel::foundColumn, QHeaderView::Stretch);
    auto* records = new QWidget;
    auto* layout = new QVBoxLayout(records);
    layout->addWidget(summary_);
    layout->addWidget(waiting_);
    layout->addWidget(table_);
    layout->addLayout(makeButtons());
    layout->addWidget(details_);
    layout->addStretch();
    waiting_->setAccessibleName(tr("How far the records are"));
    waiting_->setWordWrap(true);
    waiting_->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    auto* tabs = new QTabWidget;
    tabs->addTab(records, tr("&Records in the DNS"));
    tabs->addTab(new MessagePanel(state), tr("A &mail"));
    tabs->addTab(messageTest_, tr("Send a test messa&ge"));
    content()->addWidget(tabs);
    connect(&model_, &VerifyViewModel::changed, this, &VerifyPage::show);
    connect(&model_, &VerifyViewModel::published, this, [this] {
        notify(*window(), tr("All records are published"),
               tr("The records of %1 can be seen everywhere now.")
                   .arg(QString::fromStdString(state_.profile().domain.toUnicode())));
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &VerifyPage::showSelected);
}

QLayout* VerifyPage::makeButtons() {
    run_ = new QPushButton(tr("Chec&k again"));
    wait_ = new QPushButton(tr("&Wait until published"));
    stop_ = new QPushButton(tr("&Stop"));
    wait_->setToolTip(
        tr("Follows the records from the name servers into the world, and tells you when all are there."));
    everything_ = new QCheckBox(tr("Show e&verything"));
    everything_->setToolTip(tr("Lists all that is well too, instead of one line for each area."));
    connect(run_, &QPushButton::clicked, &model_, &VerifyViewModel::run);
    connect(wait_, &QPushButton::clicked, &model_, &VerifyViewModel::waitUntilPublished);
    connect(stop_, &QPushButton::clicked, &model_, &VerifyViewModel::stop);
    connect(everything_, &QCheckBox::toggled, this, [this](bool everything) {
        model_.model()->showEverything(everything);
        show();
    });
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {run_, wait_, stop_}) {
        row->addWidget(button);
    }
    row->addStretch();
    row->addWidget(everything_);
    row->addWidget(makeAlsoAsk());
    return row;
}

QPushButton* VerifyPage::makeAlsoAsk() {
    auto* button = new QPushButton(tr("A&lso ask"));
    button->setToolTip(tr("Compares with what public resolvers say. Whoever is asked learns which domain you look at, "
                          "so nobody is until you choose it."));
    auto* menu = new QMenu(button);
    for (std::size_t i = 0; i < publicResolvers().size(); ++i) {
        const PublicResolver& resolver = publicResolvers()[i];
        QAction* action =
            menu->addAction(tr("%1 (%2)").arg(resolver.name, QString::fromStdString(resolver.address.toString())));
        action->setCheckable(true);
        action->setChecked(model_.isAlsoAsked(i));
        connect(action, &QAction::toggled, this, [this, i](bool asked) {
            model_.alsoAsk(i, asked);
            if (!model_.isWaiting()) {
                model_.run();
            }
        });
    }
    button->setMenu(menu);
    return button;
}

void VerifyPage::enter() {
    model_.show();
    table_->setFocus();
}

QString VerifyPage::unfinished() const {
    QStringList lost;
    if (model_.isWaiting()) {
        lost << tr(
            "Sealwright waits for the records to be published. Once it is closed it can't tell you when they are.");
    }
    if (messageTest_->isRunning()) {
        lost << tr("A test message is on its way, and what becomes of it would not be seen.");
    }
    return lost.join(u' ');
}

void VerifyPage::show() {
    const bool busy = model_.isRunning() || model_.isWaiting();
    summary_->show(busy ? Severity::info : model_.worst(), model_.summary());
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
    showTable();
    showWaiting();
    showSelected();
}

/// Nothing is selected while findings come, unless the user does it; then the first one, which is the most urgent.
void VerifyPage::showTable() {
    const bool shown = !model_.isWaiting() && (!model_.heardNothing() || everything_->isChecked());
    if (!shown && table_->hasFocus()) {
        run_->setFocus();
    }
    table_->setVisible(shown);
    fitRows(*table_, std::max(6, window()->height() / 90)); // which leaves room for the details of one
    if (table_->currentIndex().isValid()) {
        table_->scrollTo(table_->currentIndex());
    } else if (!model_.isRunning()) {
        goToRow(*table_, 0);
    }
}

/// While it is waited there are no findings, and their place is taken.
void VerifyPage::showWaiting() {
    const auto& lines = model_.waitingLines();
    const bool waits = model_.isWaiting();
    waiting_->setVisible(waits && !lines.empty());
    everything_->setVisible(!waits);
    const int row = waiting_->currentRow();
    waiting_->clear();
    for (const VerifyViewModel::WaitingLine& line : lines) {
        new QListWidgetItem(stateIcon(line.state), line.record + u'\n' + line.servers + u"; "_s + line.world, waiting_);
    }
    waiting_->setCurrentRow(row);
}

void VerifyPage::showSelected() {
    const auto details = model_.details(table_->currentIndex().row());
    details_->setVisible(details && table_->isVisibleTo(this));
    if (!details_->isVisibleTo(this)) {
        return;
    }
    details_->show(table_->currentIndex().siblingAtColumn(FindingsModel::areaColumn).data().toString(),
                   details->severity, {details->found, details->why, details->remedy},
                   {details->expected, details->seen});
}

} // namespace sealwright
