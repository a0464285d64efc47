#pragma once

#include "checks/finding.h"

#include <QAbstractTableModel>

namespace sealwright {

/// What the checks have seen, area by area.
class FindingsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { stateColumn, areaColumn, foundColumn, columns };
    static constexpr int severityRole = Qt::UserRole; ///< Severity as int, for its icon.

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void add(Finding finding); ///< Behind the others of its area.
    [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Finding> findings_;
};

} // namespace sealwright
