// SPDX-License-Identifier: GPL-3.0-or-later
// A folder that goes with the test, and files in it.
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace bitloupe::test {

class ScratchFolder {
public:
    ScratchFolder() = default;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder()
    {
        // QTemporaryDir does not remove names that are not UTF-8.
        std::error_code failed;
        std::filesystem::remove_all(path(), failed);
    }

    std::filesystem::path path() const { return m_directory.path().toStdString(); }
    std::filesystem::path operator/(std::string_view name) const { return path() / name; }

    /// Creates the folders above it as well. A file that is there is removed first: some file
    /// systems write through when one is cut and written anew, which is slow.
    std::filesystem::path write(std::string_view name, std::string_view bytes) const
    {
        const std::filesystem::path file = path() / name;
        std::filesystem::create_directories(file.parent_path());
        std::filesystem::remove(file);
        std::ofstream(file, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return file;
    }

private:
    QTemporaryDir m_directory;
};

} // namespace bitloupe::test
