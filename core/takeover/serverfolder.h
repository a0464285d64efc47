#pragma once

#include "keys/keypair.h"
#include "takeover/keytable.h"
#include "takeover/publichalf.h"

#include <filesystem>

/// The keys of a mail server that runs already, in a folder that was copied from it.
namespace sealwright::takeover {

enum class LeftReason {
    // what the folder has
    link,       ///< Not followed: it could lead anywhere.
    notAFile,   ///< A pipe, a device, a socket: never opened.
    unreadable, ///< what: the system's word
    tooLarge,
    tooDeep,    ///< A folder that is not looked into.
    refused,    ///< refusal: why the key can't be used
    brokenRow,  ///< Of a KeyTable; what: the first such line
    keyInTable, ///< A KeyTable has the key in itself.
    // whose key it is
    otherDomain,       ///< what: that domain
    selectorUnknown,   ///< Nothing tells under which selector it is published.
    otherKeyPublished, ///< what: the selector its names say, where the DNS has another key
    withdrawn,         ///< what: that selector, whose record has an empty p= (RFC 6376 section 3.6.1)
    dnsSilent,         ///< The DNS did not answer to what would have told.
    claimedTwice,      ///< what: a selector that several keys could have
    // what is here already
    alreadyHere,   ///< what: its selector
    selectorTaken, ///< what: the selector, under which another key is kept
};

struct LeftFile {
    std::string file; ///< Below the folder, with '/' between.
    LeftReason why;
    std::string what;
    std::optional<Problem<KeyError>> refusal;
};

struct FoundKey {
    std::vector<std::string> files; ///< All that hold this key.
    KeyPair key;
};

struct FoundHalf {
    std::string file;
    PublicHalf half;
};

struct ServerFolder {
    std::string name; ///< Of the folder itself.
    std::vector<FoundKey> keys;
    std::vector<FoundHalf> halves;
    std::vector<KeyTableRow> rows;
    std::vector<LeftFile> left;
};

enum class FolderError {
    unreadable,   ///< what: the system's word
    noKeyTable,   ///< A file was given, and it is no KeyTable.
    tooManyFiles, ///< what: how many may be
    tooManyKeys,  ///< what: how many may be
    tooLarge,     ///< All that would have to be read together.
    cancelled,
};

struct FolderLimits {
    std::size_t files = 20'000; ///< And folders.
    std::size_t depth = 8;
    std::size_t keys = 1'000; ///< To check one of RSA takes a twentieth of a second.
    std::size_t fileOctets = 1'048'576;
    std::size_t allOctets = 67'108'864;
};

/// Called at most once, when the first protected key is met. Nothing: the user would not tell.
using AskPassphrase = std::function<std::optional<SecretBytes>()>;

/// Reads the folder and those in it, or, where `path` is a KeyTable, the key files it names below the folder it is in.
/// Links are not followed, and nothing is opened but ordinary files.
[[nodiscard]] tl::expected<ServerFolder, Problem<FolderError>> readServerFolder(const std::filesystem::path& path,
                                                                                const AskPassphrase& askPassphrase,
                                                                                const std::stop_token& stop,
                                                                                const FolderLimits& limits = {});

} // namespace sealwright::takeover
