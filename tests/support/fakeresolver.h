#pragma once

#include "dns/resolver.h"
#include "dns/resourcerecord.h"

#include <functional>
#include <map>
#include <mutex>
#include <set>

namespace sealwright::test {

/// A name that is known to be one; the test ends where it is not.
[[nodiscard]] DomainName dnsName(std::string_view text);

/// One record's data in wire format. TXT: quoted strings with escapes, or else the whole text as it is.
[[nodiscard]] std::string wireRdata(RecordType type, std::string_view presentation);

/// A Resolver over a few lines of zone text, without a network:
///
///     FakeResolver resolver(R"(
///         example.org         MX    10 mail.example.org.
///         example.org         TXT   v=spf1 mx -all
///         www.example.org     CNAME example.org.
///     )");
///     resolver.fail("mail.example.org", AnswerStatus::timedOut);
///
/// Names are absolute, with or without the dot. Empty lines and those that begin with a semicolon don't count.
/// CNAMEs are followed; a name with something below it exists; what is not there does not exist.
class FakeResolver final : public Resolver {
public:
    explicit FakeResolver(std::string_view lines = {});

    void add(std::string_view lines);
    void add(const ResourceRecord& record);
    void remove(std::string_view name, RecordType type);

    /// All types of this name, or one, get this answer. The status is one of those that tell nothing, or bogus.
    void fail(std::string_view name, AnswerStatus status, std::string why = {});
    void fail(std::string_view name, RecordType type, AnswerStatus status, std::string why = {});
    void failEverything(AnswerStatus status);
    /// Answers at and below this name are DNSSEC secure.
    void sign(std::string_view name);

    /// What the server at this address says to askServers; every other one says what lookupAll says, as an authority.
    FakeResolver& serverAt(std::string_view address);
    void failServer(std::string_view address, AnswerStatus status);
    /// That server says nothing of names at and below this one, but who serves them.
    void refer(std::string_view address, Delegation delegation);
    /// Whoever is asked over IPv4 (and over IPv6), the answer is what a resolver on the way says, as in some networks.
    void intercept(bool v6Too = true);
    void setReachesNameServers(bool reaches) { reachesNameServers_ = reaches; }
    /// What lookupFromRoot says; else the same as lookupAll.
    FakeResolver& fromRoot();
    /// Called at the beginning of each round, with how many went before: to request a stop half way, say.
    void beforeRound(std::function<void(int)> hook) { beforeRound_ = std::move(hook); }

    [[nodiscard]] int rounds() const;                      ///< Calls of lookupAll and askServers: round trips.
    [[nodiscard]] std::vector<Question> questions() const; ///< In the order they were asked.
    [[nodiscard]] bool wasAsked(std::string_view name, RecordType type) const;

    [[nodiscard]] std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override;
    [[nodiscard]] std::vector<Reply> askServers(std::span<const ServerQuestion> questions,
                                                std::stop_token stop) override;
    [[nodiscard]] std::vector<Answer> lookupFromRoot(std::span<const Question> questions,
                                                     std::stop_token stop) override;
    [[nodiscard]] bool reachesNameServers() const override { return reachesNameServers_; }
    [[nodiscard]] bool validates() const override { return true; }

private:
    struct Failure {
        AnswerStatus status;
        std::string why;
    };
    struct Record {
        std::chrono::seconds ttl;
        std::string rdata;
    };

    void beginRound();
    [[nodiscard]] Answer answer(const Question& question) const;
    [[nodiscard]] Reply reply(const ServerQuestion& asked) const;
    [[nodiscard]] const Failure* failureOf(const DomainName& name, RecordType type) const;
    [[nodiscard]] bool exists(const DomainName& name) const;
    [[nodiscard]] bool isSigned(const DomainName& name) const;

    std::map<Question, std::vector<Record>> records_;
    std::map<Question, Failure> failures_;
    std::map<DomainName, Failure> nameFailures_;
    std::optional<Failure> failsAll_;
    std::set<DomainName> signed_;
    std::map<IpAddress, std::unique_ptr<FakeResolver>> servers_;
    std::map<IpAddress, AnswerStatus> failingServers_;
    std::map<IpAddress, Delegation> referrals_;
    std::unique_ptr<FakeResolver> fromRoot_;
    bool interceptsV4_ = false;
    bool interceptsV6_ = false;
    bool reachesNameServers_ = true;
    std::function<void(int)> beforeRound_;

    mutable std::mutex mutex_;
    int rounds_ = 0;
    std::vector<Question> questions_;
};

} // namespace sealwright::test
