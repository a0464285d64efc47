#include "cli/messagefile.h"

#include "text/problemtext.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cstdio>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::MessageFile)
};

constexpr qint64 piece = 65'536;
constexpr std::size_t longestHeader = 4'194'304; // Far more than any mail server lets through.

// The octets up to and with the empty line, or nothing where it has not come yet.
std::optional<std::size_t> endOfHeader(std::string_view octets, std::size_t from) {
    for (auto at = octets.find('\n', from); at != std::string_view::npos; at = octets.find('\n', at + 1)) {
        std::string_view behind = octets.substr(at + 1);
        const std::size_t mark = behind.starts_with("\r\n") ? 2 : behind.starts_with("\n") ? 1 : 0;
        if (mark > 0) {
            return at + 1 + mark;
        }
    }
    return std::nullopt;
}

} // namespace

Result<ReadMessage> readMessage(const std::string& path, const std::stop_token& stop) {
    QFile file(QString::fromStdString(path));
    const bool opened = path == "-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened) {
        return badInput(Words::tr("%1 can't be read: %2").arg(shown(path), file.errorString()));
    }
    std::string head;
    std::optional<std::size_t> end;
    while (!end && head.size() <= longestHeader && !stop.stop_requested()) {
        const QByteArray more = file.read(piece);
        if (more.isEmpty()) {
            break;
        }
        const std::size_t from = head.size() < 2 ? 0 : head.size() - 2; // The empty line may lie on the seam.
        head.append(more.constData(), static_cast<std::size_t>(more.size()));
        end = endOfHeader(head, from);
    }
    message::Header header = message::Header::parse(head);
    if (header.fields.empty() || (!end && head.size() > longestHeader)) {
        return badInput(
            Words::tr("%1 is no mail: it does not begin with a header such as “From: …”. Save the mail as a "
                      "file, or copy its whole source (“show original”).")
                .arg(shown(path)));
    }
    const std::size_t begin = header.bodyBegin;
    ReadMessage message{header, dkim::Verifier(std::move(header))};
    message.verifier.addBody(std::string_view(head).substr(begin));
    while (!stop.stop_requested()) {
        const QByteArray more = file.read(piece);
        if (more.isEmpty()) {
            break;
        }
        message.verifier.addBody({more.constData(), static_cast<std::size_t>(more.size())});
    }
    if (file.error() != QFileDevice::NoError) {
        return notFoundOut(Words::tr("%1 can't be read to its end: %2").arg(shown(path), file.errorString()));
    }
    return message;
}

} // namespace sealwright::cli
