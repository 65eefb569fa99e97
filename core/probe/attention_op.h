// SPDX-License-Identifier: GPL-3.0-or-later
// Causal attention of grouped heads within sequences, forward and backward, after rotation.
#pragma once

#include "job/job.h"

#include <span>

namespace bitloupe {

struct AttentionShape {
    std::size_t length = 0; // tokens of a sequence; sequences lie one after another
    std::size_t heads = 0;
    std::size_t kvHeads = 0; // divides heads; head h reads kv head h / (heads / kvHeads)
    std::size_t headDim = 0;
    double scale = 1; // of q k
    double softcap = 0; // c: c tanh(x / c) on the scaled products; 0: none
    std::size_t window = 0; // position i sees (i - window, i]; 0: all before it
};

/// out = softmax(q k) v. Shapes: q, out [tokens, heads * headDim], k, v [tokens, kvHeads *
/// headDim]. Errors: cancelled, outOfMemory. Memory: length^2 floats a thread.
Result<void> attend(const AttentionShape& shape, std::span<const float> q,
    std::span<const float> k, std::span<const float> v, std::span<float> out, const Job& job);

struct AttentionGradients {
    std::span<float> q, k, v; // shapes of q, k, v; overwritten
};

/// Gradients at q, k and v; the attention is computed again.
Result<void> attendBack(const AttentionShape& shape, std::span<const float> q,
    std::span<const float> k, std::span<const float> v, std::span<const float> outGradient,
    const AttentionGradients& gradients, const Job& job);

/// What tier 2 has in its place: position i receives the mean of v_0..v_i, every head of a group
/// that of its kv head. Shapes: v [tokens, kvHeads * headDim], out [tokens, heads * headDim].
/// Of the shape, scale, softcap and window are not used.
Result<void> causalMean(const AttentionShape& shape, std::span<const float> v,
    std::span<float> out, const Job& job);

} // namespace bitloupe
