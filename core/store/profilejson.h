#pragma once

#include "plan/profile.h"

#include <QJsonObject>

namespace sealwright {

enum class ProfileError {
    notJson,      ///< where: the octet
    notAProfile,  ///< JSON, without our format mark.
    newerVersion, ///< what: its version. It may be shown, and must not be written.
    badField,     ///< what: the field's path, e.g. "keys[0].selector"
    cannotRead,   ///< what: the system's word
    cannotWrite,
    inUse, ///< Another Sealwright has it open for writing.
    absent,
    changedMeanwhile, ///< The file is not the one that was loaded: saving would undo what another program did.
};

/// A profile as it was stored: fields that a later version wrote are kept and written back.
struct StoredProfile {
    Profile profile;
    /// Fields of the file that this version does not know. Those of a key: below "keys" and its selector; of
    /// the MTA-STS policy: below "mtaSts".
    QJsonObject unknown;
    bool readOnly = false; ///< Written by a newer version.
    QByteArray file = {};  ///< As it was when loaded or last saved; empty: there was none.
};

[[nodiscard]] QByteArray toJson(const StoredProfile& stored);
/// A newer version's file is read as far as it can be understood, and then read-only; newerVersion where it can't be.
[[nodiscard]] tl::expected<StoredProfile, Problem<ProfileError>> profileFromJson(const QByteArray& json);

} // namespace sealwright
