// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and values of the tokens so far, so that sequences grow token by token.
#pragma once

#include "probe/attention_op.h"

#include <span>
#include <vector>

namespace bitloupe {

/// One layer's, for sequences that grow together. Single-thread.
class AttentionCache {
public:
    /// `shape.length` is the most tokens a sequence can have.
    AttentionCache(const AttentionShape& shape, std::size_t sequences);

    /// Adds one token to every sequence and attends from it; bit for bit what attend() gives in
    /// its last row. Shapes: q, out [sequences, heads * headDim], k, v [sequences, kvHeads *
    /// headDim]. Errors: cancelled, outOfMemory.
    Result<void> extend(std::span<const float> q, std::span<const float> k,
        std::span<const float> v, std::span<float> out, const Job& job);

    /// Bytes that a cache takes.
    static std::uint64_t bytes(const AttentionShape& shape, std::size_t sequences);

private:
    void extendOne(std::size_t sequence, std::size_t kvHead, std::span<const float> q,
        std::span<const float> k, std::span<const float> v, std::span<float> out);

    AttentionShape m_shape;
    std::size_t m_capacity; // tokens, in whole sixteens
    std::size_t m_width; // of a value, in whole sixteens
    std::size_t m_tokens = 0; // so far
    std::vector<float> m_keys; // by sequence and head, [headDim, capacity]
    std::vector<float> m_values; // by sequence and head, [length, width]
};

} // namespace bitloupe
