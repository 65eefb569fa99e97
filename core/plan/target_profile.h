// SPDX-License-Identifier: GPL-3.0-or-later
// What an export target allows for one model, as plain data that the target fills in: so that
// planning never needs to know a target. A decision is what gets one codec: a tensor, a stack of
// experts, a tied pair.
#pragma once

#include "codec/codec.h"
#include "model/tensor.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bitloupe {

/// One codec that a decision may take, with what it costs in the output.
struct CodecOption {
    CodecId codec;
    std::uint64_t dataBytes = 0; // of all output tensors of the decision
    std::uint64_t headerBytes = 0; // of their header entries, offsets at full width
};

/// Which part of each source's matrices a decision stores. Fused gate and up projections become
/// two decisions; some experts are stored [in, out].
struct SourceCut {
    bool transposed = false; // the last two axes change places before anything else
    std::uint64_t rowBegin = 0, rowStep = 1, rowParts = 1; // rows: source rows / parts
    std::uint64_t columnBegin = 0, columnStep = 1, columnParts = 1;
    bool whole() const { return rowParts == 1 && columnParts == 1; }
    friend bool operator==(const SourceCut&, const SourceCut&) = default;
};

struct Decision {
    std::string name; // in the output: module path, "model.layers.0.self_attn.q_proj"
    std::string tensorName; // of the one output tensor when the floats are kept
    Shape shape; // of that tensor; quantized parts have the same rank
    TensorRole role = TensorRole::other;
    int layer = -1;
    std::vector<TensorId> sources; // the tensors it stores, in slab order
    std::vector<TensorId> derivedFrom; // tied: further tensors that it also serves
    std::vector<std::string> sourceNames; // of both lists, in their order: what rules match
    SourceCut cut; // the same for every source
    std::uint64_t slabs = 1, rows = 0, columns = 0; // of the output; rank 0 and 1 are one row
    std::uint64_t elements = 0;
    std::vector<CodecOption> options; // 1 to 64, rising bytes, the last keeps the floats; 1: fixed
    std::string fixedReason; // why there is only one option: "1-D tensor", "router"; else empty
    bool sizeProtected = false; // strategies of the papers protect it (embedding, head, ...)
};

/// How decisions become files: everything the exact size needs.
struct SizeModel {
    std::uint64_t shardLimitBytes = 0; // of a file's data; 0: none; a larger decision is alone
    std::uint64_t shardHeaderBytes = 0; // fixed part of each file's header, length field included
    std::uint64_t headerAlignment = 1; // header with length field is padded to this; 2^k
};

struct TargetProfile {
    std::string targetId; // "mlx"
    std::vector<Decision> decisions; // in output file order
    SizeModel size;
    DType floatType = DType::BF16; // of kept floats and of scales
    std::uint64_t parameters = 0; // elements of all decisions
    std::vector<std::string> notes; // fallbacks and losses, one sentence each, shown before writing
};

} // namespace bitloupe
