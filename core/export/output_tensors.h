// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors that one decision becomes in a safetensors file, and the header text they need.
#pragma once

#include "plan/target_profile.h"

#include <string>
#include <vector>

namespace bitloupe {

enum class TensorPart : std::uint8_t { codes, scales, biases };

struct OutputTensor {
    std::string name;
    DType dtype = DType::BF16;
    Shape shape;
    std::uint64_t bytes = 0;
    std::uint64_t rowBytes = 0; // bytes of one row of the decision
    TensorPart part = TensorPart::codes; // affine codecs alone have more than codes
};

/// Output tensors of a decision with a codec: one for plain floats and for blocks, three for
/// affine; empty when the codec cannot hold the rows or a size overflows.
std::vector<OutputTensor> outputTensors(
    const Decision& decision, const Codec& codec, DType scaleType);

/// "[2,64]".
std::string shapeText(const Shape& shape);

/// A header entry with its leading comma.
std::string headerEntry(const OutputTensor& tensor, std::uint64_t begin, std::uint64_t end);
/// Its length when both offsets are `offsetDigits` long: the most it can be.
std::uint64_t headerEntryBytes(const OutputTensor& tensor, unsigned offsetDigits);

/// Opening and closing of every header, without the length field: what the entries go between.
inline constexpr std::string_view headerOpening = R"({"__metadata__":{"format":"mlx"})";
inline constexpr std::string_view headerClosing = "}";

} // namespace bitloupe
