#include "mta/ownerfile.h"

#include <random>
#include <string>

#ifdef _WIN32
#include <fstream>
#else
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sealwright {

namespace {

namespace fs = std::filesystem;

#ifndef _WIN32
std::error_code lastError() {
    return {errno, std::generic_category()};
}

/// Closes when it goes out of scope, for the paths on which an error is reported already.
class File {
public:
    File(const fs::path& path, int flags, mode_t mode) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() { close(); }

    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool isOpen() const { return descriptor_ >= 0; }
    bool close() {
        const bool good = descriptor_ < 0 || ::close(descriptor_) == 0;
        descriptor_ = -1;
        return good;
    }

private:
    int descriptor_;
};

bool writeAll(const File& file, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(file.get(), content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        content.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}
#endif

} // namespace

#ifdef _WIN32

// The profile folders of Windows are their owner's by inheritance; a bundle elsewhere takes the rights of its folder.
void makeOwnerFolder(const fs::path& path, std::error_code& error) {
    if (!fs::create_directory(path, error) && !error) {
        error = std::make_error_code(std::errc::file_exists);
    }
}

void writeOwnerFile(const fs::path& path, std::string_view content, unsigned, std::error_code& error) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    error = file ? std::error_code() : std::make_error_code(std::errc::io_error);
}

void syncToDisk(const fs::path&, std::error_code& error) {
    error.clear();
}

#else

void makeOwnerFolder(const fs::path& path, std::error_code& error) {
    error = ::mkdir(path.c_str(), S_IRWXU) == 0 ? std::error_code() : lastError();
}

void writeOwnerFile(const fs::path& path, std::string_view content, unsigned mode, std::error_code& error) {
    File file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    const bool good = file.isOpen() && writeAll(file, content) && ::fsync(file.get()) == 0 &&
                      ::fchmod(file.get(), static_cast<mode_t>(mode)) == 0 && file.close();
    error = good ? std::error_code() : lastError();
}

void syncToDisk(const fs::path& path, std::error_code& error) {
    const File file(path, O_RDONLY, 0);
    error = file.isOpen() && ::fsync(file.get()) == 0 ? std::error_code() : lastError();
}

#endif

fs::path pathBeside(const fs::path& target) {
    constexpr auto letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device random;
    std::uniform_int_distribution<std::size_t> pick(0, 35);
    // Long names lose their end: with the suffix they would be too long for a file.
    auto name = "." + target.filename().string().substr(0, 200) + ".";
    for (int i = 0; i < 12; ++i) {
        name += letters[pick(random)];
    }
    return target.parent_path() / name;
}

void exchange(const fs::path& a, const fs::path& b, std::error_code& error) {
#ifdef RENAME_EXCHANGE
    if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0) {
        error.clear();
        return;
    }
#endif
    const auto between = pathBeside(b);
    fs::rename(b, between, error);
    if (error) {
        return;
    }
    fs::rename(a, b, error);
    std::error_code back;
    fs::rename(between, error ? b : a, back);
}

} // namespace sealwright
