#include "base/base64.h"
#include "tls/certificate.h"

namespace sealwright {
namespace {

constexpr std::size_t longestText = 1U << 20U;
constexpr std::size_t mostCertificates = 100;
constexpr std::string_view beginMark = "-----BEGIN ";
constexpr std::string_view endMark = "-----END ";
constexpr std::string_view markEnd = "-----";

struct Block {
    std::string_view label;
    std::string_view content;
    std::size_t where; ///< Of the BEGIN line.
};

/// The next block at or behind `from` (RFC 7468 section 3), which is moved behind it; nothing where none is complete.
std::optional<Block> nextBlock(std::string_view text, std::size_t& from) {
    const std::size_t begin = text.find(beginMark, from);
    const std::size_t label = begin + beginMark.size();
    const std::size_t labelEnd = begin == std::string_view::npos ? begin : text.find(markEnd, label);
    if (labelEnd == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view name = text.substr(label, labelEnd - label);
    const std::size_t content = labelEnd + markEnd.size();
    const std::size_t end = text.find(std::string(endMark) + std::string(name) + std::string(markEnd), content);
    from = end == std::string_view::npos ? text.size() : end + endMark.size() + name.size() + markEnd.size();
    return Block{name, text.substr(content, std::min(end, text.size()) - content), begin};
}

bool isCertificate(std::string_view label) {
    return label == "CERTIFICATE" || label == "X509 CERTIFICATE";
}

/// What is in a text without a certificate, by the labels of its blocks.
CertificateError whatIsThere(std::string_view text) {
    if (text.find("PRIVATE KEY-----") != std::string_view::npos) {
        return CertificateError::privateKeyOnly;
    }
    const bool known = text.find("PUBLIC KEY-----") != std::string_view::npos ||
                       text.find("CERTIFICATE REQUEST-----") != std::string_view::npos;
    return known ? CertificateError::publicKeyOnly : CertificateError::noCertificate;
}

} // namespace

tl::expected<std::vector<Certificate>, Problem<CertificateError>> readCertificates(std::string_view pem) {
    if (pem.size() > longestText) {
        return tl::unexpected(problem(CertificateError::tooLong));
    }
    std::vector<Certificate> certificates;
    for (std::size_t at = 0; const auto block = nextBlock(pem, at);) {
        if (!isCertificate(block->label)) {
            continue;
        }
        const auto der = base64Decode(block->content);
        if (!der) {
            return tl::unexpected(problem(CertificateError::notBase64, {}, block->where));
        }
        auto certificate = Certificate::parse(*der);
        if (!certificate || certificates.size() == mostCertificates) {
            const auto code = certificate ? CertificateError::tooLong : certificate.error().code;
            return tl::unexpected(problem(code, {}, block->where));
        }
        certificates.push_back(std::move(*certificate));
    }
    if (certificates.empty()) {
        return tl::unexpected(problem(whatIsThere(pem)));
    }
    return certificates;
}

tl::expected<Certificate, Problem<CertificateError>> readServerCertificate(std::string_view pem,
                                                                           const std::optional<DomainName>& host) {
    const auto all = readCertificates(pem);
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::string names;
    for (const Certificate& certificate : *all) {
        if (!host || certificate.isFor(*host)) {
            return certificate;
        }
        for (const std::string& name : certificate.names()) {
            names += (names.empty() ? "" : ", ") + name;
        }
    }
    return tl::unexpected(problem(CertificateError::otherHost, names));
}

} // namespace sealwright
