#include "viewmodels/findingsmodel.h"

#include "text/findingtext.h"

#include <algorithm>

namespace sealwright {

static QString severityTitle(Severity severity) {
    switch (severity) {
    case Severity::ok:
        return FindingsModel::tr("fine");
    case Severity::info:
        return FindingsModel::tr("note");
    case Severity::warning:
        return FindingsModel::tr("warning");
    case Severity::error:
        return FindingsModel::tr("problem");
    case Severity::unknown:
        return FindingsModel::tr("unknown");
    }
    return {};
}

void FindingsModel::clear() {
    beginResetModel();
    findings_.clear();
    endResetModel();
}

void FindingsModel::add(Finding finding) {
    const auto behind = std::ranges::upper_bound(findings_, finding.area, {}, &Finding::area);
    const int row = static_cast<int>(behind - findings_.begin());
    beginInsertRows({}, row, row);
    findings_.insert(behind, std::move(finding));
    endInsertRows();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(findings_.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Finding& finding = findings_[static_cast<std::size_t>(index.row())];
    if (role == severityRole) {
        return static_cast<int>(severityOf(finding.code));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    switch (index.column()) {
    case stateColumn:
        return severityTitle(severityOf(finding.code));
    case areaColumn:
        return areaTitle(finding.area);
    case foundColumn:
        return findingText(finding).found;
    }
    return {};
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case stateColumn:
        return tr("Result");
    case areaColumn:
        return tr("Area");
    case foundColumn:
        return tr("What was seen");
    }
    return {};
}

} // namespace sealwright
