#include "dkim/signature.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/taglist.h"

#include <algorithm>
#include <charconv>

namespace sealwright::dkim {
namespace {

using Refusal = tl::unexpected<Problem<SignatureError>>;

Refusal refuse(SignatureError code, const Tag& tag) {
    return Refusal(problem(code, tag.value, tag.where));
}

std::string withoutSpace(std::string_view text) {
    std::string kept(text);
    std::erase_if(kept, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return kept;
}

std::vector<std::string> names(std::string_view list) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find(':', begin), list.size());
        all.push_back(withoutSpace(list.substr(begin, end - begin)));
        begin = end + 1;
    }
    return all;
}

std::optional<Canonicalization> canonicalizationFrom(std::string_view text) {
    if (text == "simple") {
        return Canonicalization::simple;
    }
    return text == "relaxed" ? std::optional(Canonicalization::relaxed) : std::nullopt;
}

std::optional<std::uint64_t> numberFrom(const std::string& digits) {
    std::uint64_t value = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = !digits.empty() && end == digits.data() + digits.size();
    if (fault == std::errc::result_out_of_range && whole) {
        return UINT64_MAX; // section 3.5: up to 76 digits are allowed, and mean more than there is
    }
    return fault == std::errc() && whole ? std::optional(value) : std::nullopt;
}

// Years far ahead are as good as never.
std::chrono::sys_seconds timeFrom(std::uint64_t seconds) {
    constexpr std::uint64_t latest = 253'402'300'799; // 9999-12-31
    return std::chrono::sys_seconds(std::chrono::seconds(std::min(seconds, latest)));
}

/// Reads one tag after the other into the signature.
class Reader {
public:
    explicit Reader(const TagList& list) : list_(list) {}

    tl::expected<Signature, Problem<SignatureError>> read() {
        for (const std::string_view name : {"v", "a", "b", "bh", "d", "h", "s"}) {
            if (list_.find(name) == nullptr) {
                return Refusal(problem(SignatureError::missingTag, name));
            }
        }
        const Tag& domain = *list_.find("d");
        const Tag& selector = *list_.find("s");
        auto d = DomainName::parseDns(domain.value);
        auto s = DomainName::parseDns(selector.value);
        if (!d || d->isRoot()) {
            return refuse(SignatureError::badDomain, domain);
        }
        if (!s || s->isRoot()) {
            return refuse(SignatureError::badDomain, selector);
        }
        Signature signature(*d, *s);
        for (const Tag& tag : list_.tags) {
            if (const auto code = take(tag, signature)) {
                return refuse(*code, tag);
            }
        }
        if (const auto& [expires, made] = std::pair(signature.expiresAt, signature.signedAt);
            expires && made && *expires <= *made) {
            return refuse(SignatureError::badNumber, *list_.find("x"));
        }
        return signature;
    }

private:
    static std::optional<SignatureError> take(const Tag& tag, Signature& signature) {
        if (tag.name == "v") {
            return tag.value == "1" ? std::nullopt : std::optional(SignatureError::badVersion);
        }
        if (tag.name == "a") {
            return takeAlgorithm(lowered(tag.value), signature);
        }
        if (tag.name == "b" || tag.name == "bh") {
            auto octets = base64Decode(tag.value);
            if (!octets || octets->empty()) {
                return SignatureError::badBase64;
            }
            (tag.name == "b" ? signature.signature : signature.bodyHash) = std::move(*octets);
        } else if (tag.name == "c") {
            return takeCanonicalization(lowered(tag.value), signature);
        } else if (tag.name == "i") {
            return takeIdentity(withoutSpace(tag.value), signature);
        } else if (tag.name == "h") {
            signature.headers = names(tag.value);
            const bool from = std::ranges::any_of(signature.headers, [](const std::string& name) {
                return sameLetters(name, "from"); // section 5.4
            });
            return from ? std::nullopt : std::optional(SignatureError::fromNotSigned);
        } else if (tag.name == "q") {
            const auto methods = names(lowered(tag.value));
            const bool dns = std::ranges::find(methods, "dns/txt") != methods.end();
            return dns ? std::nullopt : std::optional(SignatureError::badQueryMethod);
        } else if (tag.name == "l" || tag.name == "t" || tag.name == "x") {
            return takeNumber(tag, signature);
        }
        return std::nullopt;
    }

    static std::optional<SignatureError> takeAlgorithm(const std::string& name, Signature& signature) {
        if (name == "rsa-sha1") {
            return SignatureError::historicAlgorithm;
        }
        if (name != "rsa-sha256" && name != "ed25519-sha256") {
            return SignatureError::badAlgorithm;
        }
        signature.type = name == "rsa-sha256" ? KeyType::rsa : KeyType::ed25519;
        return std::nullopt;
    }

    // Section 3.5: header/body; the body's is simple where it is left out.
    static std::optional<SignatureError> takeCanonicalization(const std::string& value, Signature& signature) {
        const auto slash = value.find('/');
        const auto header = canonicalizationFrom(value.substr(0, slash));
        const auto body =
            slash == std::string::npos ? Canonicalization::simple : canonicalizationFrom(value.substr(slash + 1));
        if (!header || !body) {
            return SignatureError::badCanonicalization;
        }
        signature.header = *header;
        signature.body = *body;
        return std::nullopt;
    }

    static std::optional<SignatureError> takeIdentity(const std::string& value, Signature& signature) {
        const auto at = value.rfind('@');
        const auto domain =
            at == std::string::npos ? DomainName::parseDns("") : DomainName::parseDns(value.substr(at + 1));
        if (!domain || !domain->isAtOrBelow(signature.domain)) {
            return SignatureError::badIdentity;
        }
        signature.identity = value;
        return std::nullopt;
    }

    static std::optional<SignatureError> takeNumber(const Tag& tag, Signature& signature) {
        const auto number = numberFrom(tag.value);
        if (!number) {
            return SignatureError::badNumber;
        }
        if (tag.name == "l") {
            signature.bodyLength = number;
        } else {
            (tag.name == "t" ? signature.signedAt : signature.expiresAt) = timeFrom(*number);
        }
        return std::nullopt;
    }

    const TagList& list_;
};

} // namespace

tl::expected<Signature, Problem<SignatureError>> Signature::parse(std::string_view value) {
    const auto list = TagList::parse(value);
    if (!list) {
        return Refusal(problem(SignatureError::badTagList, list.error().what, list.error().where));
    }
    return Reader(*list).read();
}

bool Signature::isIdentityOfDomain() const {
    const auto name = DomainName::parseDns(identity.substr(identity.rfind('@') + 1));
    return name && *name == domain;
}

message::HeaderField withoutSignature(const message::HeaderField& field) {
    message::HeaderField signedField = field;
    std::string& raw = signedField.raw;
    for (std::size_t begin = raw.find(':') + 1; begin < raw.size();) {
        const std::size_t end = std::min(raw.find(';', begin), raw.size());
        const std::size_t equals = raw.find('=', begin);
        if (equals < end && withoutSpace(std::string_view(raw).substr(begin, equals - begin)) == "b") {
            raw.erase(equals + 1, end - equals - 1);
            break;
        }
        begin = end + 1;
    }
    return signedField;
}

std::string_view toString(SignatureError code) {
    switch (code) {
    case SignatureError::badTagList:
        return "badTagList";
    case SignatureError::missingTag:
        return "missingTag";
    case SignatureError::badVersion:
        return "badVersion";
    case SignatureError::badAlgorithm:
        return "badAlgorithm";
    case SignatureError::historicAlgorithm:
        return "historicAlgorithm";
    case SignatureError::badBase64:
        return "badBase64";
    case SignatureError::badCanonicalization:
        return "badCanonicalization";
    case SignatureError::badDomain:
        return "badDomain";
    case SignatureError::badIdentity:
        return "badIdentity";
    case SignatureError::fromNotSigned:
        return "fromNotSigned";
    case SignatureError::badNumber:
        return "badNumber";
    case SignatureError::badQueryMethod:
        return "badQueryMethod";
    }
    return {};
}

} // namespace sealwright::dkim
