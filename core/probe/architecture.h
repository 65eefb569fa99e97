// SPDX-License-Identifier: GPL-3.0-or-later
// How a model's blocks compute, as plain data: which tensor is which matrix, and the numbers that
// join them. Every size here was compared with the tensors; what did not fit lowered the tier.
#pragma once

#include "model/model.h"
#include "numeric/elementary.h"
#include "probe/moments.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

/// y = W x + b with W [out, in], one slab of a tensor.
struct Linear {
    TensorId tensor;
    std::uint64_t slab = 0;
    std::size_t in = 0;
    std::size_t out = 0;
    bool transposed = false; // stored as [in, out]
    std::optional<TensorId> bias; // holds `out` values, or slabs * out of them
};

/// The matrix, or nothing where the model has none.
inline const Linear* pointerTo(const std::optional<Linear>& linear)
{
    return linear ? &*linear : nullptr;
}

/// x * rsqrt(mean of squares + epsilon) * w, or the same after removing the mean, plus a bias.
struct Norm {
    TensorId weight;
    std::optional<TensorId> bias;
    std::size_t width = 0;
    bool removesMean = false; // layer norm
    bool plusOne = false; // the weight is stored as its difference from one
    double epsilon = 1e-6;
};

/// Rotary position embedding: pair i of a head is (i, i + dimensions / 2), or as `scaling` says.
struct Rotary {
    std::size_t dimensions = 0; // rotated, the first ones of each head; even
    double theta = 10'000;
    RopeFacts scaling; // its own theta and partialFactor are already in the fields above
    double maxPositions = 0; // max_position_embeddings; 0: unknown
};

/// Where the parts lie in the output of a fused qkv matrix.
enum class QkvLayout : std::uint8_t {
    stacked, // all of q, all of k, all of v
    perHead, // for each head q, k, v
    perGroup, // for each key-value head its q heads, k, v
};

/// Values that come out of a compressed state: v is the end of each head of up(norm(down x)).
struct LowRank {
    std::optional<Linear> qDown, qUp; // q the same way; qUp alone reads x
    std::optional<Norm> qNorm;
    Linear down; // its first norm.width outputs are the compressed state
    Norm norm;
    Linear up; // heads * (skipped + headDim) outputs
    std::size_t skipped = 0; // of each head: the keys
};

struct Attention {
    std::optional<Linear> q, k, v; // separate, or
    std::optional<Linear> qkv; // all in one, or
    std::optional<LowRank> lowRank; // tier forward only
    QkvLayout layout = QkvLayout::stacked;
    Linear o;
    std::size_t heads = 0;
    std::size_t kvHeads = 0;
    std::size_t headDim = 0;
    std::optional<Norm> qNorm, kNorm; // as wide as a head, or as all heads together
    std::optional<Rotary> rotary; // absent: this layer does not rotate
    double scale = 1; // of q k
    std::optional<double> softcap; // c tanh(x / c) on the scaled products
    std::size_t window = 0; // position i sees (i - window, i]; 0: all before it
};

/// Where gate and up lie in the output of a fused matrix.
enum class GateLayout : std::uint8_t { halves, alternating };

/// down(act(gate x) * up x), or down(act(up x)) without a gate. Also one expert.
struct Mlp {
    std::optional<Linear> gate, up; // up alone: no gate
    std::optional<Linear> gateUp; // both in one
    GateLayout layout = GateLayout::halves;
    Linear down;
    Activation activation = Activation::silu;
    std::size_t inner() const { return down.in; }
};

struct Experts {
    Linear router;
    std::size_t perToken = 0; // the largest softmax(router x)
    bool normalise = false; // these divided by their sum
    std::vector<Mlp> experts;
    std::optional<Mlp> shared;
    std::optional<Linear> sharedRouter; // the shared expert's output times sigmoid of it
};

/// x += postNorm(attention(norm(x))); x += postNorm(mlp(norm(x))); an absent norm does nothing.
struct Block {
    std::optional<Norm> attentionNorm, attentionPostNorm, mlpNorm, mlpPostNorm;
    bool parallel = false; // both read the block's input
    double residualFactor = 1; // on what either adds to x; 1 in tier full
    Attention attention;
    std::optional<Mlp> mlp; // or
    std::optional<Experts> experts;
};

struct Architecture {
    ProbeTier tier = ProbeTier::none;
    std::string reason; // why no deeper, one sentence
    std::size_t hidden = 0;
    std::size_t vocabulary = 0; // ids that may be drawn
    TensorId embedding; // [at least vocabulary, hidden]
    double embeddingScale = 1;
    std::optional<Norm> embeddingNorm;
    std::optional<TensorId> positions; // learnt: row i is added at position i
    std::size_t positionOffset = 0; // first row used
    std::vector<Block> blocks;
    std::optional<Norm> finalNorm;
    std::optional<Linear> head; // the embedding itself when tied
    std::optional<double> logitSoftcap;
    std::optional<std::uint32_t> bosToken; // inside the vocabulary
};

/// Describes the language model in a checkpoint; with tier none only `reason` counts.
/// Below tier full the fields of attention that causal means do not need may be unset.
/// Cost: names, shapes and configuration only.
Architecture describeArchitecture(const Model& model);

} // namespace bitloupe
