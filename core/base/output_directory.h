// SPDX-License-Identifier: GPL-3.0-or-later
// A directory that appears whole or not at all: written beside the target under a hidden name,
// synced, renamed. Never overwrites.
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

/// One file being written inside an OutputDirectory. writeAt is thread-safe for disjoint ranges.
class OutputFile {
public:
    ~OutputFile();
    OutputFile(OutputFile&&) noexcept;
    OutputFile& operator=(OutputFile&&) noexcept;

    /// Errors: noSpace (with the missing bytes), ioWrite.
    Result<void> writeAt(std::uint64_t offset, std::span<const std::byte> bytes);
    /// Asks the system to begin storing what was written so far, so that finish() waits less.
    void startWriteback() const;
    /// Waits until that stretch is stored: finish() in steps, for those who may want to stop.
    void awaitWriteback(std::uint64_t offset, std::uint64_t size) const;
    /// fsync and close; any failure there is a failed write.
    Result<void> finish();

private:
    friend class OutputDirectory;
    OutputFile() = default;
    std::filesystem::path m_path;
    int m_descriptor = -1;
};

/// Removes what it wrote unless commit() succeeded. Single-thread but for OutputFile::writeAt.
class OutputDirectory {
public:
    /// Creates the hidden sibling ".NAME.partial-PID-RANDOM" of `target` and locks it.
    /// Errors: targetExists, ioWrite (no permission, name too long), noSpace when fewer than
    /// `neededBytes` + 1 % are free (both figures in the detail).
    static Result<OutputDirectory> create(
        const std::filesystem::path& target, std::uint64_t neededBytes);
    /// What create() would say of a target that nothing is needed for: makes the hidden sibling and
    /// removes it again. Errors: as create.
    static Result<void> probe(const std::filesystem::path& target);
    ~OutputDirectory();
    OutputDirectory(OutputDirectory&&) noexcept;
    OutputDirectory& operator=(OutputDirectory&&) noexcept;

    /// Where the files are until commit.
    const std::filesystem::path& temporaryPath() const { return m_temporary; }

    /// A new file of exactly `size` bytes; `name` is a plain file name or a relative path of such.
    Result<OutputFile> createFile(const std::filesystem::path& name, std::uint64_t size);
    Result<void> writeFile(const std::filesystem::path& name, std::span<const std::byte> bytes);
    Result<void> writeFile(const std::filesystem::path& name, std::string_view text);

    /// fsync the directory, rename without replacing, fsync the parent.
    /// Errors: targetExists when something took the name meanwhile, ioWrite.
    Result<void> commit();

    /// Moves the named files beside the target instead, in their order, and drops the rest: the
    /// last one appears when all others are there. Errors: as commit; those moved are taken back.
    Result<void> commitFiles(std::span<const std::string> names);

private:
    OutputDirectory() = default;
    void discard() noexcept;
    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    int m_lock = -1;
};

/// Left-over partial directories beside `target` whose writer is gone (lock not held).
std::vector<std::filesystem::path> stalePartials(const std::filesystem::path& target);

/// Removes one of stalePartials(), unless somebody writes to it again. Errors: ioWrite.
Result<void> removeStalePartial(const std::filesystem::path& partial);

/// Writes one file beside `path`, syncs and renames it there; replaces an existing regular file
/// only when `replace`. Errors: targetExists, ioWrite, noSpace.
Result<void> writeFileAtomically(
    const std::filesystem::path& path, std::string_view text, bool replace);

} // namespace bitloupe
