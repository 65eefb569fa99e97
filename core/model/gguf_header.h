// SPDX-License-Identifier: GPL-3.0-or-later
// The container of ggml, versions 2 and 3 (reference reader: llama.cpp with ggml 0.25), packed and
// little-endian:
//   "GGUF", u32 version, u64 tensors, u64 pairs
//   pairs: text key, u32 type, value (a text; an array: u32 type, u64 count, elements; a number)
//   tensors: text name, u32 n, n x u64 sizes (the row first), u32 type, u64 offset
//   zeros up to the alignment, data; text = u64 length, bytes
// Offsets count from the data and follow each other without gaps. Checks everything.
#pragma once

#include "model/gguf_metadata.h"
#include "model/tensor.h"

#include <string>
#include <vector>

namespace bitloupe {

inline constexpr std::uint64_t maxGgufPairs = std::uint64_t {1} << 18;
inline constexpr std::uint64_t maxGgufTensors = std::uint64_t {1} << 20;
inline constexpr std::uint64_t maxGgufAlignment = std::uint64_t {1} << 20;

struct GgufHeader {
    GgufMetadata metadata;
    std::vector<TensorInfo> tensors; // in the order of the file; name, dtype, shape (outermost
                                     // first), byteOffset (in the file), byteSize are set
    std::uint64_t dataOffset = 0; // after the padding, even where no tensor follows
    std::uint64_t trailingBytes = 0; // behind the last tensor and its padding
    std::string digest; // SHA-256 of the header's bytes
};

/// Errors: notAModel without the magic; unsupported (version, big-endian); badHeader, truncated,
/// headerTooLarge, duplicateName, unknownDtype, badShape, badOffset, overlappingTensors,
/// numberOverflow; those of `read`. `where` of an error is a key, a tensor or a byte.
/// Cost: reads the header once, a piece at a time; below 100 ms for 20,000 tensors.
Result<GgufHeader> parseGgufHeader(const GgufRead& read, std::uint64_t fileSize);

} // namespace bitloupe
