// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_system.h"

#include "base/checked.h"

#include <cerrno>
#include <cstring>
#include <optional>

#include <sys/stat.h>
#include <sys/statvfs.h>

namespace bitloupe {
namespace {

namespace fs = std::filesystem;

std::optional<struct stat> statOf(const fs::path& path)
{
    struct stat info = {};
    if (stat(path.c_str(), &info) != 0)
        return std::nullopt;
    return info;
}

bool sameFile(const struct stat& a, const struct stat& b)
{
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// The path with its existing part resolved and "." and ".." gone, without failing.
fs::path resolved(const fs::path& path)
{
    std::error_code error;
    fs::path absolute = fs::absolute(path, error);
    fs::path canonical = fs::weakly_canonical(error ? path : absolute, error);
    return error ? absolute.lexically_normal() : canonical;
}

} // namespace

bool isInside(const fs::path& inner, const fs::path& outer)
{
    const auto outerInfo = statOf(outer);
    if (!outerInfo)
        return resolved(inner) == resolved(outer);
    for (fs::path at = resolved(inner);; at = at.parent_path()) {
        if (const auto info = statOf(at); info && sameFile(*info, *outerInfo))
            return true;
        if (at == at.parent_path())
            return false;
    }
}

Result<std::uint64_t> freeSpace(const fs::path& path)
{
    fs::path at = resolved(path);
    while (!statOf(at) && at != at.parent_path())
        at = at.parent_path();
    struct statvfs info = {};
    if (statvfs(at.c_str(), &info) != 0)
        return Error {Errc::ioRead, at.string(), std::strerror(errno)};
    return checkedMul(info.f_bavail, info.f_frsize).value_or(UINT64_MAX);
}

bool isRegularFileInside(const fs::path& path, const fs::path& directory)
{
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error)
        return false;
    const auto info = statOf(real);
    return info && S_ISREG(info->st_mode) && isInside(real, directory);
}

} // namespace bitloupe
