// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/output_directory.h"

#include "base/checked.h"
#include "base/file_system.h"
#include "base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <random>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

Error writeError(const fs::path& path, int systemError)
{
    const bool full = systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
    return {full ? Errc::noSpace : Errc::ioWrite, path.string(), std::strerror(systemError)};
}

Error existsError(const fs::path& path)
{
    return {Errc::targetExists, path.string(), "it exists already; choose another name"};
}

bool somethingIsAt(const fs::path& path)
{
    struct stat info = {};
    return lstat(path.c_str(), &info) == 0;
}

Result<void> syncDirectory(const fs::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return writeError(path, errno);
    const int failed = fsync(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    // Some file systems cannot sync a directory and say EINVAL; there is nothing to wait for.
    if (failed != 0 && failed != EINVAL)
        return writeError(path, failed);
    return {};
}

Result<void> renameNoReplace(const fs::path& from, const fs::path& to)
{
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno == EEXIST)
        return existsError(to);
    if (errno != EINVAL && errno != ENOSYS)
        return writeError(to, errno);
    // A file system without the flag: the check and the rename are two steps here.
    if (somethingIsAt(to))
        return existsError(to);
    if (::rename(from.c_str(), to.c_str()) != 0)
        return writeError(to, errno);
    return {};
}

fs::path parentOf(const fs::path& path)
{
    const fs::path parent = path.parent_path();
    return parent.empty() ? fs::path(".") : parent;
}

std::string partialPrefix(const fs::path& target)
{
    return "." + target.filename().string() + ".partial-";
}

fs::path partialName(const fs::path& target)
{
    std::random_device device;
    return parentOf(target)
        / (partialPrefix(target) + std::to_string(getpid()) + "-" + std::to_string(device()));
}

// A descriptor that holds the folder's lock; -1 and errno when it is no folder or is locked.
int lockDirectory(const fs::path& path)
{
    const int descriptor
        = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return descriptor;
    const int failed = errno;
    ::close(descriptor);
    errno = failed;
    return -1;
}

Result<void> writeAll(int descriptor, const fs::path& path, std::uint64_t offset,
    std::span<const std::byte> bytes)
{
    while (!bytes.empty()) {
        const ssize_t put
            = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            Error error = writeError(path, errno);
            if (error.code == Errc::noSpace)
                error.detail += ", " + groupedText(bytes.size()) + " bytes of this part missing";
            return error;
        }
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

Result<void> checkFreeSpace(const fs::path& target, std::uint64_t neededBytes)
{
    const auto free = freeSpace(target);
    if (!free)
        return free.error();
    const std::uint64_t wanted = checkedAdd(neededBytes, neededBytes / 100).value_or(UINT64_MAX);
    if (*free >= wanted)
        return {};
    return Error {Errc::noSpace, parentOf(target).string(),
        "needs " + groupedText(wanted) + " bytes, " + groupedText(*free) + " are free"};
}

} // namespace

OutputFile::OutputFile(OutputFile&& other) noexcept { *this = std::move(other); }

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept
{
    if (this != &other) {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_path = std::move(other.m_path);
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

OutputFile::~OutputFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<void> OutputFile::writeAt(std::uint64_t offset, std::span<const std::byte> bytes)
{
    return writeAll(m_descriptor, m_path, offset, bytes);
}

void OutputFile::startWriteback() const
{
    // A hint: whatever fails here shows again in finish().
    sync_file_range(m_descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void OutputFile::awaitWriteback(std::uint64_t offset, std::uint64_t size) const
{
    sync_file_range(m_descriptor, static_cast<off_t>(offset), static_cast<off_t>(size),
        SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
}

Result<void> OutputFile::finish()
{
    const int descriptor = std::exchange(m_descriptor, -1);
    const int syncFailed = fsync(descriptor) != 0 ? errno : 0;
    const int closeFailed = ::close(descriptor) != 0 ? errno : 0;
    if (syncFailed != 0 || closeFailed != 0)
        return writeError(m_path, syncFailed != 0 ? syncFailed : closeFailed);
    return {};
}

Result<OutputDirectory> OutputDirectory::create(const fs::path& target, std::uint64_t neededBytes)
{
    if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
        return Error {Errc::badArgument, target.string(), "expected the name of a new directory"};
    if (somethingIsAt(target))
        return existsError(target);
    if (auto enough = checkFreeSpace(target, neededBytes); !enough)
        return enough.error();
    OutputDirectory directory;
    directory.m_target = target;
    const fs::path temporary = partialName(target);
    if (mkdir(temporary.c_str(), 0777) != 0)
        return writeError(parentOf(target), errno);
    directory.m_temporary = temporary;
    directory.m_lock = lockDirectory(temporary);
    if (directory.m_lock < 0)
        return writeError(temporary, errno);
    return directory;
}

Result<void> OutputDirectory::probe(const fs::path& target)
{
    const auto directory = create(target, 0);
    return directory ? Result<void>() : Result<void>(directory.error());
}

OutputDirectory::OutputDirectory(OutputDirectory&& other) noexcept { *this = std::move(other); }

OutputDirectory& OutputDirectory::operator=(OutputDirectory&& other) noexcept
{
    if (this != &other) {
        discard();
        m_target = std::move(other.m_target);
        m_temporary = std::exchange(other.m_temporary, {});
        m_lock = std::exchange(other.m_lock, -1);
    }
    return *this;
}

OutputDirectory::~OutputDirectory() { discard(); }

void OutputDirectory::discard() noexcept
{
    if (!m_temporary.empty()) {
        std::error_code ignored;
        fs::remove_all(m_temporary, ignored);
    }
    m_temporary.clear();
    if (m_lock >= 0)
        ::close(std::exchange(m_lock, -1));
}

Result<OutputFile> OutputDirectory::createFile(const fs::path& name, std::uint64_t size)
{
    OutputFile file;
    file.m_path = m_temporary / name;
    if (name.has_parent_path()) {
        std::error_code error;
        fs::create_directories(file.m_path.parent_path(), error);
        if (error)
            return writeError(file.m_path.parent_path(), error.value());
    }
    file.m_descriptor
        = ::open(file.m_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file.m_descriptor < 0)
        return writeError(file.m_path, errno);
    if (size == 0)
        return file;
    // Reserves the room now, where the file system can; a full disk shows before the work.
    if (fallocate(file.m_descriptor, 0, 0, static_cast<off_t>(size)) == 0)
        return file;
    if (errno != EOPNOTSUPP && errno != ENOSYS && errno != EINTR) {
        Error error = writeError(file.m_path, errno);
        if (error.code == Errc::noSpace)
            error.detail += ", it needs " + groupedText(size) + " bytes";
        return error;
    }
    if (ftruncate(file.m_descriptor, static_cast<off_t>(size)) != 0)
        return writeError(file.m_path, errno);
    return file;
}

Result<void> OutputDirectory::writeFile(const fs::path& name, std::span<const std::byte> bytes)
{
    auto file = createFile(name, bytes.size());
    if (!file)
        return file.error();
    if (auto done = file->writeAt(0, bytes); !done)
        return done;
    return file->finish();
}

Result<void> OutputDirectory::writeFile(const fs::path& name, std::string_view text)
{
    return writeFile(name, std::as_bytes(std::span(text)));
}

Result<void> OutputDirectory::commit()
{
    if (auto done = syncDirectory(m_temporary); !done)
        return done;
    if (auto done = renameNoReplace(m_temporary, m_target); !done)
        return done;
    m_temporary.clear(); // it is the target now: discard() must not touch it
    return syncDirectory(parentOf(m_target));
}

Result<void> OutputDirectory::commitFiles(std::span<const std::string> names)
{
    const fs::path parent = parentOf(m_target);
    Result<void> done = syncDirectory(m_temporary);
    std::size_t moved = 0;
    for (; done && moved < names.size(); ++moved)
        done = renameNoReplace(m_temporary / names[moved], parent / names[moved]);
    if (done)
        done = syncDirectory(parent);
    if (!done) {
        // The last one counted is the one that could not be moved, if one could not.
        for (std::size_t i = 0; i + 1 < moved; ++i)
            ::unlink((parent / names[i]).c_str());
        return done;
    }
    discard();
    return {};
}

std::vector<fs::path> stalePartials(const fs::path& target)
{
    std::vector<fs::path> found;
    const std::string prefix = partialPrefix(target);
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parentOf(target), error)) {
        if (entry.path().filename().string().rfind(prefix, 0) != 0)
            continue;
        if (const int lock = lockDirectory(entry.path()); lock >= 0) {
            found.push_back(entry.path());
            ::close(lock);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

Result<void> removeStalePartial(const fs::path& partial)
{
    const int lock = lockDirectory(partial);
    if (lock < 0)
        return writeError(partial, errno);
    std::error_code error;
    fs::remove_all(partial, error);
    ::close(lock);
    return error ? Result<void>(writeError(partial, error.value())) : Result<void>();
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view text, bool replace)
{
    struct stat info = {};
    const bool exists = lstat(path.c_str(), &info) == 0;
    if (exists && (!replace || !S_ISREG(info.st_mode)))
        return existsError(path);
    const fs::path temporary = partialName(path);
    const int descriptor
        = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return writeError(parentOf(path), errno);
    auto done = writeAll(descriptor, temporary, 0, std::as_bytes(std::span(text)));
    if (done && fsync(descriptor) != 0)
        done = writeError(temporary, errno);
    if (::close(descriptor) != 0 && done)
        done = writeError(temporary, errno);
    if (done && exists && ::rename(temporary.c_str(), path.c_str()) != 0)
        done = writeError(path, errno);
    else if (done && !exists)
        done = renameNoReplace(temporary, path);
    if (!done) {
        ::unlink(temporary.c_str());
        return done;
    }
    return syncDirectory(parentOf(path));
}

} // namespace bitloupe
