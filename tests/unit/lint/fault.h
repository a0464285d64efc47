#pragma once

#include "lint/lint.h"

#include <gtest/gtest.h>

#include <algorithm>

/// What the tests of lint share: a fault with the files that have it, and pieces of files.
namespace sealwright::test {

using namespace lint;

struct Fault {
    const char* what;
    std::vector<ServerFile> files;
    LintCode code;
    std::size_t line;   ///< 0: what the file does not say.
    const char* mended; ///< A part of what should stand there, or empty.
};

inline const std::string signing = "DKIM_SELECTOR = s1\nDKIM_PRIVATE_KEY = /etc/exim4/dkim/example.org.pem\n"
                                   "DKIM_SIGN_HEADERS = +From:=To:=Subject\n";
inline const std::string opendkim = "Canonicalization relaxed/relaxed\nOversignHeaders From\nMode sv\n"
                                    "KeyTable refile:/etc/opendkim/KeyTable\n";
inline const std::string tables = "SigningTable refile:/etc/opendkim/SigningTable\n";
inline const std::string postfix = "smtpd_milters = inet:127.0.0.1:8891\nnon_smtpd_milters = $smtpd_milters\n"
                                   "milter_default_action = accept\ndisable_mime_output_conversion = yes\n";
inline const std::string rspamd = "use_esld = false;\nallow_hdrfrom_mismatch = true;\nallow_username_mismatch = true;\n"
                                  "try_fallback = false;\n";

inline ServerFile macros(std::string text) {
    return {"/etc/exim4/exim4.conf.localmacros", std::move(text)};
}
inline ServerFile mainCf(std::string text) {
    return {"/etc/postfix/main.cf", std::move(text)};
}
inline ServerFile opendkimConf(std::string text) {
    return {"/etc/opendkim.conf", std::move(text)};
}
inline ServerFile dkimSigning(std::string text) {
    return {"/etc/rspamd/local.d/dkim_signing.conf", std::move(text)};
}
inline ServerFile keyTable(std::string text) {
    return {"KeyTable", std::move(text)};
}

inline ServerFile exim4Conf(std::string text) {
    return {"/etc/exim4/exim4.conf", std::move(text)};
}
/// A configuration of one's own; the transport that the router names comes last, and `more` behind its driver.
inline std::string wholeWith(const std::string& more) {
    return "begin routers\nout:\n  driver = dnslookup\n  transport = remote\nbegin transports\nremote:\n  driver = "
           "smtp\n" +
           more;
}

inline std::string listed(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const LintFinding& finding : findings) {
        text.append(toString(finding.code)).append(" ").append(std::to_string(finding.line)).append("\n");
    }
    return text;
}

inline void expectFound(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        const auto findings = lint::lint(fault.files);
        const auto found = std::ranges::find_if(findings, [&fault](const LintFinding& finding) {
            return finding.code == fault.code && finding.line == fault.line &&
                   finding.mended.find(fault.mended) != std::string::npos;
        });
        EXPECT_NE(found, findings.end()) << fault.what << ":\n" << listed(findings);
    }
}

} // namespace sealwright::test
