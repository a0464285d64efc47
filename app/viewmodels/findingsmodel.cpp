#include "viewmodels/findingsmodel.h"

#include "text/findingorder.h"
#include "text/tooltip.h"

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

static bool isBefore(const Finding& one, const Finding& other) {
    return std::pair(urgency(severityOf(one.code)), one.area) < std::pair(urgency(severityOf(other.code)), other.area);
}

void FindingsModel::clear() {
    beginResetModel();
    rows_.clear();
    findings_.clear();
    endResetModel();
}

void FindingsModel::add(Finding finding) {
    const Finding& added = findings_.emplace_back(std::move(finding));
    if (everything_ || !isFurther(added)) {
        insert(added);
    }
}

void FindingsModel::showEverything(bool everything) {
    if (everything == everything_) {
        return;
    }
    everything_ = everything;
    for (const Finding& finding : findings_) {
        if (isFurther(finding) && everything) {
            insert(finding);
        } else if (isFurther(finding)) {
            const auto place = std::ranges::find(rows_, &finding);
            const int row = static_cast<int>(place - rows_.begin());
            beginRemoveRows({}, row, row);
            rows_.erase(place);
            endRemoveRows();
        }
    }
}

/// It says no more than an earlier one of its area does.
bool FindingsModel::isFurther(const Finding& finding) const {
    return isQuiet(finding) && &finding != &*std::ranges::find_if(findings_, [&](const Finding& other) {
               return other.area == finding.area && isQuiet(other);
           });
}

void FindingsModel::insert(const Finding& finding) {
    const auto behind = std::ranges::upper_bound(
        rows_, &finding, [](const Finding* one, const Finding* other) { return isBefore(*one, *other); });
    const int row = static_cast<int>(behind - rows_.begin());
    beginInsertRows({}, row, row);
    rows_.insert(behind, &finding);
    endInsertRows();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Finding& finding = at(index.row());
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
        return role == Qt::ToolTipRole ? plainToolTip(findingText(finding).found) : findingText(finding).found;
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
