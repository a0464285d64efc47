#pragma once

#include "spf/evaluate.h"
#include "spf/lookupcount.h"
#include "spf/lookups.h"
#include "spf/macro.h"

/// What the parts of the evaluation share; no header that others include names it.
namespace sealwright::spf {

enum class Match { match, noMatch, temperror, permerror }; ///< Section 4.6.2, and section 5 for errors.

/// Section 2.4: the domain of MAIL FROM, and the HELO name where it is empty.
[[nodiscard]] std::string_view senderDomain(const Sender& sender);
[[nodiscard]] RecordType addressType(const IpAddress& client);
[[nodiscard]] const Modifier* modifierOf(const Record& record, std::string_view name);

/// One run of check_host().
class Evaluator {
public:
    Evaluator(const Sender& sender, Resolver& resolver, const std::stop_token& stop);
    [[nodiscard]] Evaluation run();

private:
    struct Place { // Where a term stands.
        const DomainName& domain;
        int depth;
    };
    struct Ahead { // What the evaluation may come to ask next.
        std::vector<Question> questions;
        int terms = 0; // that ask, so far
    };

    Result checkHost(const DomainName& domain, int depth, bool included);
    Result redirected(const Modifier& redirect, Place place, bool included);
    Match evaluate(const Mechanism& mechanism, Place place);
    Match evaluateInclude(const Mechanism& mechanism, Place place);
    Match evaluateA(const Mechanism& mechanism, Place place);
    Match evaluateMx(const Mechanism& mechanism, Place place);
    Match evaluatePtr(const Mechanism& mechanism, Place place);
    Match evaluateExists(const Mechanism& mechanism, Place place);

    [[nodiscard]] std::optional<DomainName> target(std::string_view domainSpec, const DomainName& domain);
    [[nodiscard]] MacroValues valuesFor(std::string_view text, const DomainName& domain);
    [[nodiscard]] std::optional<std::string> explanation(const Record& record, const DomainName& domain);
    [[nodiscard]] std::vector<DomainName> validatedNames();
    [[nodiscard]] std::string validatedName(const DomainName& domain);

    void lookAhead(const DomainName& domain, const Record& record);
    void addQuestions(const DomainName& domain, const Record& record, Ahead& ahead);
    void follow(const Answer& answer, Ahead& ahead);

    // Section 4.6.4; false where it is one too many.
    bool countLookup(const std::string& term, Place place);
    bool countVoid(const std::string& term, Place place);
    Match fail(const Answer& answer, const std::string& term, Place place);
    void setFault(Fault fault) {
        if (!evaluation_.fault) {
            evaluation_.fault = std::move(fault);
        }
    }

    const Sender& sender_;
    IpAddress client_;
    Lookups lookups_;
    Evaluation evaluation_;
};

} // namespace sealwright::spf
