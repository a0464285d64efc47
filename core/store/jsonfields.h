#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <optional>
#include <vector>

namespace sealwright {

/// Takes the fields this version knows out of an object, each by a function that gives nothing for a bad value.
/// What is left over is unknown. Remembers the path of the first bad field, e.g. `keys[0].selector`.
class JsonFields {
public:
    JsonFields(QJsonObject& object, QString path, QString& firstBad)
        : object_(object), path_(std::move(path)), firstBad_(firstBad) {}

    /// Stays unset where there is no such field.
    template <class T, class Convert>
    void read(std::optional<T>& into, QLatin1String name, Convert convert) {
        if (object_.contains(name)) {
            into = convert(object_.take(name));
            complainUnless(into.has_value(), name);
        }
    }

    template <class T, class Convert>
    void require(std::optional<T>& into, QLatin1String name, Convert convert) {
        complainUnless(object_.contains(name), name);
        read(into, name, convert);
    }

    /// `convert` is given the element and its path.
    template <class T, class Convert>
    void readEach(std::vector<T>& into, QLatin1String name, Convert convert) {
        const QJsonValue list = object_.take(name);
        complainUnless(list.isArray() || list.isUndefined(), name);
        const QJsonArray elements = list.toArray();
        for (qsizetype i = 0; i < elements.size(); ++i) {
            const QString element = QStringLiteral("%1[%2]").arg(name).arg(i);
            auto converted = convert(elements.at(i), path_ + element);
            complainUnless(converted.has_value(), element);
            if (converted) {
                into.push_back(std::move(*converted));
            }
        }
    }

    void complainUnless(bool good, const QString& name) {
        if (!good && firstBad_.isEmpty()) {
            firstBad_ = path_ + name;
        }
    }

private:
    QJsonObject& object_;
    QString path_;
    QString& firstBad_;
};

} // namespace sealwright
