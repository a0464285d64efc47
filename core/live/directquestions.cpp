#include "live/directquestions.h"

#include "live/turns.h"
#include "zone/zonefile.h"

#include <ares.h>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

namespace sealwright {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int firstWait = 1000; // milliseconds; the second one is twice as long
constexpr int tries = 2;
constexpr int pollInterval = 20; // milliseconds: so soon is a stop heeded
constexpr int classIn = 1;
constexpr int datagramSize = 1232; // what fits everywhere (DNS flag day 2020)

#ifdef _WIN32
int pollSockets(std::vector<pollfd>& sockets) {
    if (sockets.empty()) {
        Sleep(pollInterval);
        return 0;
    }
    return WSAPoll(sockets.data(), static_cast<ULONG>(sockets.size()), pollInterval);
}
void closeSocket(ares_socket_t socket) {
    closesocket(socket);
}
#else
int pollSockets(std::vector<pollfd>& sockets) {
    return poll(sockets.data(), sockets.size(), pollInterval);
}
void closeSocket(ares_socket_t socket) {
    close(socket);
}
#endif

// A datagram socket can be connected without sending anything.
bool hasRoute(const NameServer& server) {
    sockaddr_storage to{};
    socklen_t size = 0;
    const std::string_view octets = server.address.octets();
    if (server.address.isV4()) {
        auto* const v4 = reinterpret_cast<sockaddr_in*>(&to);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(server.port);
        std::memcpy(&v4->sin_addr, octets.data(), octets.size());
        size = sizeof *v4;
    } else {
        auto* const v6 = reinterpret_cast<sockaddr_in6*>(&to);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(server.port);
        std::memcpy(&v6->sin6_addr, octets.data(), octets.size());
        size = sizeof *v6;
    }
    const ares_socket_t made = socket(to.ss_family, SOCK_DGRAM, 0);
    if (made == ARES_SOCKET_BAD) {
        return false;
    }
    const bool routed = connect(made, reinterpret_cast<const sockaddr*>(&to), size) == 0;
    closeSocket(made);
    return routed;
}

// c-ares' way to one server: over UDP, or over TCP only.
class Channel {
public:
    Channel(const NameServer& server, bool overTcp) {
        ares_options options{};
        options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP | ARES_FLAG_STAYOPEN |
                        (overTcp ? ARES_FLAG_USEVC : ARES_FLAG_IGNTC | ARES_FLAG_EDNS) |
                        (server.recursive ? 0 : ARES_FLAG_NORECURSE);
        options.timeout = firstWait;
        options.tries = tries;
        options.ednspsz = datagramSize;
        options.sock_state_cb = &Channel::socketChanged;
        options.sock_state_cb_data = this;
        const int mask =
            ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_EDNSPSZ | ARES_OPT_SOCK_STATE_CB;
        const std::string address =
            server.address.isV4() ? server.address.toString() : '[' + server.address.toString() + ']';
        made_ = ares_init_options(&channel_, &options, mask) == ARES_SUCCESS;
        made_ = made_ && ares_set_servers_ports_csv(channel_, (address + ':' + std::to_string(server.port)).c_str()) ==
                             ARES_SUCCESS;
    }
    ~Channel() {
        if (channel_ != nullptr) {
            ares_destroy(channel_); // Calls back for what is open.
        }
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    [[nodiscard]] bool isMade() const { return made_; }

    void ask(const Question& question, ares_callback answered, void* argument) {
        ares_query(channel_, absoluteName(question.name).c_str(), classIn, static_cast<int>(question.type), answered,
                   argument);
    }

    void addTo(std::vector<pollfd>& sockets) const {
        for (const auto& [socket, events] : sockets_) {
            sockets.push_back({socket, events, 0});
        }
    }

    void process(const std::vector<pollfd>& sockets) {
        for (const pollfd& polled : sockets) {
            if (polled.revents != 0 && sockets_.contains(polled.fd)) {
                const bool readable = (polled.revents & ~POLLOUT) != 0;
                ares_process_fd(channel_, readable ? polled.fd : ARES_SOCKET_BAD,
                                (polled.revents & POLLOUT) != 0 ? polled.fd : ARES_SOCKET_BAD);
            }
        }
        ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD); // time-outs
    }

private:
    static void socketChanged(void* self, ares_socket_t socket, int readable, int writable) {
        auto& sockets = static_cast<Channel*>(self)->sockets_;
        if (readable == 0 && writable == 0) {
            sockets.erase(socket);
        } else {
            sockets[socket] = static_cast<short>((readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0));
        }
    }

    ares_channel channel_ = nullptr;
    bool made_ = false;
    std::map<ares_socket_t, short> sockets_; ///< With the events it waits for.
};

class Asking {
public:
    explicit Asking(std::span<const ServerQuestion> questions) : questions_(questions) {
        for (std::size_t i = 0; i < questions.size(); ++i) {
            tickets_.push_back({this, i, false});
            replies_.emplace_back(Answer(questions[i].question));
        }
        std::ranges::transform(tickets_, std::back_inserter(waiting_), [](Ticket& ticket) { return &ticket; });
    }

    std::vector<Reply> run(Clock::time_point deadline, const std::stop_token& stop) {
        open_ = questions_.size();
        while (true) {
            askWhoeverHasTime();
            if (open_ == 0 || stop.stop_requested() || Clock::now() >= deadline) {
                break;
            }
            std::vector<pollfd> sockets;
            for (const auto& [key, channel] : channels_) {
                channel->addTo(sockets);
            }
            pollSockets(sockets);
            for (auto at = channels_.begin(); at != channels_.end(); ++at) { // A reply may add a channel.
                at->second->process(sockets);
            }
        }
        ended_ = stop.stop_requested() ? AnswerStatus::cancelled : AnswerStatus::timedOut;
        channels_.clear();                      // Settles what is open.
        for (const Ticket* ticket : waiting_) { // The server can't help that it was not their turn.
            settle(ticket->index, stop.stop_requested() ? AnswerStatus::cancelled : AnswerStatus::notAsked, "too many");
        }
        return std::move(replies_);
    }

private:
    /// What c-ares gives back to us with a reply.
    struct Ticket {
        Asking* asking;
        std::size_t index;
        bool overTcp;
    };

    // Of all domains that are looked at.
    static Turns<NameServer>& turns() {
        constexpr int mostAtOnce = 24;
        static Turns<NameServer> ofAll(mostAtOnce);
        return ofAll;
    }

    void askWhoeverHasTime() {
        std::erase_if(waiting_, [this](Ticket* ticket) {
            const bool hasTurn = turns().take(questions_[ticket->index].server);
            if (hasTurn) {
                ask(*ticket);
            }
            return hasTurn;
        });
    }

    void ask(Ticket& ticket) {
        const auto& [server, question] = questions_[ticket.index];
        auto& channel = channels_[{server, ticket.overTcp}];
        if (!channel) {
            if (!hasRoute(server)) {
                channels_.erase({server, ticket.overTcp});
                end(ticket, AnswerStatus::notAsked, "no route");
                return;
            }
            channel = std::make_unique<Channel>(server, ticket.overTcp);
        }
        if (channel->isMade()) {
            channel->ask(question, &Asking::answered, &ticket);
        } else {
            end(ticket, AnswerStatus::serverFailure, "c-ares");
        }
    }

    static void answered(void* argument, int status, int /*timeouts*/, unsigned char* octets, int size) {
        auto& ticket = *static_cast<Ticket*>(argument);
        ticket.asking->hear(ticket, status,
                            {reinterpret_cast<const char*>(octets), octets == nullptr ? 0 : std::size_t(size)});
    }

    void hear(Ticket& ticket, int status, std::string_view octets) {
        const auto message = status == ARES_EDESTRUCTION ? std::nullopt : parseMessage(octets);
        if (message && message->truncated && !ticket.overTcp) {
            ticket.overTcp = true;
            ask(ticket);
        } else if (message) {
            const auto& [server, question] = questions_[ticket.index];
            turns().give(server);
            replies_[ticket.index] = replyOf(question, *message, server.recursive);
            --open_;
        } else if (status == ARES_EDESTRUCTION) {
            end(ticket, ended_, {});
        } else if (ticket.overTcp) {
            replies_[ticket.index].isCutShort = true;
            end(ticket, AnswerStatus::serverFailure, "truncated, and no reply over TCP");
        } else if (octets.empty()) {
            end(ticket, AnswerStatus::timedOut, status == ARES_ECONNREFUSED ? "refused" : "");
        } else {
            end(ticket, AnswerStatus::serverFailure, "broken message");
        }
    }

    void end(const Ticket& ticket, AnswerStatus status, std::string_view why) {
        turns().give(questions_[ticket.index].server);
        settle(ticket.index, status, why);
    }

    void settle(std::size_t index, AnswerStatus status, std::string_view why) {
        Answer& answer = replies_[index].answer;
        answer.status = status;
        answer.why = why;
        --open_;
    }

    std::span<const ServerQuestion> questions_;
    std::vector<Ticket> tickets_;
    std::vector<Ticket*> waiting_; ///< Not asked yet.
    std::vector<Reply> replies_;
    std::size_t open_ = 0;
    AnswerStatus ended_ = AnswerStatus::timedOut; ///< What is open at the end.
    std::map<std::pair<NameServer, bool>, std::unique_ptr<Channel>> channels_;
};

} // namespace

std::vector<Reply> askDirectly(std::span<const ServerQuestion> questions, Clock::time_point deadline,
                               const std::stop_token& stop) {
    static const int initialized = ares_library_init(ARES_LIB_INIT_ALL);
    (void)initialized;
    return Asking(questions).run(deadline, stop);
}

} // namespace sealwright
