// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file as the source of another: its tensors under their names, its key-values as they are.
#pragma once

#include "export/gguf_header.h"
#include "model/model.h"

namespace bitloupe {

/// Decisions in the order of the source's data, without options; tensors of types whose values are
/// not read have a reason to be copied. Errors: alreadyQuantized unless `requantize`.
Result<std::vector<Decision>> decisionsOfGguf(const Model& model, bool requantize);

/// Says of what is kept though llama.cpp might quantize it: it costs bits.
void noteCopied(const Model& model, const std::vector<Decision>& decisions,
    std::vector<std::string>& notes);

/// All pairs of the source, byte for byte and in their order, but for what speaks of the types and
/// of a split; then where they come from. Errors: as GgufMetadata::bytes.
Result<GgufContents> contentsOfGguf(const Model& model, std::uint32_t fileType);

/// Whether weights of this type lost something already, which encoding them again adds to. What can
/// only be copied loses nothing more.
bool wouldLose(DType dtype);

} // namespace bitloupe
