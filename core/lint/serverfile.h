#pragma once

#include "keys/keypair.h"

#include <span>
#include <vector>

/// What stands on a mail server today, read for what leaves mail unsigned or breaks it later.
namespace sealwright::lint {

inline constexpr std::size_t longestFile = 1'048'576; ///< Octets; what is longer is no configuration of a mail server.

inline constexpr std::size_t longestShown = 500; ///< Octets of a line that are kept to be shown.

/// Who may do what with a file.
struct FileAccess {
    unsigned mode = 0; ///< As chmod takes it.
    std::string owner; ///< By name where the system has one.
    std::string group;
};

struct KeySeen {
    KeyType type = KeyType::rsa;
    int bits = 0; ///< 0: not known, behind a passphrase.
};

enum class LeftOut { link, notAFile, unreadable, tooLong, tooDeep, tooMany };

/// A file of the server as the user copied it, or what a program printed; any octets.
struct ServerFile {
    std::string name;                                ///< Path or file name, as far as it is known.
    std::string text;                                ///< Never that of a private key.
    std::optional<FileAccess> access = std::nullopt; ///< Where the file lies as on the server.
    std::optional<KeySeen> key = std::nullopt;
    std::optional<LeftOut> leftOut = std::nullopt; ///< Not read.
    bool isFolder = false;
    bool isCopy = false; ///< It belongs to the user, so its mode says nothing of the server.
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
    dkimpy,       ///< dkimpy-milter.conf
    incoming,     ///< About mail that comes in, which is none of ours.
    listing,      ///< What `ls -l` or `stat` printed.
    privateKey,
    folder,
    shipped, ///< As a package brings it, where files of the server's own count before it.
};

/// By the name where that says it, else by the words of the file.
[[nodiscard]] FileKind kindOf(const ServerFile& file);
/// By the name alone; unknown where it does not tell.
[[nodiscard]] FileKind kindOfName(std::string_view path);

/// As PEM has it (RFC 7468 sections 10 and 11, and PKCS#1's).
[[nodiscard]] bool holdsPrivateKey(std::string_view text);

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
