#include "base/ownerfile.h"

#include <algorithm>
#include <random>
#include <string>

#ifdef _WIN32
#include <array>
#include <memory>
#include <windows.h>
// after windows.h
#include <sddl.h>
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

#ifdef _WIN32

std::error_code lastError() {
    return {static_cast<int>(GetLastError()), std::system_category()};
}

struct CloseHandleLater {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
struct FreeLater {
    void operator()(void* memory) const { LocalFree(memory); }
};
template <class T>
using LocalMemory = std::unique_ptr<T, FreeLater>;

/// The user this program runs as, as security descriptors are written: S-1-5-21-...
std::wstring user() {
    HANDLE opened = nullptr;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &opened) == 0) {
        return {};
    }
    const std::unique_ptr<void, CloseHandleLater> token(opened);
    alignas(TOKEN_USER) std::array<char, sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE> known{};
    DWORD size = 0;
    wchar_t* written = nullptr;
    if (GetTokenInformation(opened, TokenUser, known.data(), DWORD{known.size()}, &size) == 0 ||
        ConvertSidToStringSidW(reinterpret_cast<const TOKEN_USER*>(known.data())->User.Sid, &written) == 0) {
        return {};
    }
    return LocalMemory<wchar_t>(written).get();
}

/// An access list that names the user alone, and takes nothing from the folder above. What is made in a folder that
/// has it gets it too.
class OwnerOnly {
public:
    OwnerOnly() {
        void* descriptor = nullptr;
        const std::wstring text = L"D:P(A;OICI;FA;;;" + user() + L")";
        if (ConvertStringSecurityDescriptorToSecurityDescriptorW(text.c_str(), SDDL_REVISION_1, &descriptor, nullptr) !=
            0) {
            descriptor_.reset(descriptor);
            attributes_.lpSecurityDescriptor = descriptor;
        }
    }

    /// Nothing where Windows did not tell who we are: then nothing may be made.
    [[nodiscard]] SECURITY_ATTRIBUTES* get() { return descriptor_ ? &attributes_ : nullptr; }

private:
    LocalMemory<void> descriptor_;
    SECURITY_ATTRIBUTES attributes_{sizeof(SECURITY_ATTRIBUTES), nullptr, FALSE};
};

bool writeAll(HANDLE file, std::string_view content) {
    constexpr std::size_t most = 1U << 30U; // WriteFile counts in 32 bits
    while (!content.empty()) {
        DWORD written = 0;
        if (WriteFile(file, content.data(), static_cast<DWORD>(std::min(content.size(), most)), &written, nullptr) ==
            0) {
            return false;
        }
        content.remove_prefix(written);
    }
    return true;
}

#else

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

void makeOwnerFolder(const fs::path& path, std::error_code& error) {
    OwnerOnly owner;
    const bool made = owner.get() != nullptr && CreateDirectoryW(path.c_str(), owner.get()) != 0;
    error = made ? std::error_code() : lastError();
}

void writeOwnerFile(const fs::path& path, std::string_view content, unsigned mode, std::error_code& error) {
    constexpr unsigned forOthers = 077;
    OwnerOnly owner;
    SECURITY_ATTRIBUTES* const security = (mode & forOthers) == 0 ? owner.get() : nullptr; // else as the folder says
    if ((mode & forOthers) == 0 && security == nullptr) {
        error = lastError();
        return;
    }
    const HANDLE file =
        CreateFileW(path.c_str(), GENERIC_WRITE, 0, security, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE) {
        error = lastError();
        return;
    }
    const std::unique_ptr<void, CloseHandleLater> open(file);
    error = writeAll(file, content) && FlushFileBuffers(file) != 0 ? std::error_code() : lastError();
}

// Windows writes folders through by itself, and files are written through above.
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
