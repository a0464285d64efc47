#include "support/dnsserver.h"

#include "dns/rdata.h"
#include "zone/zonefile.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace sealwright::test {

namespace {

constexpr std::size_t headerSize = 12; // RFC 1035 section 4.1.1
constexpr std::size_t datagramSize = 1232;
constexpr std::uint16_t classIn = 1;

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress socketAddress(const IpAddress& ip, std::uint16_t port) {
    SocketAddress address;
    const std::string text = ip.toString();
    if (ip.isV4()) {
        auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        inet_pton(AF_INET, text.c_str(), &v4->sin_addr);
        address.size = sizeof *v4;
    } else {
        auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr);
        address.size = sizeof *v6;
    }
    return address;
}

/// A bound socket, or -1 where the port is taken.
int boundSocket(const IpAddress& ip, int type, std::uint16_t port) {
    const int made = socket(ip.isV4() ? AF_INET : AF_INET6, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    auto address = socketAddress(ip, port);
    if (bind(made, address.get(), address.size) == 0) {
        return made;
    }
    close(made);
    return -1;
}

std::uint16_t portOf(int bound) {
    SocketAddress address;
    getsockname(bound, address.get(), &address.size);
    return ntohs(reinterpret_cast<sockaddr_in*>(&address.storage)->sin_port); // At the same place for IPv6.
}

void appendNumber(std::string& out, std::uint32_t value, std::size_t octets) {
    for (std::size_t i = octets; i-- > 0;) {
        out += static_cast<char>(value >> (8 * i) & 255U);
    }
}

void appendRecord(std::string& out, std::string_view owner, RecordType type, std::chrono::seconds ttl,
                  std::string_view rdata) {
    out += owner;
    appendNumber(out, static_cast<std::uint32_t>(type), 2);
    appendNumber(out, classIn, 2);
    appendNumber(out, static_cast<std::uint32_t>(ttl.count()), 4);
    appendNumber(out, static_cast<std::uint32_t>(rdata.size()), 2);
    out += rdata;
}

struct ParsedQuestion {
    Question question;
    std::size_t end; ///< Of the question section, in the message.
};

std::optional<ParsedQuestion> parseQuestion(std::string_view query) {
    if (query.size() < headerSize) {
        return std::nullopt;
    }
    RdataReader reader(query.substr(headerSize));
    const auto name = reader.domainName();
    const auto type = reader.number16();
    const auto qclass = reader.number16();
    if (!name || !type || qclass != classIn) {
        return std::nullopt;
    }
    return ParsedQuestion{{*name, static_cast<RecordType>(*type)}, query.size() - reader.rest().size()};
}

} // namespace

DnsServer::DnsServer(std::string_view lines, std::string_view address, std::uint16_t port)
    : data_(lines), address_(IpAddress::parse(address).value()) {
    for (int attempt = 0; listener_ < 0 && attempt < 100; ++attempt) { // A port that is free for both.
        close(datagrams_);
        datagrams_ = boundSocket(address_, SOCK_DGRAM, port);
        port_ = portOf(datagrams_);
        listener_ = datagrams_ < 0 ? -1 : boundSocket(address_, SOCK_STREAM, port_);
    }
    if (listener_ < 0 || listen(listener_, 16) != 0) {
        throw std::runtime_error("no port for a DNS server on " + std::string(address));
    }
    const int room = 4 << 20; // for a thousand questions at once
    setsockopt(datagrams_, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    wake_ = eventfd(0, EFD_CLOEXEC);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

DnsServer::~DnsServer() {
    thread_.request_stop();
    eventfd_write(wake_, 1);
    thread_.join();
    for (const auto& [socket, octets] : streams_) {
        close(socket);
    }
    for (const int socket : {datagrams_, listener_, wake_}) {
        close(socket);
    }
}

std::vector<DnsServer::Query> DnsServer::queries() const {
    const std::scoped_lock lock(mutex_);
    return queries_;
}

void DnsServer::serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::vector<pollfd> sockets{{wake_, POLLIN, 0}, {datagrams_, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& [socket, octets] : streams_) {
            sockets.push_back({socket, POLLIN, 0});
        }
        timespec timeout{};
        if (!replies_.empty()) {
            const auto left = std::max(replies_.begin()->first - Clock::now(), Clock::duration::zero());
            timeout = {.tv_sec = left / std::chrono::seconds(1), .tv_nsec = (left % std::chrono::seconds(1)).count()};
        }
        ppoll(sockets.data(), sockets.size(), replies_.empty() ? nullptr : &timeout, nullptr);
        while (!replies_.empty() && replies_.begin()->first <= Clock::now()) {
            send(replies_.begin()->second);
            replies_.erase(replies_.begin());
        }
        if (sockets[1].revents != 0) {
            receiveDatagram();
        }
        if (sockets[2].revents != 0) {
            streams_.emplace(accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK), std::string{});
        }
        for (std::size_t i = 3; i < sockets.size(); ++i) {
            if (sockets[i].revents != 0) {
                receiveStream(sockets[i].fd);
            }
        }
    }
}

void DnsServer::receiveDatagram() {
    std::array<char, 65536> octets{};
    while (true) {
        SocketAddress peer;
        const auto size = recvfrom(datagrams_, octets.data(), octets.size(), 0, peer.get(), &peer.size);
        if (size < 0) {
            return;
        }
        handle({octets.data(), static_cast<std::size_t>(size)}, datagrams_,
               std::string(reinterpret_cast<const char*>(&peer.storage), peer.size));
    }
}

void DnsServer::receiveStream(int socket) {
    std::array<char, 4096> octets{};
    const auto size = recv(socket, octets.data(), octets.size(), 0);
    if (size <= 0) {
        close(socket);
        streams_.erase(socket);
        std::erase_if(replies_, [socket](const auto& entry) { return entry.second.socket == socket; });
        return;
    }
    std::string& received = streams_[socket];
    received.append(octets.data(), static_cast<std::size_t>(size));
    while (received.size() >= 2) { // RFC 1035 section 4.2.2: a length before each message
        const std::size_t length = RdataReader(received).number16().value();
        if (received.size() < length + 2) {
            return;
        }
        handle(std::string_view(received).substr(2, length), socket, {});
        received.erase(0, length + 2);
    }
}

void DnsServer::handle(std::string_view query, int socket, std::string peer) {
    const auto parsed = parseQuestion(query);
    if (!parsed) {
        return;
    }
    const bool overTcp = peer.empty();
    {
        const std::scoped_lock lock(mutex_);
        queries_.push_back({parsed->question, overTcp, (query[2] & 1) != 0});
    }
    if (auto octets = replyTo(query, parsed->question, overTcp)) {
        if (overTcp) {
            std::string length;
            appendNumber(length, static_cast<std::uint32_t>(octets->size()), 2);
            octets->insert(0, length);
        }
        const auto own = delays_.find(parsed->question.name);
        const auto delay = own == delays_.end() ? delay_ : own->second;
        Reply reply{socket, std::move(*octets), std::move(peer)};
        delay.count() == 0 ? send(reply) : void(replies_.emplace(Clock::now() + delay, std::move(reply)));
    }
}

std::optional<std::string> DnsServer::replyTo(std::string_view query, const Question& question, bool overTcp) {
    const Answer answer = data_.lookup(question.name, question.type);
    if (answer.status == AnswerStatus::timedOut) {
        return std::nullopt;
    }
    const std::size_t end = parseQuestion(query)->end;
    const bool alias = answer.canonicalName != question.name && question.type != RecordType::cname;
    const Mischief mischief = mischief_.contains(question.name) ? mischief_.at(question.name) : Mischief::none;
    if (mischief == Mischief::garbage) {
        return std::string(100, '\xff');
    }
    const int rcode = answer.isConclusive() ? (answer.status == AnswerStatus::nxDomain ? 3 : 0) : 2;
    std::string records;
    const std::string owner = wireName(absoluteName(answer.canonicalName), {}).value();
    if (alias && rcode != 2) {
        appendRecord(records, "\xc0\x0c", RecordType::cname, answer.ttl, owner);
    }
    for (const std::string& rdata : answer.rdata) {
        appendRecord(records, alias ? owner : "\xc0\x0c", question.type, answer.ttl, rdata);
    }
    const bool tooLong = !overTcp && (mischief == Mischief::truncated || end + records.size() > datagramSize);
    std::string reply(query.substr(0, 2));
    reply[0] = static_cast<char>(reply[0] ^ (mischief == Mischief::wrongId ? 0x55 : 0));
    reply += static_cast<char>(0x84 | (tooLong ? 2 : 0) | (query[2] & 1)); // QR AA TC RD
    reply += static_cast<char>(0x80 | rcode);                              // RA
    appendNumber(reply, 1, 2);
    appendNumber(reply, tooLong ? 0 : static_cast<std::uint32_t>(answer.rdata.size() + (alias && rcode != 2 ? 1 : 0)),
                 2);
    appendNumber(reply, 0, 4);
    reply += query.substr(headerSize, end - headerSize);
    return tooLong ? reply : reply + records;
}

void DnsServer::send(const Reply& reply) const {
    if (reply.peer.empty()) {
        for (std::string_view rest = reply.octets; !rest.empty();) {
            const auto sent = ::send(reply.socket, rest.data(), rest.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN) {
                return;
            }
            rest.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
        }
        return;
    }
    sendto(reply.socket, reply.octets.data(), reply.octets.size(), 0,
           reinterpret_cast<const sockaddr*>(reply.peer.data()), static_cast<socklen_t>(reply.peer.size()));
}

} // namespace sealwright::test
