#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace sealwright::test {

[[nodiscard]] inline std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    EXPECT_TRUE(in) << file;
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

inline void writeTo(const std::filesystem::path& file, std::string_view content) {
    std::ofstream out(file, std::ios::binary);
    out << content;
    EXPECT_TRUE(out) << file;
}

} // namespace sealwright::test
