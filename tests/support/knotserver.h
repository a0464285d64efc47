#pragma once

#include "dns/resolveroptions.h"
#include "support/program.h"

#include <memory>

namespace sealwright::test {

/// Knot DNS on a free port of 127.0.0.1 with these zones, each from a file.
class KnotServer {
public:
    struct Zone {
        std::string name;
        std::filesystem::path file;
        bool takesUpdates = false; ///< From anybody on this machine (RFC 2136), and writes them to the file.
    };
    explicit KnotServer(const std::vector<Zone>& zones);

    [[nodiscard]] ResolverOptions::Server address() const;

private:
    TemporaryFolder folder_;
    std::uint16_t port_;
    std::unique_ptr<Daemon> daemon_;
};

} // namespace sealwright::test
