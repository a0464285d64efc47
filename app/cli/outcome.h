#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace sealwright::cli {

/// What the program says to the shell.
enum class ExitStatus {
    ok = 0,
    wrong = 1,   ///< It ran, and something is wrong with what it looked at.
    usage = 2,   ///< Wrong usage or bad input.
    unknown = 3, ///< It could not find out: DNS, network, disk, vault.
};

/// Why a command ended early.
struct Failure {
    ExitStatus status;
    QString message; ///< A whole sentence.
};

template <class T>
using Result = tl::expected<T, Failure>;
using Outcome = Result<ExitStatus>;

inline tl::unexpected<Failure> badInput(QString message) {
    return tl::unexpected(Failure{ExitStatus::usage, std::move(message)});
}
inline tl::unexpected<Failure> notFoundOut(QString message) {
    return tl::unexpected(Failure{ExitStatus::unknown, std::move(message)});
}

} // namespace sealwright::cli
