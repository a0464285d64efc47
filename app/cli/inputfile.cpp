#include "cli/inputfile.h"

#include "text/problemtext.h"

#include <QCoreApplication>

#include <cerrno>
#include <filesystem>
#include <iostream>
#include <system_error>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::InputFile)
};

} // namespace

Result<std::istream*> openInput(const std::string& name, std::ifstream& file) {
    if (name == "-") {
        return &std::cin;
    }
    const std::filesystem::path path(QString::fromStdString(name).toStdU16String());
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return badInput(Words::tr("%1 is a folder. Give a file.").arg(shown(name)));
    }
    file.open(path, std::ios::binary);
    if (!file) {
        return badInput(Words::tr("%1 can't be read: %2")
                            .arg(shown(name), QString::fromStdString(std::generic_category().message(errno))));
    }
    return &file;
}

} // namespace sealwright::cli
