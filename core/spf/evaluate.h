#pragma once

#include "dns/resolver.h"
#include "spf/record.h"

namespace sealwright::spf {

enum class Result { none, neutral, pass, fail, softfail, temperror, permerror }; ///< Section 2.6

/// What kept check_host() from a result that the domain wanted.
enum class EvaluationProblem {
    notADomain,         ///< Section 4.3: malformed, or not a name with at least two labels. Result: none.
    noRecord,           ///< Result: none.
    severalRecords,     ///< From here on permerror.
    syntax,             ///< See `syntax`.
    includeHasNoRecord, ///< Section 5.2: include: leads to a name without SPF record.
    redirectHasNoRecord,
    tooManyLookups,
    tooManyVoidLookups,
    tooManyMxHosts,
    dnsFailure, ///< temperror: see `answer`.
};

/// Who says to be who.
struct Sender {
    IpAddress client;
    std::string mailFrom; ///< As MAIL FROM gave it; empty for bounces, where postmaster@HELO counts (section 2.4).
    std::string helo;
    std::string receiver = "unknown"; ///< The host that received it, for explanations.
    std::chrono::sys_seconds time{};  ///< When it was received.
};

struct Fault {
    EvaluationProblem code;
    std::string domain; ///< Whose record it is; any octets where it is notADomain.
    std::string term;   ///< The term of that record that brought it up, or empty.
    std::optional<Problem<RecordError>> syntax;
    std::optional<Answer> answer;

    Fault(EvaluationProblem what, std::string whose, std::string where = {})
        : code(what), domain(std::move(whose)), term(std::move(where)) {}
};

enum class StepOutcome { match, noMatch, error };

/// One term as it was evaluated, in that order; those of an included record stand behind the include, one deeper.
struct Step {
    int depth = 0;
    std::string domain; ///< Whose record it is.
    std::string term;   ///< As it is printed.
    StepOutcome outcome = StepOutcome::noMatch;
};

struct Evaluation {
    Result result = Result::none;
    std::optional<Fault> fault;
    std::optional<std::string> explanation; ///< From exp=, where the result is fail. The domain's words: any ASCII.
    int lookups = 0;
    int voidLookups = 0;
    std::vector<Step> trace;
};

/// check_host() of section 4. What a record may need is asked for together, one round trip per level of includes.
[[nodiscard]] Evaluation evaluate(const Sender& sender, Resolver& resolver, const std::stop_token& stop);

[[nodiscard]] std::string_view toString(Result result);          ///< As the RFC writes it.
[[nodiscard]] std::string_view toString(EvaluationProblem code); ///< A word for scripts.
[[nodiscard]] std::string_view toString(StepOutcome outcome);    ///< A word for scripts.

} // namespace sealwright::spf
