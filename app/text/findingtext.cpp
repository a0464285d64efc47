#include "text/findingtext.h"

#include "text/findingwords.h"
#include "text/problemtext.h"
#include "zone/zonefile.h"

#include <QCoreApplication>

#include <map>

namespace sealwright {
namespace {

std::map<FindingCode, FindingWords> allWords() {
    std::map<FindingCode, FindingWords> all;
    for (const auto words : {delegationWords(), mxWords(), sendersWords(), spfWords(), dkimWords(), dmarcWords(),
                             reportsWords(), mtaStsWords(), tlsRptWords(), daneWords(), smtpWords(), blocklistWords(),
                             bimiWords(), slipWords(), dnsWords()}) {
        for (const FindingWords& row : words) {
            all.emplace(row.code, row);
        }
    }
    return all;
}

const FindingWords& wordsOf(FindingCode code) {
    static const std::map<FindingCode, FindingWords> all = allWords();
    return all.at(code); // unit/text/findingtexttest asks for every code.
}

// Fills in a sentence from left to right, so that what is filled in is never taken for a placeholder.
class Sentence {
public:
    explicit Sentence(const Finding& finding) : finding_(finding) {}

    [[nodiscard]] QString fill(QStringView words) const {
        QString text;
        while (!words.isEmpty()) {
            const QChar first = words.front();
            words = words.sliced(1);
            if (first == u'[') {
                const qsizetype end = words.indexOf(u']');
                text += isTold(words.first(end)) ? fill(words.first(end)) : QString();
                words = words.sliced(end + 1);
            } else if (first == u'%' && !words.isEmpty()) {
                text += placeholder(words);
            } else {
                text += first;
            }
        }
        return text;
    }

private:
    // Takes what stands behind % off the words.
    [[nodiscard]] QString placeholder(QStringView& words) const {
        const QChar kind = words.front();
        words = words.sliced(1);
        if (kind == u'R') {
            return records();
        }
        if (kind == u'L') {
            const QChar number = words.front();
            words = words.sliced(1);
            return list(indexOf(number));
        }
        return kind == u'1' ? shown(finding_.subject.toUnicode()) : argument(indexOf(kind));
    }

    [[nodiscard]] static std::size_t indexOf(QChar number) { return static_cast<std::size_t>(number.digitValue() - 2); }

    [[nodiscard]] bool isTold(QStringView words) const {
        const qsizetype at = words.indexOf(u'%');
        if (at >= 0 && words.at(at + 1) == u'R') {
            return !finding_.expected.empty();
        }
        return at < 0 || !argument(indexOf(words.at(at + (words.at(at + 1) == u'L' ? 2 : 1)))).isEmpty();
    }

    [[nodiscard]] QString argument(std::size_t index) const {
        return index < finding_.arguments.size() ? shown(finding_.arguments[index]) : QString();
    }

    [[nodiscard]] QString list(std::size_t first) const {
        QStringList items;
        for (std::size_t i = first; i < finding_.arguments.size(); ++i) {
            items += shown(finding_.arguments[i]);
        }
        return items.join(QStringLiteral(", "));
    }

    // The records to publish, each on a line of its own.
    [[nodiscard]] QString records() const {
        QString text;
        for (const ResourceRecord& record : finding_.expected) {
            text += QStringLiteral("\n") +
                    QString::fromStdString(zoneText({&record, 1}, record.name, ZoneNames::absolute)).trimmed();
        }
        return text;
    }

    const Finding& finding_;
};

} // namespace

FindingText findingText(const Finding& finding) {
    const Sentence sentence(finding);
    const auto filled = [&](const char* words) {
        return words == nullptr ? QString() : sentence.fill(QCoreApplication::translate("sealwright::Findings", words));
    };
    const FindingWords& words = wordsOf(finding.code);
    return {filled(words.found), filled(words.why), filled(words.remedy)};
}

Severity severityOf(FindingCode code) {
    return wordsOf(code).severity;
}

QString toString(Severity severity) {
    switch (severity) {
    case Severity::ok:
        return QStringLiteral("ok");
    case Severity::info:
        return QStringLiteral("info");
    case Severity::warning:
        return QStringLiteral("warning");
    case Severity::error:
        return QStringLiteral("error");
    case Severity::unknown:
        return QStringLiteral("unknown");
    }
    return {};
}

} // namespace sealwright
