// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of a safetensors header as tensor records; each record is complete and its numbers
// are in range, but the records are not yet compared with each other or with the file.
#pragma once

#include "base/result.h"
#include "model/tensor.h"

#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

struct UnknownDType {
    std::string tensor;
    std::string dtype;
};

struct SafetensorsEntries {
    std::vector<TensorInfo> tensors; // in file order
    std::vector<UnknownDType> unknownDtypes; // their tensors are above with a dtype of no meaning
};

/// Errors: badHeader, duplicateName, badShape, badOffset, numberOverflow.
Result<SafetensorsEntries> readSafetensorsEntries(std::string_view json);

} // namespace bitloupe
