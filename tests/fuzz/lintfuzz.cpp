#include "fuzz.h"
#include "lint/lint.h"

#include <algorithm>

// Files of a mail server as users paste them, one or two together. What is found points into them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright::lint;
    using sealwright::fuzz::require;
    constexpr std::string_view names[] = {"",
                                          "exim4.conf.localmacros",
                                          "update-exim4.conf.conf",
                                          "main.cf",
                                          "opendkim.conf",
                                          "KeyTable",
                                          "SigningTable",
                                          "dkim_signing.conf",
                                          "/etc/exim4/exim4.conf",
                                          "/etc/exim4/conf.d/transport/30_remote",
                                          "/etc/exim4/conf.d/router/200_primary",
                                          "/etc/exim4/dkim/selectors",
                                          "TrustedHosts",
                                          "sign_networks.map",
                                          "dkimpy-milter.conf",
                                          "pasted"};
    if (size < 1) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto cut = std::min(text.find('\0'), text.size());
    const std::vector<ServerFile> files = {
        {std::string(names[data[0] % 16]), std::string(text.substr(0, cut))},
        {std::string(names[data[0] / 16]), std::string(text.substr(std::min(cut + 1, text.size())))}};
    for (const LintFinding& finding : lint(files)) {
        require(finding.file < files.size());
        const std::string& whole = files[finding.file].text;
        require(finding.line <= static_cast<std::size_t>(std::ranges::count(whole, '\n')) + 1);
        require(whole.find(finding.text) != std::string::npos);
    }
    return 0;
}
