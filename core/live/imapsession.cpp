#include "live/imapsession.h"

#include "base/ascii.h"
#include "live/sasl.h"

#include <algorithm>
#include <charconv>

namespace sealwright {
namespace {

constexpr std::size_t longestLine = 65'536;
constexpr std::size_t mostCandidates = 20; // Of what a search finds, the newest.

std::optional<std::uint32_t> numberIn(const ImapResponse& response, std::string_view code) {
    const auto text = responseCode(response, code);
    std::uint32_t number = 0;
    const bool isOne = text && std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc();
    return isOne ? std::optional(number) : std::nullopt;
}

/// RFC 5530: what is refused now may be granted later.
bool isTemporary(const ImapResponse& response) {
    constexpr std::string_view codes[] = {"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"};
    return std::ranges::any_of(codes, [&](std::string_view code) { return responseCode(response, code).has_value(); });
}

} // namespace

ImapSession::ImapSession(const MailAccount& account, const TrustStore& trusted, std::chrono::milliseconds timeout,
                         Clock::time_point limit, const std::stop_token& stop)
    : account_(account)
    , trusted_(trusted)
    , timeout_(timeout)
    , limit_(limit)
    , connection_({account.server.host, account.addresses, account.server.port}, nextDeadline(), stop) {}

CourierDone ImapSession::open() {
    if (!connection_.open()) {
        return lost();
    }
    if (account_.server.security == MailSecurity::tls) {
        return secure(connection_, trusted_).and_then([this] { return beGreeted(); });
    }
    return beGreeted().and_then([this] { return startTls(); });
}

CourierDone ImapSession::logIn() {
    return askCapabilities().and_then([this] { return authenticate(); }).and_then([this] {
        return askCapabilities(); // To those who are logged in some servers tell more.
    });
}

CourierDone ImapSession::list(const std::function<void(const ImapFolder&)>& onFolder) {
    const OnResponse take = [&onFolder](const ImapResponse& response) {
        if (const auto folder = listedFolder(response)) {
            onFolder(*folder);
        }
    };
    if (has("SPECIAL-USE")) { // First those of which the use is known (RFC 6154 section 5.1).
        if (const auto answer = ask("LIST (SPECIAL-USE) \"\" \"*\"", take); !answer) {
            return tl::unexpected(answer.error());
        }
    }
    const auto answer = ask("LIST \"\" \"*\"", take);
    return answer ? CourierDone() : tl::unexpected(answer.error());
}

tl::expected<ImapFolderState, CourierProblem> ImapSession::examine(const std::string& name) {
    ImapFolderState state;
    const auto note = [&state](const ImapResponse& response) {
        state.uidNext = numberIn(response, "UIDNEXT") ? numberIn(response, "UIDNEXT") : state.uidNext;
        state.uidValidity = numberIn(response, "UIDVALIDITY") ? numberIn(response, "UIDVALIDITY") : state.uidValidity;
    };
    return okElse(CourierError::folderMissing, ask("EXAMINE " + quotedForImap(name), note)).map([&] { return state; });
}

tl::expected<std::vector<std::uint32_t>, CourierProblem> ImapSession::search(const std::string& criteria) {
    std::vector<std::uint32_t> found;
    const auto take = [&found](const ImapResponse& response) {
        const auto more = foundMessages(response);
        found.insert(found.end(), more.begin(), more.end());
        std::ranges::sort(found);
        const auto surplus = found.size() - std::min(found.size(), mostCandidates);
        found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(surplus));
    };
    return okElse(CourierError::serverRefused, ask("UID SEARCH " + criteria, take)).map([&] { return found; });
}

tl::expected<std::optional<std::string>, CourierProblem> ImapSession::fetch(std::uint32_t uid,
                                                                            const std::string& section) {
    std::optional<std::string> octets;
    const auto take = [&](const ImapResponse& response) {
        auto fetched = fetchedSection(response, "BODY[" + section + "]");
        octets = fetched ? std::move(fetched) : std::move(octets);
    };
    return okElse(CourierError::serverRefused,
                  ask("UID FETCH " + std::to_string(uid) + " BODY.PEEK[" + section + "]", take, ofMessage))
        .map([&] { return std::move(octets); });
}

bool ImapSession::has(std::string_view capability) const {
    return std::ranges::any_of(capabilities_, [capability](const auto& each) { return sameLetters(each, capability); });
}

tl::unexpected<CourierProblem> ImapSession::lost() const {
    const bool isAnnounced = connection_.end() == Reached::closed && !bye_.empty();
    return sealwright::lost(connection_.end(), isAnnounced ? bye_ : connection_.why());
}

CourierDone ImapSession::beGreeted() {
    std::uint32_t left = ordinary.inAll;
    const auto greeting = receive(ordinary, left);
    if (!greeting) {
        return tl::unexpected(greeting.error());
    }
    if (greeting->tag() != "*") {
        return refusedBy(CourierError::garbled, greeting->tag());
    }
    if (greeting->isA("BYE")) { // Not now (section 7.1.5).
        return refusedBy(CourierError::tryLater, greeting->words());
    }
    return greeting->isA("OK") ? CourierDone() : refusedBy(CourierError::serverRefused, greeting->words());
}

CourierDone ImapSession::startTls() {
    return okElse(CourierError::noTls, ask("STARTTLS")).and_then([this] { return secure(connection_, trusted_); });
}

CourierDone ImapSession::askCapabilities() {
    capabilities_.clear();
    const auto answer = ask("CAPABILITY", [this](const ImapResponse& response) {
        auto names = capabilitiesIn(response);
        capabilities_ = names.empty() ? std::move(capabilities_) : std::move(names);
    });
    return answer ? CourierDone() : tl::unexpected(answer.error());
}

CourierDone ImapSession::authenticate() {
    if (has("AUTH=PLAIN")) {
        auto answer = ask("AUTHENTICATE PLAIN", ignore, ordinary, Continuation::mayCome);
        if (answer && answer->tag() == "+") {
            return loggedIn(tell(saslLine(saslPlain(account_.user, account_.password)), Continuation::none));
        }
        if (!answer || answer->isA("OK") || has("LOGINDISABLED")) {
            return okElse(CourierError::noLogin, answer);
        }
    }
    return has("LOGINDISABLED") ? CourierDone(refusedBy(CourierError::noLogin)) : logInWithLiterals();
}

// As literals, for quoted strings have no room for letters beyond ASCII.
CourierDone ImapSession::logInWithLiterals() {
    const auto literalSize = [](std::size_t size) { return " {" + std::to_string(size) + "}\r\n"; };
    auto answer = ask("LOGIN {" + std::to_string(account_.user.size()) + "}", ignore, ordinary, Continuation::mayCome);
    if (answer && answer->tag() == "+") {
        answer = tell(SecretBytes(account_.user + literalSize(account_.password.size())), Continuation::mayCome);
        if (answer && answer->tag() == "+") {
            return connection_.send(account_.password.view())
                       ? loggedIn(tell(SecretBytes(std::string_view("\r\n")), Continuation::none))
                       : CourierDone(lost());
        }
    }
    return okElse(CourierError::noLogin, answer);
}

CourierDone ImapSession::loggedIn(const Answer& answer) {
    const bool isAboutForm = answer && answer->isA("BAD"); // And not about who it is.
    return okElse(isAboutForm ? CourierError::noLogin : CourierError::loginRefused, answer);
}

CourierDone ImapSession::okElse(CourierError refusal, const Answer& answer) {
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (answer->isA("OK")) {
        return {};
    }
    return refusedBy(isTemporary(*answer) ? CourierError::tryLater : refusal, answer->words());
}

ImapSession::Answer ImapSession::ask(const std::string& command, const OnResponse& onResponse, const Bounds& bounds,
                                     Continuation continuation) {
    tag_ = "a" + std::to_string(++commands_);
    connection_.setDeadline(nextDeadline());
    return connection_.send(tag_ + " " + command + "\r\n") ? receiveAnswer(onResponse, bounds, continuation)
                                                           : Answer(lost());
}

ImapSession::Answer ImapSession::tell(const SecretBytes& octets, Continuation continuation) {
    connection_.setDeadline(nextDeadline());
    return connection_.send(octets.view()) ? receiveAnswer(ignore, ordinary, continuation) : Answer(lost());
}

ImapSession::Answer ImapSession::receiveAnswer(const OnResponse& onResponse, const Bounds& bounds,
                                               Continuation continuation) {
    std::uint32_t left = bounds.inAll;
    while (true) {
        auto response = receive(bounds, left);
        if (!response || response->tag() == tag_) {
            return response;
        }
        if (response->tag() == "+" && continuation == Continuation::mayCome) {
            return response;
        }
        if (response->tag() == "*" && response->isA("BYE")) {
            bye_ = response->words();
        } else {
            onResponse(*response);
        }
    }
}

ImapSession::Answer ImapSession::receive(const Bounds& bounds, std::uint32_t& left) {
    ImapResponse response;
    const auto take = [&left](std::size_t octets) {
        const bool fits = octets <= left;
        left -= fits ? static_cast<std::uint32_t>(octets) : 0;
        return fits;
    };
    do {
        if (const auto size = response.dueLiteral()) {
            if (*size > bounds.literal || !take(*size)) {
                return refusedBy(CourierError::tooLong);
            }
            auto literal = connection_.receive(*size);
            if (!literal) {
                return lost();
            }
            response.addLiteral(std::move(*literal));
        }
        const auto line = connection_.receiveLine(longestLine);
        if (!line) {
            return lost();
        }
        if (!take(line->size() + 2)) {
            return refusedBy(CourierError::tooLong);
        }
        if (!response.add(*line)) {
            return refusedBy(CourierError::garbled, std::string_view(*line).substr(0, 80));
        }
    } while (response.dueLiteral());
    return response;
}

} // namespace sealwright
