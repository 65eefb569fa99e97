// SPDX-License-Identifier: GPL-3.0-or-later
// FRONT DOOR of model: a path becomes a validated Model.
#pragma once

#include "job/job.h"
#include "model/model.h"

namespace bitloupe {

/// Opens a Hugging Face directory, a model.safetensors.index.json, one .safetensors file (alone
/// or as a shard of an index beside it), or a Hugging Face cache entry
/// (models--org--name[/snapshots/revision]), a .gguf file or all parts of a split one by any of
/// them. Only headers and side files are read: below 1 s at any size. Errors: every Errc of reading; the detail names what the path holds instead
/// ("git-lfs pointer, run git lfs pull").
Result<std::shared_ptr<const Model>> openModel(const std::filesystem::path& path, const Job& job);

} // namespace bitloupe
