// SPDX-License-Identifier: GPL-3.0-or-later
// The files beside the weights in an exported folder, written and hashed; and the names that an
// export of files alone takes.
#pragma once

#include "base/output_directory.h"
#include "export/export_model.h"
#include "export/side_files.h"
#include "export/weight_files.h"

namespace bitloupe {

/// Errors: as OutputDirectory::writeFile.
Result<WrittenFile> writeTextFile(
    OutputDirectory& output, const std::string& name, std::string_view text);

/// Errors: changedOnDisk, ioRead, ioWrite, noSpace, cancelled.
Result<WrittenFile> copySideFile(OutputDirectory& output, const SideFile& file, const Job& job);

/// The source's README.md; empty when it has none. Errors: as readSmallFile.
Result<std::string> readSourceCard(const SideFiles& files);

/// Files of an export without a folder: the manifest first, the one that clients open last.
std::vector<std::string> fileNamesOf(
    const std::filesystem::path& destination, const WeightFiles& files);

/// Errors: targetExists when one of them is there already.
Result<void> checkNamesFree(const std::filesystem::path& destination, const WeightFiles& files);

} // namespace bitloupe
