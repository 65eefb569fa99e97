// SPDX-License-Identifier: GPL-3.0-or-later
// Files carried over beside the weights: tokenizer, chat template, licence, model card, custom
// code (copied, never run). Only what lies inside the model's own folder.
#pragma once

#include "base/source_file.h"
#include "model/model.h"

#include <string>
#include <vector>

namespace bitloupe {

struct SideFile {
    std::string name; // relative, with '/'
    std::filesystem::path source;
    std::uint64_t bytes = 0;
    FileIdentity identity; // of the file that was found to lie inside; another one is not copied
};

struct SideFiles {
    std::vector<SideFile> files; // by name; README.md and config.json are not among them
    std::optional<SideFile> card; // the source's README.md
    std::vector<std::string> notes; // what was left out and why
    std::uint64_t bytes = 0;
};

inline constexpr std::uint64_t maxSideFileBytes = 256u << 20;

/// What of the model's folder goes along. Cost: one listing; no file is read.
SideFiles findSideFiles(const Model& model);

} // namespace bitloupe
