#pragma once

#include "base/problem.h"

#include <QByteArray>
#include <QString>

#include <stop_token>
#include <tl/expected.hpp>

namespace sealwright {

/// Octets.
inline constexpr qint64 longestZoneFile = qint64{16} << 20;

enum class KeptZoneError {
    unreadable, ///< what: the system's word
    tooLong,    ///< More than 16 MB.
    changed,    ///< What is on disk is no longer what was opened or saved.
    unwritable, ///< what: the system's word
    nothingSaved,
};

/// A zone file that its owner keeps by hand. Not for two threads at once.
class KeptZoneFile {
public:
    using Result = tl::expected<void, Problem<KeptZoneError>>;

    /// A link stays one: it is the file behind it that is read and written.
    [[nodiscard]] static tl::expected<KeptZoneFile, Problem<KeptZoneError>> open(const QString& path);

    [[nodiscard]] const QString& path() const { return path_; }
    [[nodiscard]] const QByteArray& content() const { return content_; } ///< As opened, or saved since.

    /// All or nothing; the old file stays beside the new one, with a ~ behind its name.
    [[nodiscard]] Result save(const QByteArray& content);
    [[nodiscard]] bool canUndo() const { return !before_.isNull(); }
    [[nodiscard]] Result undo(); ///< Puts back what stood there before it was saved.

private:
    KeptZoneFile(QString path, QByteArray content) : path_(std::move(path)), content_(std::move(content)) {}
    [[nodiscard]] Result isOurs() const;

    QString path_;
    QByteArray content_;
    QByteArray before_; ///< Null: nothing was saved.
};

/// What BIND's named-checkzone says against this zone; empty where it says nothing, is not installed, or was stopped.
/// It looks at the text alone: no name is looked up.
[[nodiscard]] QString refusalByBind(const std::string& zone, const QByteArray& content, const std::stop_token& stop);

} // namespace sealwright
