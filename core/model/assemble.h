// SPDX-License-Identifier: GPL-3.0-or-later
// From checked files to one list of tensors. Private to openModel.
#pragma once

#include "model/checkpoint_file.h"
#include "model/locate.h"

#include <vector>

namespace bitloupe {

/// Moves shards and tensors into `model`, sorted by name. Errors: duplicateName (both files
/// named), badIndex when `index` names a tensor that is not where it says; tensors that it does
/// not name are a warning.
Result<void> assembleTensors(
    Model& model, std::vector<CheckpointFile> files, const std::optional<ShardIndex>& index);

void addWarnings(Model& model, const std::vector<ModelWarning>& warnings);

/// Keeps 100 warnings and one that counts the rest.
void limitWarnings(Model& model);

} // namespace bitloupe
