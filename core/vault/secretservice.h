#pragma once

#include <QString>
#include <chrono>
#include <functional>

/// What the Secret Service of a Linux desktop tells without asking anybody for a password
/// (freedesktop.org Secret Service 0.2). To be called in the keychain's thread.
namespace sealwright::secretservice {

enum class Sight {
    noService,
    silent, ///< It is there and does not answer.
    absent,
    unlocked,
    locked,
};

using Tell = std::function<void(Sight)>;

/// The item that QtKeychain keeps for this service and key.
void lookForItem(const QString& server, const QString& user, std::chrono::milliseconds deadline, const Tell& tell);

/// The collection that new items go to. Absent: the first write makes one and asks for a new password.
void lookForDefaultCollection(std::chrono::milliseconds deadline, const Tell& tell);

/// QtKeychain may use another store than this one: KWallet where that runs, the system's own on Windows.
[[nodiscard]] bool hasRival();

} // namespace sealwright::secretservice
