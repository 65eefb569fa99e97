// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/source_file.h"

#include "base/checked.h"
#include "base/mapping_guard.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace bitloupe {
namespace {

FileIdentity identityOf(const struct stat& info)
{
    return {static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino),
        static_cast<std::uint64_t>(info.st_size),
        static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

Error readError(const std::filesystem::path& path, int systemError)
{
    return {Errc::ioRead, path.string(), std::strerror(systemError)};
}

std::string kindOf(mode_t mode)
{
    if (S_ISDIR(mode))
        return "a directory";
    if (S_ISFIFO(mode))
        return "a named pipe";
    if (S_ISSOCK(mode))
        return "a socket";
    return "a device";
}

// Pages of network and FUSE files can vanish in ways that even a guard cannot tell from data.
bool isMappable(int descriptor)
{
    constexpr long nfs = 0x6969;
    constexpr long smb2 = 0xFE534D42;
    constexpr long cifs = 0xFF534D42;
    constexpr long fuse = 0x65735546;
    struct statfs info = {};
    if (fstatfs(descriptor, &info) != 0)
        return false;
    const long type = static_cast<long>(static_cast<unsigned int>(info.f_type));
    return type != nfs && type != smb2 && type != cifs && type != fuse;
}

// Populating makes one system call of what would be thousands of page faults.
constexpr std::size_t populateLimit = std::size_t {32} << 20;

} // namespace

FileWindow::FileWindow(FileWindow&& other) noexcept { *this = std::move(other); }

FileWindow& FileWindow::operator=(FileWindow&& other) noexcept
{
    if (this != &other) {
        release();
        m_file = std::move(other.m_file);
        m_copy = std::move(other.m_copy);
        m_bytes = std::exchange(other.m_bytes, {});
        m_base = std::exchange(other.m_base, nullptr);
        m_mappedSize = std::exchange(other.m_mappedSize, 0);
        m_guardSlot = std::exchange(other.m_guardSlot, -1);
    }
    return *this;
}

FileWindow::~FileWindow() { release(); }

void FileWindow::release() noexcept
{
    if (m_base) {
        // Unmapped first: while the slot lives, a fault in the range is still ours.
        munmap(m_base, m_mappedSize);
        unguardMapping(m_guardSlot);
    }
    m_base = nullptr;
    m_bytes = {};
}

Result<void> FileWindow::intact() const
{
    if (!m_file)
        return {};
    return m_file->unchanged();
}

Result<std::shared_ptr<const SourceFile>> SourceFile::open(const std::filesystem::path& path)
{
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return readError(path, errno);
    std::shared_ptr<SourceFile> file(new SourceFile);
    file->m_descriptor = descriptor;
    file->m_path = path;
    struct stat info = {};
    if (fstat(descriptor, &info) != 0)
        return readError(path, errno);
    if (!S_ISREG(info.st_mode))
        return Error {Errc::notAModel, path.string(),
            "found " + kindOf(info.st_mode) + ", expected a regular file"};
    file->m_identity = identityOf(info);
    file->m_mappable = isMappable(descriptor);
    return std::shared_ptr<const SourceFile>(std::move(file));
}

SourceFile::~SourceFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<std::vector<std::byte>> SourceFile::read(std::uint64_t offset, std::uint64_t size) const
{
    if (!rangeInside(offset, size, m_identity.size))
        return Error {Errc::truncated, m_path.string(),
            "has " + std::to_string(m_identity.size) + " bytes, needs "
                + std::to_string(size) + " from byte " + std::to_string(offset)};
    std::vector<std::byte> bytes(size);
    if (auto done = readInto(offset, bytes); !done)
        return done.error();
    return bytes;
}

Result<void> SourceFile::readInto(std::uint64_t offset, std::span<std::byte> out) const
{
    std::size_t done = 0;
    while (done < out.size()) {
        const std::size_t wanted = std::min<std::size_t>(out.size() - done, std::size_t {64} << 20);
        const ssize_t got = pread(
            m_descriptor, out.data() + done, wanted, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return Error {Errc::ioRead, m_path.string(),
                std::string(std::strerror(errno)) + " at byte " + std::to_string(offset + done)};
        if (got == 0)
            return Error {Errc::changedOnDisk, m_path.string(),
                "it ends at byte " + std::to_string(offset + done) + " now"};
        done += static_cast<std::size_t>(got);
    }
    return {};
}

Result<FileWindow> SourceFile::window(std::uint64_t offset, std::uint64_t size) const
{
    if (!rangeInside(offset, size, m_identity.size))
        return Error {Errc::truncated, m_path.string(),
            "has " + std::to_string(m_identity.size) + " bytes, needs "
                + std::to_string(size) + " from byte " + std::to_string(offset)};
    FileWindow window;
    window.m_file = shared_from_this();
    if (size == 0)
        return window;
    const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    const std::uint64_t begin = offset & ~(page - 1);
    const std::size_t mappedSize = static_cast<std::size_t>(offset - begin + size);
    if (m_mappable) {
        const int flags = MAP_PRIVATE | (mappedSize <= populateLimit ? MAP_POPULATE : 0);
        void* base = mmap(
            nullptr, mappedSize, PROT_READ, flags, m_descriptor, static_cast<off_t>(begin));
        const int slot = base == MAP_FAILED ? -1 : guardMapping(base, mappedSize);
        if (slot >= 0) {
            window.m_base = base;
            window.m_mappedSize = mappedSize;
            window.m_guardSlot = slot;
            const auto* first = static_cast<const std::byte*>(base) + (offset - begin);
            window.m_bytes = {first, static_cast<std::size_t>(size)};
            return window;
        }
        if (base != MAP_FAILED)
            munmap(base, mappedSize);
    }
    auto copy = read(offset, size);
    if (!copy)
        return copy.error();
    window.m_copy = std::move(*copy);
    window.m_bytes = window.m_copy;
    return window;
}

Result<void> SourceFile::unchanged() const
{
    struct stat info = {};
    if (fstat(m_descriptor, &info) != 0)
        return readError(m_path, errno);
    if (identityOf(info) == m_identity)
        return {};
    return Error {Errc::changedOnDisk, m_path.string(),
        "it had " + std::to_string(m_identity.size) + " bytes when opened and has "
            + std::to_string(info.st_size) + " now, or was written to"};
}

Result<std::string> readSmallFile(const std::filesystem::path& path, std::uint64_t maxBytes)
{
    const auto file = SourceFile::open(path);
    return file ? readSmallFile(**file, maxBytes) : Result<std::string>(file.error());
}

Result<std::string> readSmallFile(const SourceFile& file, std::uint64_t maxBytes)
{
    if (file.size() > maxBytes)
        return Error {Errc::headerTooLarge, file.path().string(),
            "has " + std::to_string(file.size()) + " bytes, the limit is "
                + std::to_string(maxBytes)};
    std::string text(static_cast<std::size_t>(file.size()), '\0');
    if (auto done = file.readInto(0, std::as_writable_bytes(std::span(text))); !done)
        return done.error();
    return text;
}

} // namespace bitloupe
