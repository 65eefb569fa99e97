// SPDX-License-Identifier: GPL-3.0-or-later
// What a GGUF file of a Hugging Face checkpoint stores: one decision a tensor, experts stacked.
#pragma once

#include "export/gguf_architecture.h"
#include "plan/target_profile.h"

#include <string>
#include <vector>

namespace bitloupe {

struct GgufDecisions {
    std::vector<Decision> decisions; // in file order, without options
    std::uint64_t vocabulary = 0; // rows of the embedding
    std::vector<std::string> notes;
};

/// Errors: unsupported (a name the architecture does not have, an integer tensor, a missing
/// tensor or expert), badShape (one that disagrees with the configuration).
Result<GgufDecisions> ggufDecisions(
    const GgufArchitecture& architecture, const GgufSizes& sizes, const Model& model);

/// Why a tensor keeps its floats in every GGUF file; empty: it may be quantized. By name and shape,
/// as llama.cpp's own quantizer decides.
std::string ggufReasonToKeep(std::string_view tensorName, const Shape& shape);

/// slabs, rows, columns and elements of a decision whose shape is known.
void setDecisionMatrix(Decision& decision);

} // namespace bitloupe
