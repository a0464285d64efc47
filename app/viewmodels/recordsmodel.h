#pragma once

#include "plan/comparison.h"

#include <QAbstractTableModel>

namespace sealwright {

/// The wanted records beside what is published.
class RecordsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { stateColumn, recordColumn, wantedColumn, publishedColumn, columns };
    static constexpr int stateRole = Qt::UserRole; ///< RecordState as int, for its icon.

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps the rows (and so the selection) where the same records are shown.
    void setRecords(std::vector<ComparedRecord> records);
    [[nodiscard]] const std::vector<ComparedRecord>& records() const { return records_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ComparedRecord> records_;
};

/// The values of some records, one per line, fit to be shown.
[[nodiscard]] QString valuesText(const std::vector<ResourceRecord>& records);

} // namespace sealwright
