#pragma once

#include <QJsonValue>
#include <QString>

#include <string_view>

namespace sealwright::cli {

/// What is known to be fit to be shown: names and words of ours. For all else there is shown().
[[nodiscard]] QString text(std::string_view octets);

/// To be called first: Windows would else change the ends of lines between us and a file or pipe.
void passOctetsUnchanged();

/// A line on stdout: results.
void print(const QString& line);
/// Indented JSON on stdout.
void print(const QJsonValue& json);
/// A line on stderr: messages.
void say(const QString& line);

/// Something could not be written to stdout, and not because nobody reads it any more.
[[nodiscard]] bool resultsWereLost();

/// Whether results go to a person's terminal.
[[nodiscard]] bool isTerminal();

} // namespace sealwright::cli
