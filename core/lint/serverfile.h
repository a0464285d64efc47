#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What stands on a mail server today, read for what leaves mail unsigned or breaks it later.
namespace sealwright::lint {

inline constexpr std::size_t longestFile = 1'048'576; ///< Octets; what is longer is no configuration of a mail server.

inline constexpr std::size_t longestShown = 500; ///< Octets of a line that are kept to be shown.

/// A file of the server as the user copied it, or what `postconf -n` printed; any octets.
struct ServerFile {
    std::string name; ///< Path or file name, as far as it is known.
    std::string text;
};

enum class FileKind {
    unknown,
    exim,         ///< Macros, or a whole configuration.
    eximDebian,   ///< update-exim4.conf.conf
    eximTable,    ///< What its look-ups read: nothing to find fault with.
    postfix,      ///< main.cf or the output of `postconf -n`.
    opendkim,     ///< opendkim.conf
    keyTable,     ///< Of OpenDKIM.
    signingTable, ///< Of OpenDKIM.
    trustedHosts, ///< InternalHosts or ExternalIgnoreList of OpenDKIM.
    rspamd,       ///< dkim_signing.conf
    signNetworks, ///< sign_networks of rspamd as a file of its own: sign_networks.map of our bundles.
};

/// By the name where that says it, else by the words of the file.
[[nodiscard]] FileKind kindOf(const ServerFile& file);

/// One setting, lines that go on joined.
struct Setting {
    std::size_t file = 0; ///< Index among the files that were given.
    std::size_t line = 0; ///< Where it begins, from 1.
    std::string name;     ///< As it is written.
    std::string value;    ///< Without white space around it; a comment behind it is taken off where the format has any.
    std::string text;     ///< Its line or lines, at most `longestShown` octets.
};

/// The settings `name = value` of exim: macros, options and those of /bin/sh in Debian's own file; backslashes go on.
[[nodiscard]] std::vector<Setting> eximSettings(std::string_view text, std::size_t file);
/// Those of main.cf: a line that begins with white space goes on.
[[nodiscard]] std::vector<Setting> postfixSettings(std::string_view text, std::size_t file);
/// `Name value`, as opendkim.conf and its tables have them.
[[nodiscard]] std::vector<Setting> wordSettings(std::string_view text, std::size_t file);
/// `name = value;` of rspamd, wherever it stands; and `name {` with an empty value.
[[nodiscard]] std::vector<Setting> rspamdSettings(std::string_view text, std::size_t file);

} // namespace sealwright::lint
