#include "viewmodels/recordsmodel.h"

#include "text/findingtext.h"
#include "text/problemtext.h"
#include "text/tooltip.h"
#include "zone/providerfields.h"

#include <QStringList>

#include <algorithm>

namespace sealwright {

QString valuesText(const std::vector<ResourceRecord>& records) {
    QStringList values;
    for (const ResourceRecord& record : records) {
        values << shown(record.value);
    }
    return values.join(u'\n');
}

static bool sameRecords(const std::vector<ComparedRecord>& left, const std::vector<ComparedRecord>& right) {
    return std::ranges::equal(left, right, [](const ComparedRecord& a, const ComparedRecord& b) {
        return a.planned.purpose == b.planned.purpose && a.planned.record.name == b.planned.record.name;
    });
}

void RecordsModel::setRecords(std::vector<ComparedRecord> records) {
    if (sameRecords(records, records_)) {
        records_ = std::move(records);
        if (!records_.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        }
        return;
    }
    beginResetModel();
    records_ = std::move(records);
    endResetModel();
}

int RecordsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(records_.size());
}

int RecordsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

static QString cellText(const ComparedRecord& compared, int column) {
    switch (column) {
    case RecordsModel::stateColumn:
        return stateTitle(compared.state);
    case RecordsModel::recordColumn: {
        const ProviderFields fields = providerFields(compared.planned.record, compared.planned.zone);
        return QString::fromStdString(fields.type + " " + fields.host);
    }
    case RecordsModel::wantedColumn:
        return shown(compared.planned.record.value);
    case RecordsModel::publishedColumn:
        if (!compared.published.empty()) {
            return valuesText(compared.published);
        }
        return compared.state == RecordState::missing ? RecordsModel::tr("nothing") : QString();
    }
    return {};
}

QVariant RecordsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const ComparedRecord& compared = records_[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole) {
        return cellText(compared, index.column()).replace(u'\n', u' ');
    }
    if (role == Qt::ToolTipRole) {
        return plainToolTip(cellText(compared, index.column()));
    }
    if (role == stateRole) {
        return static_cast<int>(compared.state);
    }
    return {};
}

QVariant RecordsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case stateColumn:
        return tr("State");
    case recordColumn:
        return tr("Record");
    case wantedColumn:
        return tr("To publish");
    case publishedColumn:
        return tr("Published now");
    }
    return {};
}

} // namespace sealwright
