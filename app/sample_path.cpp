// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample_path.h"

#include <array>

namespace bitloupe {

std::optional<std::filesystem::path> sampleModelPath()
{
    namespace fs = std::filesystem;
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    const std::array places = {
        program.parent_path().parent_path() / "share/bitloupe/sample",
        fs::path(BITLOUPE_INSTALLED_DATA) / "sample",
    };
    for (const fs::path& place : places)
        if (fs::is_regular_file(place / "model.safetensors", failed))
            return place;
    return std::nullopt;
}

} // namespace bitloupe
