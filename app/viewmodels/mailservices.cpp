#include "viewmodels/mailservices.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace sealwright {

using namespace Qt::StringLiterals;

const std::vector<MailService>& mailServices() {
    static const std::vector<MailService> services = [] {
        std::vector<MailService> read;
        QFile file(u":/sealwright/mailservices.json"_s);
        if (!file.open(QIODevice::ReadOnly)) {
            return read;
        }
        for (const auto entry : QJsonDocument::fromJson(file.readAll()).array()) {
            const QJsonObject object = entry.toObject();
            if (auto include = DomainName::parseDns(object["include"_L1].toString().toStdString())) {
                read.push_back(
                    {object["name"_L1].toString(), std::move(*include), object["ownReturnPath"_L1].toBool()});
            }
        }
        return read;
    }();
    return services;
}

} // namespace sealwright
