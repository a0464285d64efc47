#include "verdict/original.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <istream>
#include <map>

namespace sealwright::verdict {
namespace {

using dkim::Canonicalization;
using message::Header;
using message::HeaderField;

using FieldsByName = std::map<std::string, std::vector<const HeaderField*>>;

FieldsByName fieldsByName(const Header& header) {
    FieldsByName fields;
    for (const HeaderField& field : header.fields) {
        fields[lowered(field.name)].push_back(&field);
    }
    return fields;
}

std::string excerpt(std::string_view text) {
    return std::string(text.substr(0, longestExcerpt));
}

std::string excerpt(std::span<const std::string_view> lines) {
    std::string text;
    for (const std::string_view line : lines) {
        text.append(text.empty() ? "" : "\n").append(line);
        if (text.size() >= longestExcerpt) {
            break;
        }
    }
    return excerpt(text);
}

// The value behind the name, in one line.
std::string shownField(const HeaderField& field) {
    const std::string canonical = dkim::canonicalField(field, Canonicalization::relaxed);
    return excerpt(std::string_view(canonical).substr(canonical.find(':') + 1));
}

// Signed fields of one name, compared from the last one up, as they are hashed (RFC 6376 section 5.4.2).
void compareFields(const std::string& name, std::vector<const HeaderField*> before,
                   std::vector<const HeaderField*> after, Canonicalization canonicalization,
                   std::vector<Change>& changes) {
    for (; !before.empty() && !after.empty(); before.pop_back(), after.pop_back()) {
        const HeaderField& old = *before.back();
        const HeaderField& now = *after.back();
        const auto equal = [&](Canonicalization how) {
            return dkim::canonicalField(old, how) == dkim::canonicalField(now, how);
        };
        if (!equal(Canonicalization::relaxed)) {
            changes.push_back({ChangeKind::fieldChanged, name, 0, shownField(old), shownField(now)});
        } else if (canonicalization == Canonicalization::simple && !equal(Canonicalization::simple)) {
            changes.push_back({ChangeKind::fieldSpaces, name, 0, {}, {}});
        }
    }
    for (const HeaderField* field : before) {
        changes.push_back({ChangeKind::fieldRemoved, name, 0, shownField(*field), {}});
    }
    for (const HeaderField* field : after) {
        changes.push_back({ChangeKind::fieldAdded, name, 0, {}, shownField(*field)});
    }
}

std::vector<std::string> signedNames(const std::optional<dkim::Signature>& signature, const Header& original) {
    std::vector<std::string> names;
    const auto add = [&names](std::string_view name) {
        std::string lower = lowered(name);
        if (std::ranges::find(names, lower) == names.end()) {
            names.push_back(std::move(lower));
        }
    };
    if (signature) {
        std::ranges::for_each(signature->headers, add);
    } else {
        std::ranges::for_each(original.fields, [&add](const HeaderField& field) { add(field.name); });
    }
    return names;
}

std::string canonicalBody(std::string_view body, Canonicalization canonicalization) {
    std::string text;
    dkim::BodyCanonicalizer canonicalizer(canonicalization, std::nullopt,
                                          [&text](std::string_view octets) { text += octets; });
    canonicalizer.add(body);
    canonicalizer.finish();
    return text;
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find("\r\n"), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return lines;
}

// What lies between the lines that both begin with and those that both end with.
Change compareLines(std::span<const std::string_view> before, std::span<const std::string_view> after) {
    const auto begin = std::ranges::mismatch(before, after);
    const auto same = static_cast<std::size_t>(begin.in1 - before.begin());
    before = before.subspan(same);
    after = after.subspan(same);
    const bool atEnd = before.empty();
    while (!before.empty() && !after.empty() && before.back() == after.back()) {
        before = before.first(before.size() - 1);
        after = after.first(after.size() - 1);
    }
    const ChangeKind kind = after.empty()     ? ChangeKind::bodyCut
                            : !before.empty() ? ChangeKind::bodyChanged
                            : atEnd           ? ChangeKind::bodyAppended
                                              : ChangeKind::bodyInserted;
    return {kind, {}, same + 1, excerpt(before), excerpt(after)};
}

void compareBodies(std::string_view before, std::string_view after, Canonicalization canonicalization,
                   std::vector<Change>& changes) {
    const std::string old = canonicalBody(before, canonicalization);
    const std::string now = canonicalBody(after, canonicalization);
    if (old == now) {
        return;
    }
    const std::vector<std::string_view> oldLines = linesOf(old);
    const std::vector<std::string_view> nowLines = linesOf(now);
    Change change = compareLines(oldLines, nowLines);
    if (canonicalization == Canonicalization::simple &&
        canonicalBody(before, Canonicalization::relaxed) == canonicalBody(after, Canonicalization::relaxed)) {
        change = {ChangeKind::bodySpaces, {}, change.line, {}, {}};
    }
    changes.push_back(std::move(change));
}

std::string encodingOf(const Header& header) {
    const auto field = std::ranges::find_if(
        header.fields, [](const HeaderField& each) { return each.isNamed("Content-Transfer-Encoding"); });
    return field == header.fields.end() ? "7bit" : lowered(shownField(*field));
}

} // namespace

tl::expected<std::optional<WholeMessage>, Problem<message::SourceError>> readWhole(std::istream& input,
                                                                                   const std::stop_token& stop) {
    WholeMessage whole;
    bool tooLong = false;
    message::Source source({[&whole](Header header) { whole.header = std::move(header); },
                            [&](std::string_view octets) {
                                tooLong = tooLong || whole.body.size() + octets.size() > longestWhole;
                                whole.body += tooLong ? std::string_view() : octets;
                            }});
    readAll(input, std::array{&source}, stop);
    return source.finish().map(
        [&](const auto&) { return tooLong || input.bad() ? std::nullopt : std::optional(std::move(whole)); });
}

std::vector<Change> compareWithOriginal(const WholeMessage& original, const WholeMessage& received,
                                        const std::optional<dkim::Signature>& signature) {
    const Header& before = original.header;
    const Header& after = received.header;
    const auto headerForm = signature ? signature->header : Canonicalization::relaxed;
    const auto bodyForm = signature ? signature->body : Canonicalization::relaxed;

    std::vector<Change> changes;
    FieldsByName oldFields = fieldsByName(before);
    FieldsByName nowFields = fieldsByName(after);
    for (const std::string& name : signedNames(signature, before)) {
        compareFields(name, oldFields[name], nowFields[name], headerForm, changes);
    }
    if (encodingOf(before) != encodingOf(after)) {
        changes.push_back({ChangeKind::reencoded, {}, 0, encodingOf(before), encodingOf(after)});
    }
    compareBodies(original.body, received.body, bodyForm, changes);
    if (before.lineEndings != after.lineEndings) {
        changes.push_back({ChangeKind::lineEndings, {}, 0, {}, {}});
    }
    return changes;
}

std::optional<dkim::Signature> signatureToCompareBy(std::span<const dkim::VerifiedSignature> signatures) {
    std::optional<dkim::Signature> first;
    for (const dkim::VerifiedSignature& verified : signatures) {
        if (verified.signature && verified.result == dkim::Result::fail) {
            return verified.signature;
        }
        if (!first) {
            first = verified.signature;
        }
    }
    return first;
}

std::string_view toString(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::fieldChanged:
        return "field-changed";
    case ChangeKind::fieldAdded:
        return "field-added";
    case ChangeKind::fieldRemoved:
        return "field-removed";
    case ChangeKind::fieldSpaces:
        return "field-spaces";
    case ChangeKind::reencoded:
        return "reencoded";
    case ChangeKind::bodySpaces:
        return "body-spaces";
    case ChangeKind::bodyAppended:
        return "body-appended";
    case ChangeKind::bodyInserted:
        return "body-inserted";
    case ChangeKind::bodyCut:
        return "body-cut";
    case ChangeKind::bodyChanged:
        return "body-changed";
    case ChangeKind::lineEndings:
        return "line-endings";
    }
    return {};
}

} // namespace sealwright::verdict
