#pragma once

#include <QIcon>
#include <QIdentityProxyModel>

#include <functional>

namespace sealwright {

/// Adds the icon to the first column of a view-model's table: view-models know no icons.
class IconColumn final : public QIdentityProxyModel {
    Q_OBJECT

public:
    using IconOf = std::function<QIcon(int)>;

    IconColumn(QAbstractItemModel* source, int role, IconOf iconOf, QObject* parent)
        : QIdentityProxyModel(parent), role_(role), iconOf_(std::move(iconOf)) {
        setSourceModel(source);
    }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override {
        if (role == Qt::DecorationRole && index.column() == 0) {
            return iconOf_(index.data(role_).toInt());
        }
        return QIdentityProxyModel::data(index, role);
    }

private:
    int role_;
    IconOf iconOf_;
};

} // namespace sealwright
