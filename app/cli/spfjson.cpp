#include "cli/spfjson.h"

#include "cli/output.h"
#include "text/problemtext.h"

#include <QJsonArray>

namespace sealwright::cli {

QJsonObject spfJson(const spf::Evaluation& evaluation) {
    QJsonArray trace;
    for (const spf::Step& step : evaluation.trace) {
        trace += QJsonObject{{QStringLiteral("depth"), step.depth},
                             {QStringLiteral("domain"), text(step.domain)},
                             {QStringLiteral("term"), text(step.term)},
                             {QStringLiteral("outcome"), text(toString(step.outcome))}};
    }
    const auto& fault = evaluation.fault;
    return {{QStringLiteral("result"), text(toString(evaluation.result))},
            {QStringLiteral("problem"), fault ? QJsonValue(text(toString(fault->code))) : QJsonValue()},
            {QStringLiteral("problemDomain"), fault ? QJsonValue(shown(fault->domain)) : QJsonValue()},
            {QStringLiteral("problemTerm"), fault ? QJsonValue(shown(fault->term)) : QJsonValue()},
            {QStringLiteral("explanation"),
             evaluation.explanation ? QJsonValue(text(*evaluation.explanation)) : QJsonValue()},
            {QStringLiteral("lookups"), evaluation.lookups},
            {QStringLiteral("voidLookups"), evaluation.voidLookups},
            {QStringLiteral("trace"), trace}};
}

} // namespace sealwright::cli
