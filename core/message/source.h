#pragma once

#include "base/problem.h"
#include "message/header.h"

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <stop_token>
#include <tl/expected.hpp>

namespace sealwright::message {

/// Why something is no message at all.
enum class SourceError {
    empty,
    noHeader,      ///< It does not begin with header fields.
    headerTooLong, ///< Over 4 MiB: more than any mail server lets through.
    webPage,       ///< HTML: the page around a mail, not the mail.
    outlookFile,   ///< .msg, which holds no longer what went over the network.
    archive,       ///< zip or gzip
    pdf,
    wideText, ///< UTF-16
};

/// What was done, or noticed, on the way from what was saved or pasted to the message.
enum class SourceForm {
    textBefore,      ///< Lines before the header were passed over.
    mboxEntry,       ///< The first entry of an mbox.
    mboxQuoting,     ///< `>From ` in it became `From `.
    furtherMessages, ///< There are more in the mbox; only the first was read.
    bareLineFeeds,   ///< Lines end with LF, and were read as CRLF.
    mixedLineEndings,
    dotStuffed, ///< As SMTP sends it (RFC 5321 section 4.5.2): dots were taken away.
    noBody,     ///< The header has no end: perhaps the rest is missing.
};

[[nodiscard]] std::string_view toString(SourceForm form); ///< A word for scripts.

/// Takes a file, or what was pasted, in pieces of any size; gives the header once and then the body in pieces.
class Source {
public:
    struct Sink {
        std::function<void(Header)> header;
        std::function<void(std::string_view)> body;
    };
    /// What a file does not say of itself, and a signature may.
    enum class Reading {
        usual,
        dotsStuffed, ///< Takes away the dots of SMTP.
        quotesKept,  ///< Leaves `>From ` in an mbox, whose writer may not have quoted it.
    };

    explicit Source(Sink sink, Reading reading = Reading::usual);

    void add(std::string_view octets);
    [[nodiscard]] tl::expected<std::vector<SourceForm>, Problem<SourceError>> finish();
    /// It ends with a line of a single dot, as in SMTP: only then `dotsStuffed` may be right.
    [[nodiscard]] bool endsWithDot() const;

private:
    void begin();
    void addBody(std::string_view octets);
    void addLines(std::string_view octets);
    void addLine(std::string_view line);

    Sink sink_;
    Reading reading_;
    std::string head_;     ///< Until the header is whole.
    std::string line_;     ///< The begin of a line whose end has not come yet.
    std::string tail_;     ///< The last octets that came.
    std::string unquoted_; ///< Lines on their way to the sink.
    std::optional<Problem<SourceError>> problem_;
    std::vector<SourceForm> forms_;
    bool headIsWhole_ = false;
    bool begun_ = false;
    bool done_ = false; ///< What follows is not of this message.
    bool mbox_ = false;
    bool afterEmptyLine_ = true;
    bool midLine_ = false; ///< The last line came without its end.
};

/// All of the stream, up to a stop, for each of them; where it can't be read to its end it is bad() afterwards.
void readAll(std::istream& input, std::span<Source* const> sources, const std::stop_token& stop);

} // namespace sealwright::message
