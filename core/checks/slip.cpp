#include "checks/slip.h"

#include "base/ascii.h"
#include "mtasts/record.h"
#include "spf/record.h"
#include "tlsrpt/record.h"

#include <algorithm>
#include <array>

namespace sealwright {
namespace {

constexpr std::size_t mostRecordsJoined = 4;
constexpr std::size_t shortestCut = 20; ///< Octets below which a beginning says nothing.

std::string without(std::string text, std::initializer_list<std::string_view> pieces) {
    for (const std::string_view piece : pieces) {
        for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at)) {
            text.erase(at, piece.size());
        }
    }
    return text;
}

std::string with(std::string text, std::initializer_list<std::pair<std::string_view, std::string_view>> replacements) {
    for (const auto& [from, to] : replacements) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
    }
    return text;
}

/// "v=DKIM1", "v=spf1" or "v=DMARC1", as the wanted record begins.
std::string_view versionOf(std::string_view wanted) {
    return wanted.substr(0, wanted.find_first_of("; "));
}

std::string_view behindFirstSpace(std::string_view text) {
    return text.substr(std::min(text.find(' '), text.size()));
}

/// What was to be published, or for SPF and DMARC any valid record: what it says may have been changed since.
bool isIt(const PlannedRecord& wanted, std::string_view text) {
    switch (wanted.purpose) {
    case Purpose::dkim:
        return saysTheSame(wanted, text);
    case Purpose::spf:
    case Purpose::hostSpf:
        return spf::isSpf(text) && spf::Record::parse(text);
    case Purpose::dmarc:
    case Purpose::reportAuthorization:
        return dmarc::isDmarc(text) && dmarc::Record::parse(text);
    case Purpose::mtaSts:
        return mtasts::isMtaSts(text) && mtasts::Record::parse(text);
    case Purpose::tlsRpt:
        return tlsrpt::isTlsRpt(text) && tlsrpt::Record::parse(text);
    case Purpose::mx: // whatever its preference
        return sameLetters(behindFirstSpace(text), behindFirstSpace(wanted.record.value));
    case Purpose::tlsa:
        return sameLetters(trimmed(text), wanted.record.value);
    case Purpose::mtaStsHost: // Any address will do.
        return IpAddress::parse(text).has_value();
    case Purpose::nullMx:
        break;
    }
    return false;
}

// Each undoes one thing that forms and programs do to a text. `wanted` is what was to be published.
using Undo = std::string (*)(std::string text, std::string_view wanted);

std::string undoQuotes(std::string text, std::string_view) {
    return without(std::move(text), {"\" \"", "\""});
}
std::string undoSmartQuotes(std::string text, std::string_view) {
    return without(std::move(text), {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb"});
}
std::string undoBackslashes(std::string text, std::string_view) {
    return without(std::move(text), {"\\"});
}
std::string undoEntities(std::string text, std::string_view) {
    return with(std::move(text),
                {{"&quot;", "\""}, {"&#59;", ";"}, {"&semi;", ";"}, {"&equals;", "="}, {"&#61;", "="}, {"&amp;", "&"}});
}
std::string undoInvisible(std::string text, std::string_view) {
    return without(with(std::move(text), {{"\u00a0", " "}}), {"\u200b", "\u200e", "\ufeff"});
}
std::string undoSpaces(std::string text, std::string_view) {
    return std::string(trimmed(text));
}
std::string undoWholeLine(std::string text, std::string_view wanted) {
    const std::size_t begin = text.find(versionOf(wanted));
    return begin == std::string::npos ? text : text.substr(begin, text.find_last_not_of(" )") + 1 - begin);
}
std::string undoPem(std::string text, std::string_view) {
    return without(std::move(text), {"-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----", "\r", "\n"});
}
std::string undoOtherSeparators(std::string text, std::string_view wanted) {
    if (wanted.find(';') == std::string_view::npos) {
        return text;
    }
    text = with(std::move(text), {{",", ";"}, {";;", ";"}});
    return text.find(';') == std::string::npos ? with(std::move(text), {{" ", "; "}}) : text;
}
std::string undoCase(std::string text, std::string_view wanted) {
    const std::string_view version = versionOf(wanted);
    const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    if (text.size() >= version.size() && std::equal(version.begin(), version.end(), text.begin(), same)) {
        text.replace(0, version.size(), version);
    }
    return text;
}
std::string undoNoVersion(std::string text, std::string_view wanted) {
    const bool isTagList = wanted.find(';') != std::string_view::npos;
    // Nearly any text would be an SPF record with a version before it.
    const auto beginsWith = [&text](std::string_view tag) { return text.starts_with(tag); };
    const bool isBody =
        isTagList ? std::ranges::any_of(std::array{"p=", "k=", "rua=", "id="}, beginsWith) : text.ends_with("all");
    return isBody ? std::string(versionOf(wanted)) + (isTagList ? "; " : " ") + text : text;
}
std::string undoKeyAlone(std::string text, std::string_view wanted) {
    const bool isBase64 = text.find_first_of("=; ") >= text.find_last_not_of('=');
    return isBase64 && wanted.starts_with("v=DKIM1") ? std::string(wanted.substr(0, wanted.find("p=") + 2)) + text
                                                     : text;
}

struct TextSlip {
    FindingCode code;
    Undo undo;
};
// In the order in which they are undone; the first that changed something gives its name.
// clang-format off
constexpr std::array textSlips{
    TextSlip{FindingCode::slipHtml, undoEntities},
    TextSlip{FindingCode::slipSmartQuotes, undoSmartQuotes},
    TextSlip{FindingCode::slipInvisible, undoInvisible},
    TextSlip{FindingCode::slipBackslashes, undoBackslashes},
    TextSlip{FindingCode::slipQuotes, undoQuotes},
    TextSlip{FindingCode::slipPem, undoPem},
    TextSlip{FindingCode::slipSpaces, undoSpaces},
    TextSlip{FindingCode::slipWholeLine, undoWholeLine},
    TextSlip{FindingCode::slipCase, undoCase},
    TextSlip{FindingCode::slipSeparators, undoOtherSeparators},
    TextSlip{FindingCode::slipKeyAlone, undoKeyAlone},
    TextSlip{FindingCode::slipNoVersion, undoNoVersion},
};
// clang-format on

std::optional<FindingCode> slipInText(const PlannedRecord& wanted, const std::string& seen) {
    std::optional<FindingCode> first;
    std::string text = seen;
    for (const auto& [code, undo] : textSlips) {
        std::string undone = undo(text, wanted.record.value);
        if (undone == text) {
            continue;
        }
        first = first.value_or(code);
        text = std::move(undone);
        if (isIt(wanted, text)) {
            return first;
        }
    }
    return std::nullopt;
}

/// White space is nothing in a key record's p=, and where strings were split one may be too much.
std::string squeezed(std::string_view text) {
    std::string result;
    std::ranges::copy_if(text, std::back_inserter(result), [](char c) { return c != ' ' && c != '\t'; });
    return result;
}

bool isCutShort(std::string_view wanted, std::string_view seen) {
    const std::string whole = squeezed(wanted);
    const std::string part = squeezed(seen);
    return part.size() >= shortestCut && part.size() < whole.size() && whole.starts_with(part);
}

bool isInPieces(const PlannedRecord& wanted, std::vector<std::string> pieces) {
    if (pieces.size() < 2 || pieces.size() > mostRecordsJoined) {
        return false;
    }
    std::ranges::sort(pieces);
    do {
        std::string joined;
        for (const std::string& piece : pieces) {
            joined += piece;
        }
        if (isIt(wanted, joined)) {
            return true;
        }
    } while (std::ranges::next_permutation(pieces).found);
    return false;
}

struct Place {
    FindingCode code;
    Question question;
};

class Places {
public:
    explicit Places(Question right) : right_(std::move(right)) {}
    void add(FindingCode code, const tl::expected<DomainName, Problem<DomainNameError>>& name) {
        if (name) {
            add(code, Question{*name, right_.type});
        }
    }
    void add(FindingCode code, const Question& question) {
        if (question != right_ && std::ranges::find(places_, question, &Place::question) == places_.end()) {
            places_.push_back({code, question});
        }
    }
    [[nodiscard]] std::vector<Place> take() { return std::move(places_); }

private:
    const Question right_;
    std::vector<Place> places_;
};

/// What stands before `owner` in a name below it; empty where it is not below.
std::string ownPart(const DomainName& name, const DomainName& owner) {
    const std::string& text = name.toString();
    return name.isAtOrBelow(owner) && name != owner ? text.substr(0, text.size() - owner.toString().size() - 1)
                                                    : std::string();
}

/// For names such as _dmarc or _smtp._tls below the domain.
void addPlacesBelowDomain(const CheckInput& input, const PlannedRecord& wanted, Places& places) {
    const DomainName& domain = input.profile.domain;
    const std::string own = ownPart(wanted.record.name, domain);
    if (own.empty()) {
        return;
    }
    places.add(FindingCode::slipNoUnderscore, domain.child(without(own, {"_"})));
    const std::string first = own.substr(0, own.find('.'));
    const std::string rest = first == own ? std::string() : own.substr(first.size() + 1);
    if (wanted.purpose == Purpose::dkim) {
        places.add(FindingCode::slipNoDomainkey, domain.child(first));
        places.add(FindingCode::slipNamesSwapped, domain.child(rest + '.' + first));
        places.add(FindingCode::slipNoSelector, domain.child(rest));
        for (const SigningKey& other : input.profile.keys) {
            places.add(FindingCode::slipOtherSelector, domain.child(other.selector.toString() + "._domainkey"));
        }
    } else if (!rest.empty()) {
        places.add(FindingCode::slipPartOfName, domain.child(first));
        places.add(FindingCode::slipPartOfName, domain.child(rest));
    }
    places.add(FindingCode::slipAtDomain, domain);
    if (input.profile.mailHost) {
        places.add(FindingCode::slipAtMailHost, input.profile.mailHost->child(own));
    }
}

/// _25._tcp stands below the mail host, and many a form has no TLSA.
void addPlacesOfTlsa(const CheckInput& input, const PlannedRecord& wanted, Places& places) {
    const DomainName& host = *input.profile.mailHost;
    const std::string own = ownPart(wanted.record.name, host);
    places.add(FindingCode::slipWrongType, Question{wanted.record.name, RecordType::txt});
    places.add(FindingCode::slipNoUnderscore, host.child(without(own, {"_"})));
    places.add(FindingCode::slipPartOfName, host.child(own.substr(0, own.find('.'))));
    places.add(FindingCode::slipPartOfName, host);
    places.add(FindingCode::slipBelowDomain, input.profile.domain.child(own));
}

/// Where the record may have ended up.
std::vector<Place> otherPlaces(const CheckInput& input, const PlannedRecord& wanted) {
    // A host may be an alias, as planned, or have addresses of its own.
    const RecordType type = wanted.purpose == Purpose::mtaStsHost ? RecordType::a : wanted.record.type;
    Places places({wanted.record.name, type});
    for (const DomainName& zone :
         {wanted.zone, input.profile.domain}) { // A form that completes names, given a whole one.
        places.add(FindingCode::slipDoubledDomain, zone.child(wanted.record.name.toString()));
    }
    switch (wanted.purpose) {
    case Purpose::dkim:
    case Purpose::dmarc:
    case Purpose::mtaSts:
    case Purpose::tlsRpt:
        addPlacesBelowDomain(input, wanted, places);
        break;
    case Purpose::tlsa:
        addPlacesOfTlsa(input, wanted, places);
        break;
    case Purpose::mx:
        places.add(FindingCode::slipMxOfMailHost, *input.profile.mailHost);
        break;
    case Purpose::spf:
    case Purpose::hostSpf:
    case Purpose::reportAuthorization:
    case Purpose::nullMx:
    case Purpose::mtaStsHost:
        break;
    }
    return places.take();
}

void lookElsewhere(const CheckInput& input, Area area, const PlannedRecord& wanted, const FindingSink& sink,
                   const std::stop_token& stop) {
    const std::vector<Place> places = otherPlaces(input, wanted);
    std::vector<Question> questions;
    std::ranges::transform(places, std::back_inserter(questions), &Place::question);
    const std::vector<Answer> answers = input.resolver.lookupAll(questions, stop);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        for (const ResourceRecord& seen : seenRecords(answers[i])) {
            if (isIt(wanted, seen.value) || slipInText(wanted, seen.value)) {
                sink({places[i].code,
                      area,
                      wanted.record.name,
                      {questions[i].name.toString(), std::string(toString(wanted.record.type))},
                      {wanted.record},
                      {seen}});
                return;
            }
        }
    }
}

/// What happened to the text of a TXT record on its way to the right name. Whether that explains it.
bool tellOfText(Area area, const PlannedRecord& wanted, const std::vector<ResourceRecord>& seen,
                const FindingSink& sink) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments = {}) {
        sink({code, area, wanted.record.name, std::move(arguments), {wanted.record}, seen});
        return true;
    };
    std::vector<std::string> pieces;
    for (const ResourceRecord& record : seen) {
        if (isIt(wanted, record.value)) {
            return true; // It says something else or stands beside others: that has a finding of its own.
        }
        if (const auto code = slipInText(wanted, record.value)) {
            return tell(*code);
        }
        if (isCutShort(wanted.record.value, record.value) && seen.size() == 1) {
            return tell(FindingCode::slipCutShort, {std::to_string(record.value.size())});
        }
        pieces.push_back(record.value);
    }
    return isInPieces(wanted, std::move(pieces)) && tell(FindingCode::slipInPieces, {std::to_string(seen.size())});
}

} // namespace

void tellOfSlip(const CheckInput& input, Area area, const ComparedRecord& compared, const FindingSink& sink,
                const std::stop_token& stop) {
    const PlannedRecord& wanted = compared.planned;
    if (compared.state != RecordState::missing && compared.state != RecordState::differs) {
        return;
    }
    const Answer there = answerTo(input, {wanted.record.name, wanted.record.type}, stop);
    const std::vector<ResourceRecord> seen = seenRecords(there);
    if (there.canonicalName != wanted.record.name && seen.empty()) {
        sink({FindingCode::slipAlias,
              area,
              wanted.record.name,
              {there.canonicalName.toString()},
              {wanted.record},
              seen});
        return;
    }
    const bool isExplained = wanted.record.type == RecordType::txt && tellOfText(area, wanted, seen, sink);
    if (!isExplained) {
        lookElsewhere(input, area, wanted, sink, stop);
    }
}

} // namespace sealwright
