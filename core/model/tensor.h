// SPDX-License-Identifier: GPL-3.0-or-later
// One tensor as a checkpoint describes it: plain data.
#pragma once

#include "base/strong_index.h"
#include "codec/dtype.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

using TensorId = StrongIndex<struct TensorTag>;
using Shape = std::vector<std::uint64_t>; // outermost first

/// What a tensor is for. The order is the column order of the heatmap.
enum class TensorRole : std::uint8_t {
    embedding, positionEmbedding,
    attentionQ, attentionK, attentionV, attentionQkv, attentionO,
    attentionQA, attentionQB, attentionKvA, attentionKvB, // low-rank attention (MLA)
    mlpGate, mlpUp, mlpGateUp, mlpDown,
    router,
    expertGate, expertUp, expertGateUp, expertDown,
    sharedGate, sharedUp, sharedDown, sharedRouter,
    lmHead,
    norm, bias, vision, projector,
    other, // a matrix of unknown purpose
    auxiliary, // quantization scales, masks, rotary tables: not a weight of its own
};

struct RoleInfo {
    TensorRole role;
    std::string_view id; // stable, for files: "q", "down", "expert_gate"
    std::string_view title; // short column header: "q", "down", "exp gate"
};
std::span<const RoleInfo> roles();
const RoleInfo& roleInfo(TensorRole role);

struct TensorInfo {
    std::string name;
    DType dtype = DType::F32;
    Shape shape;
    std::uint32_t shard = 0;
    std::uint64_t byteOffset = 0; // in the shard file
    std::uint64_t byteSize = 0;
    TensorRole role = TensorRole::other;
    int layer = -1; // -1: none
    int expert = -1; // -1: none, or all of them stacked
    bool transposed = false; // stored [in, out] (GPT-2's Conv1D, stacked gate_up of some MoE)
    std::optional<TensorId> scale; // FP8: the tensor that holds its scales
    std::uint64_t elements() const;
};

/// The tensor as matrices: rank 2 is one, rank 3 is shape[0] of them, higher ranks are collapsed
/// to [d0, rest]; below rank 2 or with a zero dimension there is none.
struct MatrixView {
    std::uint64_t slabs = 0;
    std::uint64_t rows = 0; // per slab
    std::uint64_t columns = 0;
};
std::optional<MatrixView> matrixView(const Shape& shape);

} // namespace bitloupe
