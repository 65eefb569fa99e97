// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file that somebody mixed, read as choices of the profile in force.
#pragma once

#include "job/job.h"
#include "plan/plan.h"

#include <QMap>

#include <filesystem>
#include <string>
#include <vector>

namespace bitloupe::ui {

struct MixedFile {
    std::string name; // of the file
    std::vector<std::uint16_t> choice; // option of every decision; fixed ones have their one
    QMap<int, CodecId> pins; // of the decisions that have a choice
    std::uint64_t fileBytes = 0; // of such a plan
    std::vector<std::string> notes; // what could not be taken over
};

/// Errors: as openModel and borrowTypes.
Result<MixedFile> readMixedFile(
    const std::filesystem::path& file, const TargetProfile& profile, const Job& job);

} // namespace bitloupe::ui
