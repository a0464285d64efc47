#include "mtasts/policy.h"

#include "base/ascii.h"
#include "base/digest.h"
#include "base/fieldlist.h"

#include <algorithm>
#include <charconv>

namespace sealwright::mtasts {
namespace {

constexpr std::size_t longestText = 65'536;
constexpr std::size_t idDigits = 20;
constexpr std::size_t mostDigits = 10; // section 3.2: sts-policy-max-age-value
constexpr std::string_view wildcardLabel = "*.";
constexpr std::string_view whiteSpace = " \t";
constexpr std::pair<std::string_view, Mode> modes[] = {
    {"enforce", Mode::enforce}, {"testing", Mode::testing}, {"none", Mode::none}};

std::optional<std::chrono::seconds> maxAgeFrom(std::string_view text) {
    std::int64_t seconds = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool good = error == std::errc{} && end == text.data() + text.size() && text.size() <= mostDigits &&
                      seconds >= 0 && seconds <= longestMaxAge.count();
    return good ? std::optional(std::chrono::seconds(seconds)) : std::nullopt;
}

/// Reads line by line what section 3.2 lets stand in a policy.
class PolicyReader {
public:
    tl::expected<void, Problem<PolicyError>> read(std::string_view line, std::size_t number);
    tl::expected<Policy, Problem<PolicyError>> finish();

private:
    tl::expected<void, PolicyError> take(std::string_view name, std::string_view value);

    bool version_ = false;
    std::optional<Mode> mode_;
    std::optional<std::chrono::seconds> maxAge_;
    std::vector<MxPattern> mx_;
};

tl::expected<void, PolicyError> PolicyReader::take(std::string_view name, std::string_view value) {
    if (name == "version" && !version_) {
        version_ = value == "STSv1";
        return version_ ? tl::expected<void, PolicyError>() : tl::unexpected(PolicyError::badVersion);
    }
    if (name == "mode" && !mode_) {
        mode_ = modeFromString(value);
        return mode_ ? tl::expected<void, PolicyError>() : tl::unexpected(PolicyError::badMode);
    }
    if (name == "max_age" && !maxAge_) {
        maxAge_ = maxAgeFrom(value);
        return maxAge_ ? tl::expected<void, PolicyError>() : tl::unexpected(PolicyError::badMaxAge);
    }
    if (name == "mx") {
        auto pattern = MxPattern::parse(value);
        if (!pattern) {
            return tl::unexpected(PolicyError::badMx);
        }
        mx_.push_back(std::move(*pattern));
    }
    return {};
}

tl::expected<void, Problem<PolicyError>> PolicyReader::read(std::string_view line, std::size_t number) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isFieldName(line.substr(0, colon))) {
        return tl::unexpected(problem(PolicyError::badLine, line, number));
    }
    const auto taken = take(line.substr(0, colon), trimmed(line.substr(colon + 1), whiteSpace));
    return taken ? tl::expected<void, Problem<PolicyError>>()
                 : tl::unexpected(problem(taken.error(), trimmed(line.substr(colon + 1), whiteSpace), number));
}

tl::expected<Policy, Problem<PolicyError>> PolicyReader::finish() {
    if (!version_) {
        return tl::unexpected(problem(PolicyError::noVersion));
    }
    if (!mode_) {
        return tl::unexpected(problem(PolicyError::noMode));
    }
    if (mx_.empty() && mode_ != Mode::none) {
        return tl::unexpected(problem(PolicyError::noMx));
    }
    if (!maxAge_) {
        return tl::unexpected(problem(PolicyError::noMaxAge));
    }
    return Policy{*mode_, std::move(mx_), *maxAge_};
}

} // namespace

std::string_view toString(Mode mode) {
    return std::ranges::find(modes, mode, &std::pair<std::string_view, Mode>::second)->first;
}

std::optional<Mode> modeFromString(std::string_view text) {
    const auto* const found = std::ranges::find(modes, text, &std::pair<std::string_view, Mode>::first);
    return found == std::end(modes) ? std::nullopt : std::optional(found->second);
}

std::string MxPattern::toString() const {
    return (wildcard ? std::string(wildcardLabel) : std::string()) + domain.toString();
}

bool MxPattern::covers(const DomainName& mxHost) const {
    return wildcard ? mxHost.parent() == domain : mxHost == domain;
}

std::optional<MxPattern> MxPattern::parse(std::string_view text) {
    const bool wildcard = text.starts_with(wildcardLabel);
    text.remove_prefix(wildcard ? wildcardLabel.size() : 0);
    // A-labels, and no dot at the end: `Domain` of RFC 5321 section 4.1.2.
    const auto isPrintable = [](char c) { return c > ' ' && c <= '~'; };
    auto name = DomainName::parseDns(text);
    if (!name || name->isRoot() || text.ends_with('.') || !std::ranges::all_of(text, isPrintable)) {
        return std::nullopt;
    }
    return MxPattern{std::move(*name), wildcard};
}

bool Policy::covers(const DomainName& mxHost) const {
    return std::ranges::any_of(mx, [&](const MxPattern& pattern) { return pattern.covers(mxHost); });
}

std::string Policy::toString() const {
    std::string text = "version: STSv1\r\nmode: " + std::string(mtasts::toString(mode)) + "\r\n";
    for (const MxPattern& pattern : mx) {
        text += "mx: " + pattern.toString() + "\r\n";
    }
    return text + "max_age: " + std::to_string(maxAge.count()) + "\r\n";
}

tl::expected<Policy, Problem<PolicyError>> Policy::parse(std::string_view text) {
    if (text.size() > longestText) {
        return tl::unexpected(problem(PolicyError::tooLong));
    }
    PolicyReader reader;
    for (std::size_t begin = 0, number = 1; begin < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        if (const auto read = reader.read(line, number); !read) {
            return tl::unexpected(read.error());
        }
        begin = end + 1;
    }
    return reader.finish();
}

std::string policyId(const Policy& policy) {
    return sha256Hex(policy.toString()).substr(0, idDigits);
}

tl::expected<DomainName, Problem<DomainNameError>> recordName(const DomainName& domain) {
    return domain.child("_mta-sts");
}

tl::expected<DomainName, Problem<DomainNameError>> policyHost(const DomainName& domain) {
    return domain.child("mta-sts");
}

} // namespace sealwright::mtasts
