#include "support/temporaryfolder.h"

#include <fstream>
#include <random>
#include <stdexcept>

namespace sealwright::test {

TemporaryFolder::TemporaryFolder() {
    std::random_device random;
    path_ = std::filesystem::temp_directory_path() / ("sealwright-test-" + std::to_string(random()));
    if (!std::filesystem::create_directory(path_)) {
        throw std::runtime_error("no temporary folder");
    }
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(const std::string& name, std::string_view octets) const {
    std::ofstream(path_ / name, std::ios::binary) << octets;
    return path_ / name;
}

} // namespace sealwright::test
