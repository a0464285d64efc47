#include "base/ownerfile.h"
#include "mta/bundlewriter.h"

#include <archive.h>
#include <archive_entry.h>
#include <ctime>
#include <memory>

namespace sealwright {

namespace {

namespace fs = std::filesystem;

struct FreeArchive {
    void operator()(archive* a) const { archive_free(a); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

// Windows has wide paths.
[[maybe_unused]] int openFile(archive* reader, const char* path, std::size_t piece) {
    return archive_read_open_filename(reader, path, piece);
}
[[maybe_unused]] int openFile(archive* reader, const wchar_t* path, std::size_t piece) {
    return archive_read_open_filename_w(reader, path, piece);
}

bool isOurs(const fs::path& file) {
    const Archive reader(archive_read_new());
    archive_read_support_format_tar(reader.get());
    archive_read_support_format_zip(reader.get());
    archive_read_support_filter_gzip(reader.get());
    if (openFile(reader.get(), file.c_str(), 1U << 16U) != ARCHIVE_OK) {
        return false;
    }
    // We write the folder first, and manifest.json right behind it.
    archive_entry* entry = nullptr;
    do {
        if (archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK) {
            return false;
        }
    } while (archive_entry_filetype(entry) == AE_IFDIR);
    const char* path = archive_entry_pathname(entry);
    if (path == nullptr || !std::string_view(path).ends_with("/" + std::string(manifestName))) {
        return false;
    }
    std::string start(manifestMark.size(), '\0');
    return archive_read_data(reader.get(), start.data(), start.size()) == static_cast<la_ssize_t>(start.size()) &&
           start == manifestMark;
}

/// Builds the archive in memory that is wiped, because there are private keys in it.
class Writer {
public:
    explicit Writer(ArchiveFormat format) : archive_(archive_write_new()), now_(std::time(nullptr)) {
        switch (format) {
        case ArchiveFormat::tarGz:
            archive_write_add_filter_gzip(archive_.get());
            archive_write_set_format_pax_restricted(archive_.get());
            break;
        case ArchiveFormat::zip:
            archive_write_set_format_zip(archive_.get());
            break;
        }
        good_ = archive_write_open(archive_.get(), &octets_, nullptr, append, nullptr) == ARCHIVE_OK;
    }

    void addFolder(const std::string& path) { add(path + '/', AE_IFDIR, 0700, {}); }
    void addFile(const std::string& path, std::string_view content, unsigned mode) {
        add(path, AE_IFREG, mode, content);
    }
    void close() { good_ = good_ && archive_write_close(archive_.get()) == ARCHIVE_OK; }

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] std::string_view octets() const { return octets_.view(); }
    [[nodiscard]] std::string error() const {
        const char* text = archive_error_string(archive_.get());
        return text == nullptr ? std::string() : text;
    }

private:
    static la_ssize_t append(archive*, void* octets, const void* more, std::size_t size) {
        static_cast<SecretBytes*>(octets)->append({static_cast<const char*>(more), size});
        return static_cast<la_ssize_t>(size);
    }

    void add(const std::string& path, __LA_MODE_T type, unsigned mode, std::string_view content) {
        const Entry entry(archive_entry_new());
        archive_entry_set_pathname(entry.get(), path.c_str());
        archive_entry_set_filetype(entry.get(), type);
        archive_entry_set_perm(entry.get(), static_cast<__LA_MODE_T>(mode));
        archive_entry_set_mtime(entry.get(), now_, 0);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        good_ = good_ && archive_write_header(archive_.get(), entry.get()) == ARCHIVE_OK &&
                archive_write_data(archive_.get(), content.data(), content.size()) ==
                    static_cast<la_ssize_t>(content.size());
    }

    SecretBytes octets_; // Outlives the archive, which may write when it is freed.
    Archive archive_;
    std::time_t now_;
    bool good_ = false;
};

void addAll(Writer& writer, const BundleContent& content, const std::stop_token& stop) {
    writer.addFolder(content.name);
    for (const auto& file : content.files) {
        if (stop.stop_requested()) {
            return;
        }
        writer.addFile(content.name + '/' + file.path, file.content, file.mode);
    }
    for (const auto& key : content.keys) {
        writer.addFile(content.name + '/' + key.path, key.content.view(), 0600);
    }
}

} // namespace

BundleResult writeBundleArchive(const BundleContent& content, ArchiveFormat format, const fs::path& target,
                                const std::stop_token& stop) {
    std::error_code error;
    const auto there = fs::symlink_status(target, error);
    if (fs::exists(there) && !(fs::is_regular_file(there) && isOurs(target))) {
        return tl::unexpected(problem(BundleError::exists, target.string()));
    }
    const auto cannotWrite = [&target](const std::string& why) {
        return tl::unexpected(problem(BundleError::cannotWrite, why + ": " + target.string()));
    };
    Writer writer(format);
    addAll(writer, content, stop);
    if (stop.stop_requested()) {
        return tl::unexpected(problem(BundleError::cancelled));
    }
    writer.close();
    if (!writer.good()) {
        return cannotWrite(writer.error());
    }
    const Construction construction(pathBeside(target));
    writeOwnerFile(construction.path(), writer.octets(), 0600, error);
    if (!error) {
        fs::rename(construction.path(), target, error);
    }
    if (error) {
        return cannotWrite(error.message());
    }
    return {};
}

} // namespace sealwright
