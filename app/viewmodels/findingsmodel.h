#pragma once

#include "checks/finding.h"

#include <QAbstractTableModel>

#include <deque>

namespace sealwright {

/// What the checks have seen: the most urgent first, then area by area. Of what is well in an area, one row tells
/// enough, unless everything is to be shown.
class FindingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { stateColumn, areaColumn, foundColumn, columns };
    static constexpr int severityRole = Qt::UserRole; ///< Severity as int, for its icon.

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void add(Finding finding); ///< Rows that are there stay.
    void showEverything(bool everything);
    [[nodiscard]] const std::deque<Finding>& findings() const { return findings_; } ///< As they came, shown or not.
    [[nodiscard]] const Finding& at(int row) const { return *rows_[static_cast<std::size_t>(row)]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] bool isFurther(const Finding& finding) const;
    void insert(const Finding& finding);

    std::deque<Finding> findings_; ///< Rows point into it, as adding to it lets them.
    std::vector<const Finding*> rows_;
    bool everything_ = false;
};

} // namespace sealwright
