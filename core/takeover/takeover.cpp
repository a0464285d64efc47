#include "takeover/takeover.h"

#include "base/base64.h"
#include "dkim/keyrecord.h"
#include "takeover/filename.h"

#include <algorithm>
#include <map>

namespace sealwright::takeover {
namespace {

struct Hint {
    Selector selector;
    Evidence evidence;

    auto operator<=>(const Hint&) const = default;
};

// What names tell of one key.
struct Hints {
    std::vector<Hint> ours;          ///< The surest first.
    std::vector<Selector> vague;     ///< Worth a question, and no more.
    std::optional<DomainName> other; ///< Whose it seems to be, where nothing says it is ours.
};

// Paths, compared from their ends: a folder that was copied has lost what stood above it.
std::size_t sharedComponents(std::string_view a, std::string_view b) {
    std::size_t count = 0;
    while (!a.empty() && !b.empty()) {
        const std::size_t aSlash = a.rfind('/');
        const std::size_t bSlash = b.rfind('/');
        if (a.substr(aSlash + 1) != b.substr(bSlash + 1)) {
            break;
        }
        ++count;
        a = a.substr(0, aSlash == std::string_view::npos ? 0 : aSlash);
        b = b.substr(0, bSlash == std::string_view::npos ? 0 : bSlash);
    }
    return count;
}

std::string_view lastOf(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

class Matching {
public:
    Matching(const ServerFolder& folder, const DomainName& domain) : folder_(folder), domain_(domain) {
        for (std::size_t row = 0; row < folder.rows.size(); ++row) {
            rowsByName_[lastOf(folder.rows[row].path)].push_back(row);
        }
        for (const FoundKey& key : folder.keys) {
            for (const std::string& file : key.files) {
                ++filesByName_[lastOf(file)];
            }
        }
        hints_.reserve(folder.keys.size());
        for (const FoundKey& key : folder.keys) {
            hints_.push_back(hintsOf(key));
        }
    }

    void ask(Resolver& resolver, std::chrono::sys_seconds now, const std::stop_token& stop) {
        std::vector<Question> questions;
        const std::vector<Selector> selectors = worthAsking(now);
        for (const Selector& selector : selectors) {
            questions.push_back({*dkimKeyName(selector, domain_), RecordType::txt});
        }
        const std::vector<Answer> answers = resolver.lookupAll(questions, stop);
        for (std::size_t i = 0; i < answers.size() && i < selectors.size(); ++i) {
            answers_.emplace_back(selectors[i], answers[i]);
        }
    }

    [[nodiscard]] Takeover decide() const {
        Takeover takeover{{}, folder_.left};
        for (std::size_t key = 0; key < folder_.keys.size(); ++key) {
            if (const auto match = published(key)) {
                takeover.taken.push_back(*match);
                continue;
            }
            const auto guess = byNames(key);
            if (guess) {
                takeover.taken.push_back(*guess);
            } else {
                leave(key, guess.error().first, guess.error().second, takeover);
            }
        }
        settleClaims(takeover);
        return takeover;
    }

private:
    using Why = std::pair<LeftReason, std::string>;

    [[nodiscard]] Hints hintsOf(const FoundKey& key) const {
        Hints hints;
        const auto add = [&hints](const Selector& selector, Evidence evidence) {
            hints.ours.push_back({selector, evidence});
        };
        const auto isOurs = [&](const std::optional<DomainName>& domain) { return !domain || *domain == domain_; };
        for (const std::string& file : key.files) {
            for (const std::size_t row : rowsOf(file)) {
                const KeyTableRow& read = folder_.rows[row];
                if (isOurs(read.domain)) {
                    add(read.selector, Evidence::keyTable);
                } else {
                    hints.other = read.domain;
                }
            }
        }
        const std::string publicKey = key.key.publicKey();
        for (const FoundHalf& found : folder_.halves) {
            if (!isHalfOf(found.half, publicKey)) {
                continue;
            }
            const FileName name = readFileName(found.file, folder_.name, domain_);
            const auto& domain = found.half.domain ? found.half.domain : name.other;
            if (!isOurs(domain)) {
                hints.other = hints.other ? hints.other : domain;
            } else if (found.half.selector) {
                add(*found.half.selector, Evidence::recordFile);
            } else if (name.selector) {
                add(*name.selector, name.namesOurs ? Evidence::path : Evidence::fileName);
            }
        }
        for (const std::string& file : key.files) {
            const FileName name = readFileName(file, folder_.name, domain_);
            hints.other = hints.other ? hints.other : name.other;
            if (name.selector && !name.other) {
                add(*name.selector, name.namesOurs ? Evidence::path : Evidence::fileName);
            } else if (name.selector) {
                hints.vague.push_back(*name.selector);
            }
            hints.vague.insert(hints.vague.end(), name.folders.begin(), name.folders.end());
        }
        std::ranges::stable_sort(hints.ours, {}, &Hint::evidence);
        if (!hints.ours.empty() && hints.ours.front().evidence < Evidence::fileName) {
            hints.other.reset();
        }
        return hints;
    }

    // The rows that are about this file: those whose path ends like its own as far as that is known; or the only one
    // with its name, where no other file has that name.
    [[nodiscard]] std::vector<std::size_t> rowsOf(const std::string& file) const {
        const auto named = rowsByName_.find(lastOf(file));
        if (named == rowsByName_.end()) {
            return {};
        }
        const auto depth = static_cast<std::size_t>(std::ranges::count(file, '/')) + 1;
        const std::string whole = folder_.name + '/' + file;
        std::vector<std::size_t> best;
        std::size_t most = depth;
        for (const std::size_t row : named->second) {
            const std::size_t shared = sharedComponents(whole, folder_.rows[row].path);
            if (shared > most) {
                best.clear();
                most = shared;
            }
            if (shared == most) {
                best.push_back(row);
            }
        }
        if (best.empty() && filesByName_.at(lastOf(file)) == 1 && isOnePath(named->second)) {
            return named->second;
        }
        return best;
    }

    // Several domains may share a key.
    [[nodiscard]] bool isOnePath(const std::vector<std::size_t>& rows) const {
        return std::ranges::all_of(
            rows, [&](std::size_t row) { return folder_.rows[row].path == folder_.rows[rows.front()].path; });
    }

    [[nodiscard]] std::vector<Selector> worthAsking(std::chrono::sys_seconds now) const {
        std::vector<Selector> selectors;
        const auto add = [&](const Selector& selector) {
            if (selectors.size() < mostSelectors && dkimKeyName(selector, domain_) &&
                std::ranges::find(selectors, selector) == selectors.end()) {
                selectors.push_back(selector);
            }
        };
        for (const bool sure : {true, false}) {
            for (const Hints& hints : hints_) {
                for (const Hint& hint : hints.ours) {
                    if ((hint.evidence < Evidence::fileName) == sure) {
                        add(hint.selector);
                    }
                }
            }
        }
        std::ranges::for_each(commonSelectors(now), add);
        for (const Hints& hints : hints_) {
            std::ranges::for_each(hints.vague, add);
        }
        return selectors;
    }

    [[nodiscard]] const Answer* answerAt(const Selector& selector) const {
        const auto found = std::ranges::find(answers_, selector, &std::pair<Selector, Answer>::first);
        return found == answers_.end() ? nullptr : &found->second;
    }

    // RFC 6376 section 3.6.1 describes p= of RSA as the bare RSAPublicKey, which is the end of what everybody
    // publishes.
    [[nodiscard]] static bool isSame(const std::string& published, const std::string& publicKey, KeyType type) {
        if (published == publicKey) {
            return true;
        }
        const auto whole = base64Decode(publicKey);
        const auto part = base64Decode(published);
        return type == KeyType::rsa && whole && part && part->size() > 64 && whole->ends_with(*part);
    }

    [[nodiscard]] static bool publishes(const Answer& answer, const KeyPair& key) {
        return std::ranges::any_of(texts(answer), [&key](const std::string& text) {
            const auto record = dkim::KeyRecord::parse(text);
            return record && !record->isRevoked() && record->type == key.type() &&
                   isSame(record->publicKey, key.publicKey(), key.type());
        });
    }

    // The selector that has this key in the DNS; where several have it, the one that names speak of.
    [[nodiscard]] std::optional<TakenKey> published(std::size_t key) const {
        for (const Hint& hint : hints_[key].ours) {
            const Answer* answer = answerAt(hint.selector);
            if (answer != nullptr && publishes(*answer, folder_.keys[key].key)) {
                return TakenKey{key, hint.selector, Evidence::dns, Publication::published};
            }
        }
        for (const auto& [selector, answer] : answers_) {
            if (publishes(answer, folder_.keys[key].key)) {
                return TakenKey{key, selector, Evidence::dns, Publication::published};
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] tl::expected<TakenKey, Why> byNames(std::size_t key) const {
        const Hints& hints = hints_[key];
        std::optional<Why> why;
        const auto because = [&why](LeftReason reason, const std::string& what) {
            why = why ? why : Why{reason, what};
        };
        for (const Hint& hint : hints.ours) {
            const bool sure = hint.evidence < Evidence::fileName;
            const std::string& name = hint.selector.toString();
            const Answer* answer = answerAt(hint.selector);
            if (answer == nullptr || (hints.other && !sure)) {
                continue;
            }
            if (answer->status == AnswerStatus::notAsked) {
                return TakenKey{key, hint.selector, hint.evidence, Publication::unknown};
            }
            if (!answer->isConclusive()) {
                because(LeftReason::dnsSilent, name);
            } else if (!texts(*answer).empty() && sure) {
                because(isWithdrawn(*answer) ? LeftReason::withdrawn : LeftReason::otherKeyPublished, name);
            } else if (sure) {
                return TakenKey{key, hint.selector, hint.evidence, Publication::missing};
            }
        }
        if (!why && hints.other) {
            why = Why{LeftReason::otherDomain, hints.other->toString()};
        }
        const auto silent = std::ranges::find_if(answers_, [](const auto& asked) {
            return !asked.second.isConclusive() && asked.second.status != AnswerStatus::notAsked;
        });
        if (!why && silent != answers_.end()) {
            why = Why{LeftReason::dnsSilent, silent->first.toString()};
        }
        return tl::unexpected(why.value_or(Why{LeftReason::selectorUnknown, {}}));
    }

    [[nodiscard]] static bool isWithdrawn(const Answer& answer) {
        return std::ranges::all_of(texts(answer), [](const std::string& text) {
            const auto record = dkim::KeyRecord::parse(text);
            return record && record->isRevoked();
        });
    }

    void leave(std::size_t key, LeftReason why, const std::string& what, Takeover& takeover) const {
        for (const std::string& file : folder_.keys[key].files) {
            takeover.left.push_back({file, why, what, {}});
        }
    }

    // A selector has one key: of several the one with the surest evidence, and none where that is not one.
    void settleClaims(Takeover& takeover) const {
        std::map<Selector, std::vector<TakenKey>> claims;
        for (const TakenKey& taken : takeover.taken) {
            claims[taken.selector].push_back(taken);
        }
        std::erase_if(takeover.taken, [&](const TakenKey& taken) {
            const auto& rivals = claims.at(taken.selector);
            const bool wins = std::ranges::all_of(rivals, [&taken](const TakenKey& rival) {
                return rival.key == taken.key || rival.evidence > taken.evidence;
            });
            if (!wins) {
                leave(taken.key, LeftReason::claimedTwice, taken.selector.toString(), takeover);
            }
            return !wins;
        });
    }

    const ServerFolder& folder_;
    const DomainName& domain_;
    std::map<std::string_view, std::vector<std::size_t>> rowsByName_;
    std::map<std::string_view, std::size_t> filesByName_;
    std::vector<Hints> hints_; ///< One per key.
    std::vector<std::pair<Selector, Answer>> answers_;
};

} // namespace

std::string_view toString(Evidence evidence) {
    switch (evidence) {
    case Evidence::dns:
        return "dns";
    case Evidence::keyTable:
        return "keyTable";
    case Evidence::recordFile:
        return "recordFile";
    case Evidence::path:
        return "path";
    case Evidence::fileName:
        return "fileName";
    }
    return {};
}

std::string_view toString(Publication publication) {
    switch (publication) {
    case Publication::published:
        return "published";
    case Publication::missing:
        return "missing";
    case Publication::unknown:
        return "unknown";
    }
    return {};
}

std::string_view toString(LeftReason reason) {
    switch (reason) {
    case LeftReason::link:
        return "link";
    case LeftReason::notAFile:
        return "notAFile";
    case LeftReason::unreadable:
        return "unreadable";
    case LeftReason::tooLarge:
        return "tooLarge";
    case LeftReason::tooDeep:
        return "tooDeep";
    case LeftReason::refused:
        return "refused";
    case LeftReason::brokenRow:
        return "brokenRow";
    case LeftReason::keyInTable:
        return "keyInTable";
    case LeftReason::otherDomain:
        return "otherDomain";
    case LeftReason::selectorUnknown:
        return "selectorUnknown";
    case LeftReason::otherKeyPublished:
        return "otherKeyPublished";
    case LeftReason::withdrawn:
        return "withdrawn";
    case LeftReason::dnsSilent:
        return "dnsSilent";
    case LeftReason::claimedTwice:
        return "claimedTwice";
    case LeftReason::alreadyHere:
        return "alreadyHere";
    case LeftReason::selectorTaken:
        return "selectorTaken";
    }
    return {};
}

std::vector<Selector> commonSelectors(std::chrono::sys_seconds now) {
    constexpr const char* words[] = {
        "default", "mail",     "dkim", "s1",      "s2",    "selector1", "selector2", "key1",   "key2",     "k1",  "k2",
        "exim",    "exim4",    "smtp", "mta",     "email", "server",    "dkim1",     "dkim2",  "selector", "key", "x",
        "postfix", "opendkim", "rsa",  "ed25519", "mail1", "mx",        "main",      "rspamd", "1",        "2"};
    std::vector<Selector> selectors;
    const auto add = [&selectors](const std::string& name) { selectors.push_back(*Selector::parse(name)); };
    for (const char* word : words) {
        add(word);
    }
    using namespace std::chrono;
    const year_month_day today(floor<days>(now));
    for (int i = 0; i < 6; ++i) {
        const std::string name = std::to_string(static_cast<int>(today.year()) - i);
        for (const char* letter : {"", "s", "r", "e", "dkim"}) {
            add(letter + name);
        }
    }
    year_month month(today.year(), today.month());
    for (int i = 0; i < 24; ++i, month -= months(1)) {
        const std::string dated = Selector::forMonth('s', sys_days(month / 1)).toString();
        for (const std::string& name : {dated, "e" + dated.substr(1), dated.substr(1)}) {
            add(name);
        }
    }
    return selectors;
}

Takeover planTakeover(const ServerFolder& folder, const DomainName& domain, Resolver& resolver,
                      std::chrono::sys_seconds now, const std::stop_token& stop) {
    Matching matching(folder, domain);
    if (!folder.keys.empty()) {
        matching.ask(resolver, now, stop);
    }
    return matching.decide();
}

} // namespace sealwright::takeover
