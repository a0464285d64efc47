#include "plan/spfplan.h"

#include "spf/lookupcount.h"

#include <algorithm>

namespace sealwright {
namespace {

using spf::Mechanism;
using spf::MechanismKind;
using spf::Modifier;
using spf::Qualifier;
using spf::Term;

Mechanism network(const IpNetwork& network) {
    Mechanism mechanism;
    mechanism.kind = network.address.isV4() ? MechanismKind::ip4 : MechanismKind::ip6;
    mechanism.network = network;
    return mechanism;
}

Mechanism named(MechanismKind kind, const DomainName& name) {
    Mechanism mechanism;
    mechanism.kind = kind;
    mechanism.domainSpec = name.toString();
    return mechanism;
}

Mechanism all(Qualifier qualifier) {
    return {qualifier, MechanismKind::all, {}, {}, {}, {}};
}

bool isAll(const Term& term) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    return mechanism != nullptr && mechanism->kind == MechanismKind::all;
}

bool isRedirect(const Term& term) {
    const auto* modifier = std::get_if<Modifier>(&term);
    return modifier != nullptr && modifier->name == "redirect";
}

std::vector<IpAddress> addressesOf(const DomainName& host, const Published& published) {
    std::vector<IpAddress> found;
    for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
        if (const Answer* answer = published.find(host, type)) {
            std::ranges::copy(addresses(*answer), std::back_inserter(found));
        }
    }
    return found;
}

// By whatever name the MX record knows it: an alias, or another name of the same addresses.
bool isSameHost(const DomainName& exchange, const DomainName& mailHost, const Published& published) {
    const std::vector<IpAddress> known = addressesOf(exchange, published);
    const std::vector<IpAddress> own = addressesOf(mailHost, published);
    const auto isKnown = [&known](const IpAddress& address) {
        return std::ranges::find(known, address) != known.end();
    };
    return exchange == mailHost || (!own.empty() && std::ranges::all_of(own, isKnown));
}

// Whether the mail host is among the domain's MX hosts, as far as is known; a domain without MX will get it as its MX.
// One that nobody named may be among those in the domain, and is none of those elsewhere.
bool mailHostIsMx(const Profile& profile, const Published& published) {
    const Answer* mx = published.find(profile.domain, RecordType::mx);
    if (mx == nullptr || mx->status != AnswerStatus::found) {
        return true;
    }
    return std::ranges::any_of(mxHosts(*mx), [&](const MxHost& host) {
        return profile.mailHost ? isSameHost(host.exchange, *profile.mailHost, published)
                                : host.exchange.isAtOrBelow(profile.domain);
    });
}

// Names are compared without case; a name that is left out is the record's own (section 4.8).
std::string target(const Mechanism& mechanism, const DomainName& name) {
    const auto named = DomainName::parseDns(mechanism.domainSpec);
    return named ? named->toString() : mechanism.domainSpec.empty() ? name.toString() : mechanism.domainSpec;
}

// Whether a sender that `wanted` lets pass passes already.
bool covers(const Term& present, const Mechanism& wanted, const DomainName& name) {
    const auto* mechanism = std::get_if<Mechanism>(&present);
    if (mechanism == nullptr || mechanism->qualifier != Qualifier::pass || mechanism->kind != wanted.kind) {
        return false;
    }
    if (wanted.network) {
        return mechanism->network->prefixLength <= wanted.network->prefixLength &&
               mechanism->network->contains(wanted.network->address);
    }
    return target(*mechanism, name) == target(wanted, name);
}

// The record that stands at the domain today, where there is one that counts.
std::optional<spf::Record> onlyRecord(const Profile& profile, const Published& published) {
    const Answer* answer = published.find(profile.domain, RecordType::txt);
    std::vector<std::string> found = answer == nullptr ? std::vector<std::string>{} : texts(*answer);
    std::erase_if(found, [](const std::string& text) { return !spf::isSpf(text); });
    if (found.size() != 1) {
        return std::nullopt;
    }
    auto record = spf::Record::parse(found.front());
    return record ? std::optional(std::move(*record)) : std::nullopt;
}

bool letsPass(const spf::Record& record, const Mechanism& wanted, const DomainName& name) {
    return std::any_of(record.terms.begin(), std::ranges::find_if(record.terms, isAll),
                       [&](const Term& term) { return covers(term, wanted, name); });
}

bool letsAddressesPass(const spf::Record& record, const DomainName& host, const DomainName& name,
                       const Published& published) {
    const std::vector<IpAddress> own = addressesOf(host, published);
    return !own.empty() && std::ranges::all_of(own, [&](const IpAddress& address) {
        return letsPass(record, network({address, address.isV4() ? 32U : 128U}), name);
    });
}

// Whether mx is the way to let the mail host pass. It is not where the record names its addresses already, nor where
// there are so many MX hosts that whoever meets mx gives up (section 4.6.4).
bool needsMx(const Profile& profile, const Published& published) {
    if (!mailHostIsMx(profile, published)) {
        return false;
    }
    Mechanism mx;
    mx.kind = MechanismKind::mx;
    const auto record = onlyRecord(profile, published);
    if (record && letsPass(*record, mx, profile.domain)) {
        return true;
    }
    if (record && profile.mailHost && letsAddressesPass(*record, *profile.mailHost, profile.domain, published)) {
        return false;
    }
    const Answer* hosts = published.find(profile.domain, RecordType::mx);
    return hosts == nullptr || mxHosts(*hosts).size() <= spf::mostNames;
}

bool overlap(const IpNetwork& a, const IpNetwork& b) {
    return a.prefixLength <= b.prefixLength ? a.contains(b.address) : b.contains(a.address);
}

// Whether some of the senders are caught here, and not let pass: the first match decides (section 4.6.2).
bool catches(const Term& present, const Mechanism& wanted, const DomainName& name) {
    const auto* mechanism = std::get_if<Mechanism>(&present);
    if (mechanism == nullptr || mechanism->qualifier == Qualifier::pass || mechanism->kind != wanted.kind) {
        return false;
    }
    return wanted.network ? overlap(*mechanism->network, *wanted.network)
                          : target(*mechanism, name) == target(wanted, name);
}

bool isUnique(const Modifier& modifier) { // section 6
    return modifier.name == "redirect" || modifier.name == "exp";
}

bool hasModifier(const std::vector<Term>& terms, const std::string& name) {
    return std::ranges::any_of(terms, [&name](const Term& term) {
        const auto* modifier = std::get_if<Modifier>(&term);
        return modifier != nullptr && modifier->name == name;
    });
}

// The terms of one published record. Those that can't be parsed make the whole record a permerror, so they go.
std::vector<Term> readableTerms(const std::string& text, const DomainName& name, std::vector<PlanNote>& notes) {
    std::vector<Term> terms;
    for (std::size_t at = text.find(' '); at < text.size();) {
        const std::size_t begin = text.find_first_not_of(' ', at);
        if (begin == std::string::npos) {
            break;
        }
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        const auto term = spf::parseTerm(word);
        const auto* modifier = term ? std::get_if<Modifier>(&*term) : nullptr;
        const bool twice = modifier != nullptr && isUnique(*modifier) && hasModifier(terms, modifier->name);
        if (term && !twice) {
            terms.push_back(*term);
        } else {
            notes.push_back({PlanNoteCode::spfTermDropped, name, word.substr(0, longestQuote)});
        }
        at = end;
    }
    return terms;
}

void insertBeforeEnd(std::vector<Term>& terms, Term term) {
    const auto end = std::ranges::find_if(terms, [](const Term& each) { return isAll(each) || isRedirect(each); });
    terms.insert(end, std::move(term));
}

// As an include, what redirect= leads to works beside another record's end.
Term asInclude(const Modifier& redirect) {
    Mechanism include;
    include.kind = MechanismKind::include;
    include.domainSpec = redirect.value;
    return include;
}

void addIfNew(std::vector<Term>& terms, const Term& term) {
    if (std::ranges::find(terms, term) == terms.end()) {
        insertBeforeEnd(terms, term);
    }
}

void joinAll(std::vector<Term>& terms, const Term& all) {
    if (std::ranges::any_of(terms, isAll)) {
        return;
    }
    // Section 6.1: beside an all, the first record's redirect= would no longer count.
    if (const auto redirect = std::ranges::find_if(terms, isRedirect); redirect != terms.end()) {
        const Term include = asInclude(std::get<Modifier>(*redirect));
        terms.erase(redirect);
        addIfNew(terms, include);
    }
    terms.push_back(all);
}

// Several records at one name are a permerror (section 4.5): what the second one lets pass goes into the first.
void join(std::vector<Term>& terms, const std::vector<Term>& more, const DomainName& name,
          std::vector<PlanNote>& notes) {
    const bool ends = std::ranges::any_of(more, isAll);
    for (const Term& term : more) {
        const auto* modifier = std::get_if<Modifier>(&term);
        if (isAll(term)) {
            joinAll(terms, term);
            return; // Section 5.1: what stands behind all was never looked at.
        }
        if (isRedirect(term)) {
            if (!ends) {
                addIfNew(terms, asInclude(*modifier));
            }
        } else if (modifier != nullptr && isUnique(*modifier) && hasModifier(terms, modifier->name)) {
            notes.push_back({PlanNoteCode::spfTermDropped, name, spf::toString(term)});
        } else {
            addIfNew(terms, term);
        }
    }
}

int strictness(Qualifier qualifier) {
    switch (qualifier) {
    case Qualifier::pass:
        return 0;
    case Qualifier::neutral:
        return 1;
    case Qualifier::softfail:
        return 2;
    case Qualifier::fail:
        return 3;
    }
    return 0;
}

// How one of several records ends. Without an all of its own it refuses nobody yet, and gets what a new record has.
Qualifier endOf(const std::vector<Term>& terms) {
    const auto all = std::ranges::find_if(terms, isAll);
    return all == terms.end() ? Qualifier::softfail : std::get<Mechanism>(*all).qualifier;
}

// All records at the name as one, whatever order the DNS gives them in. None of them counts today, so what all of them
// would refuse is refused, and no more.
std::vector<Term> joined(std::vector<std::string> found, const DomainName& name, std::vector<PlanNote>& notes) {
    std::ranges::sort(found);
    std::vector<Term> terms;
    Qualifier softest = Qualifier::fail;
    for (const std::string& text : found) {
        const std::vector<Term> more = readableTerms(text, name, notes);
        softest =
            std::min(softest, endOf(more), [](Qualifier a, Qualifier b) { return strictness(a) < strictness(b); });
        if (terms.empty()) {
            terms = more;
        } else {
            join(terms, more, name, notes);
        }
    }
    if (const auto end = std::ranges::find_if(terms, isAll); end != terms.end()) {
        std::get<Mechanism>(*end).qualifier = softest;
    }
    return terms;
}

// Adds what is wanted and not covered; says what it was.
std::string complete(std::vector<Term>& terms, const spf::Record& wanted, const DomainName& name) {
    std::string added;
    for (const Term& term : wanted.terms) {
        const auto& mechanism = std::get<Mechanism>(term);
        // What stands behind all, or behind a term that catches our sender, does nothing for it.
        const auto end = std::ranges::find_if(terms, [&](const Term& t) {
            return isAll(t) || (!isAll(term) && (isRedirect(t) || catches(t, mechanism, name)));
        });
        const bool present =
            isAll(term) ? end != terms.end() || std::ranges::any_of(terms, isRedirect)
                        : std::any_of(terms.begin(), end, [&](const Term& t) { return covers(t, mechanism, name); });
        if (!present) {
            terms.insert(isAll(term) ? std::ranges::find_if(terms, isRedirect) : end, term);
            added += (added.empty() ? "" : " ") + spf::toString(term);
        }
    }
    return added;
}

} // namespace

spf::Record wantedHostSpf() {
    Mechanism a;
    a.kind = MechanismKind::a;
    return {{a, all(Qualifier::fail)}};
}

spf::Record wantedSpf(const Profile& profile, const Published& published) {
    if (profile.role == DomainRole::neverSends) {
        return {{all(Qualifier::fail)}};
    }
    spf::Record record;
    std::vector<IpNetwork> senders = profile.addresses;
    if (needsMx(profile, published)) {
        Mechanism mx;
        mx.kind = MechanismKind::mx;
        record.terms.emplace_back(mx);
    } else if (profile.mailHost) {
        for (const IpAddress& address : addressesOf(*profile.mailHost, published)) {
            if (std::ranges::none_of(senders, [&](const IpNetwork& each) { return each.contains(address); })) {
                senders.push_back({address, address.isV4() ? 32U : 128U});
            }
        }
        if (senders.empty()) {
            record.terms.emplace_back(named(MechanismKind::a, *profile.mailHost));
        }
    }
    for (const IpNetwork& sender : senders) {
        record.terms.emplace_back(network(sender));
    }
    for (const DomainName& name : profile.includes) {
        record.terms.emplace_back(named(MechanismKind::include, name));
    }
    record.terms.emplace_back(
        all(Qualifier::softfail)); // RFC 9989 section 7.1: -all may refuse mail that DKIM would save
    return record;
}

spf::Record mergedSpf(const spf::Record& wanted, const Answer* published, const DomainName& name,
                      std::vector<PlanNote>& notes) {
    std::vector<std::string> found = published == nullptr ? std::vector<std::string>{} : texts(*published);
    std::erase_if(found, [](const std::string& text) { return !spf::isSpf(text); });
    if (published != nullptr && !published->isConclusive() && published->status != AnswerStatus::notAsked) {
        notes.push_back({PlanNoteCode::spfNotRead, name, {}});
    }
    if (found.empty()) {
        return wanted;
    }
    std::vector<Term> terms =
        found.size() == 1 ? readableTerms(found.front(), name, notes) : joined(found, name, notes);
    std::erase_if(terms, [&](Term& term) {
        if (!spf::passesEverybody(term)) {
            return false;
        }
        notes.push_back({PlanNoteCode::spfPassAllReplaced, name, spf::toString(term)});
        if (!isAll(term)) {
            return true;
        }
        std::get<Mechanism>(term).qualifier = Qualifier::softfail;
        return false;
    });
    const std::string added = complete(terms, wanted, name);
    if (found.size() > 1) {
        notes.push_back({PlanNoteCode::spfRecordsJoined, name, std::to_string(found.size())});
    } else if (!added.empty()) {
        notes.push_back({PlanNoteCode::spfMerged, name, added});
    }
    return {std::move(terms)};
}

} // namespace sealwright
