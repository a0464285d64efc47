#include "verdict/verdict.h"

#include "dmarc/publicsuffix.h"

#include <algorithm>
#include <array>
#include <istream>

namespace sealwright::verdict {
namespace {

using message::Source;

/// The input read in one of the ways it can be meant.
class Reader {
public:
    explicit Reader(Source::Reading reading)
        : source_({[this](message::Header header) {
                       header_ = header;
                       verifier_.emplace(std::move(header));
                   },
                   [this](std::string_view octets) { verifier_->addBody(octets); }},
                  reading) {}

    Reader(const Reader&) = delete; // The source calls this one.
    Reader& operator=(const Reader&) = delete;
    ~Reader() = default;

    [[nodiscard]] Source& source() { return source_; }
    /// For where `finish()` told no problem.
    [[nodiscard]] const message::Header& header() const { return *header_; }
    [[nodiscard]] dkim::Verifier& verifier() { return *verifier_; }

private:
    std::optional<message::Header> header_;
    std::optional<dkim::Verifier> verifier_;
    Source source_; // It calls what stands above, so it goes first.
};

bool anyPasses(const std::vector<dkim::VerifiedSignature>& signatures) {
    return std::ranges::any_of(signatures, [](const auto& each) { return each.result == dkim::Result::pass; });
}

// SPF's domain for DMARC (RFC 9989 section 4.4.2): where it passes, MAIL FROM's, or HELO's for a bounce.
std::optional<DomainName> passedFor(const Envelope& envelope, const spf::Evaluation& evaluation) {
    if (evaluation.result != spf::Result::pass) {
        return std::nullopt;
    }
    const std::string& sender = envelope.mailFrom.empty() ? envelope.helo : envelope.mailFrom;
    const auto domain = DomainName::parseDns(std::string_view(sender).substr(sender.rfind('@') + 1));
    return domain ? std::optional(*domain) : std::nullopt;
}

dmarc::Authenticated authenticatedBy(const Verdict& verdict) {
    dmarc::Authenticated authenticated;
    for (const dkim::VerifiedSignature& verified : verdict.signatures) {
        if (verified.result == dkim::Result::pass && !verified.isTesting) { // RFC 6376 section 3.6.1: t=y is unsigned
            authenticated.dkim.push_back(verified.signature->domain);
        }
        authenticated.isIncomplete = authenticated.isIncomplete || verified.result == dkim::Result::temperror;
    }
    if (verdict.spf) {
        authenticated.spf = passedFor(*verdict.envelope, *verdict.spf);
        authenticated.isIncomplete = authenticated.isIncomplete || verdict.spf->result == spf::Result::temperror;
    }
    return authenticated;
}

std::optional<Envelope> envelopeOf(const message::Delivery& delivery) {
    if (!delivery.hop || !delivery.mailFrom) {
        return std::nullopt;
    }
    return Envelope{*delivery.hop->client, *delivery.mailFrom, delivery.hop->helo};
}

/// Reads an input, and judges what it can be meant as.
class Mail {
public:
    explicit Mail(std::istream& input) : input_(input), canBeReadAgain_(input.tellg() >= 0) { input.clear(); }

    [[nodiscard]] tl::expected<std::vector<message::SourceForm>, Problem<message::SourceError>>
    read(const std::stop_token& stop) {
        // What comes through a pipe comes once, so it is read in all ways at the same time.
        const std::array<Source*, 3> all = {&usual_.source(), &stuffed_.source(), &quoted_.source()};
        message::readAll(input_, std::span(all).first(canBeReadAgain_ ? 1 : all.size()), stop);
        return usual_.source().finish();
    }

    [[nodiscard]] const message::Header& header() const { return usual_.header(); }

    /// Of the usual reading, or of the one in which a signature passes; `forms` then become that one's.
    [[nodiscard]] std::vector<dkim::VerifiedSignature> verify(std::vector<message::SourceForm>& forms,
                                                              Resolver& resolver, std::chrono::sys_seconds then,
                                                              const std::stop_token& stop) {
        auto signatures = usual_.verifier().finish(resolver, then, stop);
        const bool isQuoted = std::ranges::find(forms, message::SourceForm::mboxQuoting) != forms.end();
        for (Reader* other : {usual_.source().endsWithDot() ? &stuffed_ : nullptr, isQuoted ? &quoted_ : nullptr}) {
            if (other == nullptr || signatures.empty() || anyPasses(signatures)) {
                continue;
            }
            if (canBeReadAgain_) {
                input_.clear();
                input_.seekg(0);
                message::readAll(input_, std::array{&other->source()}, stop);
            }
            if (const auto otherForms = other->source().finish()) {
                auto otherwise = other->verifier().finish(resolver, then, stop);
                if (anyPasses(otherwise)) {
                    forms = *otherForms;
                    signatures = std::move(otherwise);
                }
            }
        }
        return signatures;
    }

private:
    std::istream& input_;
    bool canBeReadAgain_;
    Reader usual_{Source::Reading::usual};
    Reader stuffed_{Source::Reading::dotsStuffed};
    Reader quoted_{Source::Reading::quotesKept};
};

} // namespace

tl::expected<Verdict, Problem<message::SourceError>> judge(std::istream& input, const std::optional<Envelope>& given,
                                                           Resolver& resolver, std::chrono::sys_seconds now,
                                                           const std::stop_token& stop) {
    Mail mail(input);
    auto forms = mail.read(stop);
    if (!forms) {
        return tl::unexpected(forms.error());
    }
    const message::Header& header = mail.header();
    const message::Delivery delivery = message::deliveryOf(header, dmarc::registrableDomain);
    const auto received = delivery.hop ? delivery.hop->time : std::nullopt;
    const std::chrono::sys_seconds then = std::min(received.value_or(now), now);

    auto signatures = mail.verify(*forms, resolver, then, stop);
    Verdict verdict{std::move(*forms), std::move(signatures), given, {}, {}, authorOf(header), {}, {}, {}};
    if (!given) {
        verdict.envelope = envelopeOf(delivery);
        verdict.receivedBy = verdict.envelope ? delivery.hop->by : std::string();
    }
    if (verdict.envelope) {
        const auto& [client, mailFrom, helo] = *verdict.envelope;
        verdict.spf = spf::evaluate({client, mailFrom, helo, "unknown", then}, resolver, stop);
    }
    if (verdict.author) {
        const dmarc::Authenticated authenticated = authenticatedBy(verdict);
        verdict.dmarc = dmarc::evaluate(*verdict.author, authenticated, resolver, stop);
        verdict.legacyDmarc = dmarc::evaluateByList(*verdict.author, authenticated, resolver, stop);
    }
    verdict.claims = compareClaims(header, verdict);
    return verdict;
}

} // namespace sealwright::verdict
