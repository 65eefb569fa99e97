// SPDX-License-Identifier: GPL-3.0-or-later
// One file of a checkpoint as its reader leaves it, whatever the format.
#pragma once

#include "model/model.h"

#include <vector>

namespace bitloupe {

struct CheckpointFile {
    Shard shard;
    std::vector<TensorInfo> tensors; // by offset; byteOffset counts from the start of the file
};

/// The error with the file in front of its place.
inline Error inFile(const std::string& name, Error error)
{
    error.where = error.where.empty() ? name : name + ": " + error.where;
    return error;
}

} // namespace bitloupe
