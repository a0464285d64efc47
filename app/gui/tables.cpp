#include "gui/tables.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>

namespace sealwright {

void setUpTable(QTableView& table, QAbstractItemModel& model, int role, IconColumn::IconOf iconOf,
                const QString& name) {
    table.setModel(new IconColumn(&model, role, std::move(iconOf), &table));
    table.setAccessibleName(name);
    table.setTabKeyNavigation(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setWordWrap(false);
    table.setShowGrid(false);
    table.setAlternatingRowColors(true);
    table.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table.verticalHeader()->hide();
    table.horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 10);
}

void fitRows(QTableView& table, int most) {
    for (int column = 0; column < table.model()->columnCount(); ++column) {
        if (table.horizontalHeader()->sectionResizeMode(column) == QHeaderView::ResizeToContents) {
            table.resizeColumnToContents(column); // the header does it for new columns only, not for new rows
        }
    }
    const int rows = qBound(3, table.model()->rowCount(), most);
    table.setFixedHeight(table.horizontalHeader()->sizeHint().height() +
                         rows * table.verticalHeader()->defaultSectionSize() + 2 * table.frameWidth());
}

void goToRow(QTableView& table, int row) {
    table.setCurrentIndex(table.model()->index(row, 0));
}

void makeChecksVisible(QAbstractItemView& list) {
    QPalette palette = list.palette();
    if (palette.color(QPalette::Base).lightness() < palette.color(QPalette::Text).lightness()) {
        palette.setColor(QPalette::Window, palette.color(QPalette::Text)); // a darker shade of it becomes the outline
        list.setPalette(palette);
    }
}

} // namespace sealwright
