#include "message/mailboxes.h"

namespace sealwright::message {
namespace {

/// Reads octet by octet; what is quoted or a comment never counts as a mark.
class Reader {
public:
    std::vector<std::string> read(std::string_view value) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            const char c = value[i];
            if ((quoted_ || comments_ > 0) && c == '\\') {
                ++i; // section 3.2.1: a quoted pair
            } else if (quoted_) {
                quoted_ = c != '"';
            } else if (c == '(') {
                ++comments_;
            } else if (comments_ > 0) {
                comments_ -= c == ')' ? 1 : 0;
            } else {
                take(c);
            }
        }
        endMailbox();
        return std::move(domains_);
    }

private:
    void take(char c) {
        switch (c) {
        case '"':
            quoted_ = true;
            plain_ += '"'; // a local part, or a part of a name
            break;
        case '<':
            if (angle_) { // A second address without a comma: some programs show it, some the first.
                endMailbox();
            }
            angle_ = true;
            inAngle_ = true;
            address_.clear();
            break;
        case '>':
            inAngle_ = false;
            break;
        case ',':
        case ';':
            if (!inAngle_) { // In angle brackets it is an obsolete route (section 4.4).
                endMailbox();
            }
            break;
        case ':':
            if (inAngle_) {
                address_.clear(); // behind a route
            } else {
                plain_.clear(); // behind the name of a group
            }
            break;
        case ' ':
        case '\t':
        case '\r':
        case '\n':
            break;
        default:
            (inAngle_ ? address_ : plain_) += c;
        }
    }

    void endMailbox() {
        const std::string& text = angle_ ? address_ : plain_;
        if (angle_ || !text.empty()) {
            const auto at = text.rfind('@');
            domains_.push_back(at == std::string::npos ? std::string() : text.substr(at + 1));
        }
        plain_.clear();
        address_.clear();
        angle_ = false;
        inAngle_ = false;
    }

    std::vector<std::string> domains_;
    std::string plain_;
    std::string address_;
    bool angle_ = false;
    bool inAngle_ = false;
    bool quoted_ = false;
    int comments_ = 0;
};

} // namespace

std::vector<std::string> mailboxDomains(std::string_view value) {
    return Reader().read(value);
}

} // namespace sealwright::message
