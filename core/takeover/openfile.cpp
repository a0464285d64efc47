#include "takeover/openfile.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace sealwright::takeover {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t pieceSize = 65'536;

class OpenFile {
public:
    explicit OpenFile(const fs::path& path)
#ifdef _WIN32
        : handle_(_wopen(path.c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT)){}
#else
        : handle_(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {
    }
#endif
        OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (handle_ >= 0) {
            close(handle_);
        }
    }

    [[nodiscard]] bool isOpen() const {
        return handle_ >= 0;
    }
    [[nodiscard]] bool isOrdinary() const {
        struct stat status {};
        return fstat(handle_, &status) == 0 && (status.st_mode & S_IFMT) == S_IFREG;
    }
    [[nodiscard]] std::ptrdiff_t read(char* data, std::size_t size) const {
#ifdef _WIN32
        return ::read(handle_, data, static_cast<unsigned>(size));
#else
        return ::read(handle_, data, size);
#endif
    }

private:
    int handle_;
};

} // namespace

EntryKind kindOf(const fs::path& path, std::error_code& error) {
#ifdef _WIN32
    const DWORD attributes = GetFileAttributesW(path.c_str()); // the library knows neither junctions nor links
    if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
        return EntryKind::link;
    }
#endif
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_regular_file(status)) {
        return EntryKind::file;
    }
    if (fs::is_directory(status)) {
        return EntryKind::folder;
    }
    return fs::is_symlink(status) ? EntryKind::link : EntryKind::other;
}

SecretBytes readFile(const fs::path& path, std::size_t longest, std::error_code& error) {
    const OpenFile file(path);
    if (!file.isOpen()) {
        error = {errno, std::generic_category()};
        return {};
    }
    if (!file.isOrdinary()) {
        error = std::make_error_code(std::errc::not_supported);
        return {};
    }
    SecretBytes octets;
    SecretBytes piece(std::min(pieceSize, longest + 1));
    while (octets.size() <= longest) {
        const std::ptrdiff_t got = file.read(piece.data(), std::min(piece.size(), longest + 1 - octets.size()));
        if (got < 0) {
            error = {errno, std::generic_category()};
            return {};
        }
        if (got == 0) {
            break;
        }
        octets.append(piece.view().substr(0, static_cast<std::size_t>(got)));
    }
    return octets;
}

} // namespace sealwright::takeover
