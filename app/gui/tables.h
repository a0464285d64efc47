#pragma once

#include "gui/iconcolumn.h"

class QTableView;

namespace sealwright {

/// A table as ours are: whole rows, one at a time, Tab goes on, and the first column has the icon for `role`.
void setUpTable(QTableView& table, QAbstractItemModel& model, int role, IconColumn::IconOf iconOf, const QString& name);
/// Columns as wide as their content; as high as its rows, up to that many.
void fitRows(QTableView& table, int most);

} // namespace sealwright
