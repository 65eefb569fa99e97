// SPDX-License-Identifier: GPL-3.0-or-later
// One regular file opened for reading once: headers by pread into owned memory, weights through
// mapped windows. The file may be hostile, may shrink or be replaced while we read.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bitloupe {

/// What identifies a file's content without reading it; compared to see "changed on disk".
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modifiedNs = 0;

    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

class SourceFile;

/// A mapped stretch of a file, unmapped when it goes. Keeps the file open. The pages never fault
/// fatally: when the file shrank underneath, they read as zeros and intact() is false.
/// Single-thread (but many windows of one file may live in many threads).
class FileWindow {
public:
    FileWindow() = default;
    FileWindow(FileWindow&& other) noexcept;
    FileWindow& operator=(FileWindow&& other) noexcept;
    ~FileWindow();

    std::span<const std::byte> bytes() const { return m_bytes; }

    /// changedOnDisk when the file is not what it was when opened. Call it after the last use of
    /// the bytes and before believing anything computed from them. Cost: one fstat.
    Result<void> intact() const;

private:
    friend class SourceFile;
    std::shared_ptr<const SourceFile> m_file;
    std::span<const std::byte> m_bytes;
    std::vector<std::byte> m_copy; // where the file cannot be mapped
    void* m_base = nullptr;
    std::size_t m_mappedSize = 0;
    int m_guardSlot = -1;

    void release() noexcept;
};

/// Thread-safe after open; always held by shared_ptr so that a window outlives the model.
class SourceFile : public std::enable_shared_from_this<SourceFile> {
public:
    /// Opens a regular file (links are followed) without ever blocking on a FIFO or device.
    /// Errors: ioRead (absent, no permission), notAModel (not a regular file).
    static Result<std::shared_ptr<const SourceFile>> open(const std::filesystem::path& path);
    ~SourceFile();
    SourceFile(const SourceFile&) = delete;
    SourceFile& operator=(const SourceFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::uint64_t size() const { return m_identity.size; }
    const FileIdentity& identity() const { return m_identity; }

    /// Exactly `size` bytes from `offset`, owned. Errors: truncated, ioRead, changedOnDisk.
    Result<std::vector<std::byte>> read(std::uint64_t offset, std::uint64_t size) const;
    Result<void> readInto(std::uint64_t offset, std::span<std::byte> out) const;

    /// A mapped window; falls back to an owned copy by pread where mapping is refused.
    /// Errors: truncated when the range is not inside the file, ioRead.
    Result<FileWindow> window(std::uint64_t offset, std::uint64_t size) const;

    /// changedOnDisk when size, inode or modification time differ from those at open.
    Result<void> unchanged() const;

private:
    SourceFile() = default;
    std::filesystem::path m_path;
    FileIdentity m_identity;
    int m_descriptor = -1;
    bool m_mappable = true; // false on network file systems, whose pages may vanish
};

/// Whole content of a small regular file. Errors: as SourceFile::open; headerTooLarge when it is
/// larger than `maxBytes`.
Result<std::string> readSmallFile(const std::filesystem::path& path, std::uint64_t maxBytes);
Result<std::string> readSmallFile(const SourceFile& file, std::uint64_t maxBytes);

} // namespace bitloupe
