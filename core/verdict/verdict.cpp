#include "verdict/verdict.h"

#include "dmarc/publicsuffix.h"

#include <algorithm>
#include <istream>

namespace sealwright::verdict {
namespace {

using message::Source;

/// One pass over the input.
struct Pass {
    std::optional<message::Header> header;
    std::optional<dkim::Verifier> verifier;
    tl::expected<std::vector<message::SourceForm>, Problem<message::SourceError>> forms;
    bool endsWithDot = false;
};

Pass read(std::istream& input, Source::Dots dots, const std::stop_token& stop) {
    Pass pass;
    Source source({[&pass](message::Header header) {
                       pass.header = header;
                       pass.verifier.emplace(std::move(header));
                   },
                   [&pass](std::string_view octets) { pass.verifier->addBody(octets); }},
                  dots);
    source.addAll(input, stop);
    pass.forms = source.finish();
    pass.endsWithDot = source.endsWithDot();
    return pass;
}

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

} // namespace

tl::expected<Verdict, Problem<message::SourceError>> judge(std::istream& input, const std::optional<Envelope>& given,
                                                           Resolver& resolver, std::chrono::sys_seconds now,
                                                           const std::stop_token& stop) {
    Pass pass = read(input, Source::Dots::plain, stop);
    if (!pass.forms) {
        return tl::unexpected(pass.forms.error());
    }
    const message::Delivery delivery = message::deliveryOf(*pass.header, dmarc::registrableDomain);
    const auto received = delivery.hop ? delivery.hop->time : std::nullopt;
    const std::chrono::sys_seconds then = std::min(received.value_or(now), now);

    Verdict verdict{
        *pass.forms, pass.verifier->finish(resolver, then, stop), given, {}, {}, authorOf(*pass.header), {}, {}, {}};
    if (pass.endsWithDot && !verdict.signatures.empty() && !anyPasses(verdict.signatures)) {
        input.clear();
        Pass unstuffed; // Some streams can't be read again.
        if (input.seekg(0) && (unstuffed = read(input, Source::Dots::stuffed, stop)).forms) {
            auto signatures = unstuffed.verifier->finish(resolver, then, stop);
            if (anyPasses(signatures)) {
                verdict.forms = *unstuffed.forms;
                verdict.signatures = std::move(signatures);
            }
        }
    }
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
    verdict.claims = compareClaims(*pass.header, verdict);
    return verdict;
}

} // namespace sealwright::verdict
