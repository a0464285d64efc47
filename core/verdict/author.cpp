#include "verdict/author.h"

#include "message/mailboxes.h"

namespace sealwright::verdict {

tl::expected<DomainName, Problem<AuthorError>> authorOf(const message::Header& header) {
    const message::HeaderField* from = nullptr;
    for (const message::HeaderField& field : header.fields) {
        if (field.isNamed("From")) {
            if (from != nullptr) {
                return tl::unexpected(problem(AuthorError::severalFrom));
            }
            from = &field;
        }
    }
    if (from == nullptr) {
        return tl::unexpected(problem(AuthorError::noFrom));
    }
    std::optional<DomainName> author;
    for (const std::string& name : message::mailboxDomains(from->value())) {
        const auto domain = DomainName::parseDns(name);
        if (!domain) {
            return tl::unexpected(problem(AuthorError::badDomain, name));
        }
        if (author && *author != *domain) {
            return tl::unexpected(problem(AuthorError::severalDomains));
        }
        author = *domain;
    }
    if (!author) {
        return tl::unexpected(problem(AuthorError::noAddress));
    }
    return *author;
}

} // namespace sealwright::verdict
