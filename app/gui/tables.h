#pragma once

#include "gui/iconcolumn.h"

class QAbstractItemView;
class QTableView;

namespace sealwright {

/// A table as ours are: whole rows, one at a time, Tab goes on, and the first column has the icon for `role`.
void setUpTable(QTableView& table, QAbstractItemModel& model, int role, IconColumn::IconOf iconOf, const QString& name);
/// Columns as wide as their content; as high as its rows, up to that many.
void fitRows(QTableView& table, int most);

/// QTableView::selectRow does nothing where the layout runs from right to left (Qt 6.4).
void goToRow(QTableView& table, int row);
/// The Fusion style draws the boxes of check marks in black, which can't be seen on a dark list.
void makeChecksVisible(QAbstractItemView& list);

} // namespace sealwright
