#include "dmarc/standards.h"

#include <algorithm>

namespace sealwright::dmarc {
namespace {

Policy oneLower(Policy policy) {
    return policy == Policy::reject ? Policy::quarantine : Policy::none;
}

bool isTesting(const Record& record) {
    return record.t.value_or(false);
}

// pct= with a value that makes a difference (RFC 7489 section 6.3).
bool isPartial(const Record& record) {
    return std::ranges::any_of(record.others, [](const Tag& tag) {
        const bool digits = !tag.value.empty() && tag.value.find_first_not_of("0123456789") == std::string::npos;
        return tag.name == "pct" && digits && tag.value.size() <= 3 && std::stoi(tag.value) < 100;
    });
}

bool isRelaxed(const std::optional<Alignment>& mode) {
    return mode.value_or(Alignment::relaxed) == Alignment::relaxed;
}

std::vector<Difference> differencesOf(const Discovery& current, const Discovery& legacy) {
    std::vector<Difference> found;
    if (!legacy.duplicates.empty() && current.record) {
        found.push_back(Difference::severalRecords);
    } else if (current.policyDomain != legacy.policyDomain) {
        found.push_back(Difference::recordElsewhere);
    } else if (current.policy != legacy.policy) {
        found.push_back(Difference::nonexistent);
    }
    const Discovery& counting = current.record ? current : legacy;
    if (!counting.record) {
        return found;
    }
    const Record& record = *counting.record;
    if (current.organizationalDomain != legacy.organizationalDomain &&
        (isRelaxed(record.adkim) || isRelaxed(record.aspf))) {
        found.push_back(Difference::organization);
    }
    if (isTesting(record) && counting.policy != Policy::none) {
        found.push_back(Difference::testing);
    }
    if (isPartial(record) && counting.policy != Policy::none) {
        found.push_back(Difference::percentage);
    }
    return found;
}

// A record of the domain's own, with its policy and all it would inherit spelled out (RFC 9989 appendix C.3).
Record spelledOut(const Discovery& counting, bool strict) {
    Record record = *counting.record;
    const bool testing = isTesting(record);
    const Policy below = record.sp.value_or(record.p.value_or(Policy::none));
    record.p = testing ? oneLower(counting.policy) : counting.policy;
    record.sp = testing ? oneLower(below) : below;
    record.np.reset(); // Left out, it is sp, which both know.
    record.t.reset();
    record.ignored.clear();
    std::erase_if(record.others, [](const Tag& tag) { return tag.name == "pct"; });
    if (counting.policyDomain != counting.domain) {
        record.psd.reset();
    }
    if (strict) {
        record.adkim = Alignment::strict;
        record.aspf = Alignment::strict;
    }
    return record;
}

} // namespace

Policy inForce(const Discovery& current) {
    return current.record && isTesting(*current.record) ? oneLower(current.policy) : current.policy;
}

Standards compareStandards(Discovery current, Discovery legacy) {
    Standards standards{std::move(current), std::move(legacy), {}, {}};
    if (standards.current.unanswered || standards.legacy.unanswered) {
        return standards;
    }
    standards.differences = differencesOf(standards.current, standards.legacy);
    const Discovery& counting = standards.current.record ? standards.current : standards.legacy;
    if (!standards.differences.empty() && counting.record) {
        const bool strict =
            std::ranges::find(standards.differences, Difference::organization) != standards.differences.end();
        standards.forBoth = spelledOut(counting, strict);
    }
    return standards;
}

Standards discoverByBoth(const DomainName& domain, Resolver& resolver, const std::stop_token& stop) {
    return compareStandards(discover(domain, resolver, stop), discoverByList(domain, resolver, stop));
}

std::string_view toString(Difference difference) {
    switch (difference) {
    case Difference::severalRecords:
        return "several-records";
    case Difference::recordElsewhere:
        return "record-elsewhere";
    case Difference::organization:
        return "organization";
    case Difference::testing:
        return "testing";
    case Difference::percentage:
        return "percentage";
    case Difference::nonexistent:
        return "nonexistent";
    }
    return {};
}

} // namespace sealwright::dmarc
