// SPDX-License-Identifier: GPL-3.0-or-later
// What config.json says about how the blocks compute, beyond the sizes of tensors. As for all
// facts: an absent or senseless value is empty, never a guess. Defaults belong to the families.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bitloupe {

/// How the frequencies of rotary position embeddings are stretched.
enum class RopeKind : std::uint8_t { plain, linear, dynamic, yarn, longrope, llama3, unknown };

struct RopeFacts {
    RopeKind kind = RopeKind::plain;
    std::string kindText; // as spelled; printable
    std::optional<double> theta, partialFactor, factor, attentionFactor, originalMaxPositions;
    std::optional<double> betaFast, betaSlow, mscale, mscaleAllDim; // yarn
    bool truncate = true; // yarn
    bool pairsNeighbours = false; // 2i and 2i + 1 of a head turn together, not i and i + d/2
    std::optional<double> lowFrequencyFactor, highFrequencyFactor; // llama3
    std::vector<float> shortFactors, longFactors; // longrope, one a frequency
};

/// A number that may be there, be null on purpose, or be absent.
struct OptionalLimit {
    bool given = false; // the key is there
    std::optional<double> value; // empty: no limit
};

struct BlockFacts {
    std::optional<RopeFacts> rope; // of all layers, or of those that attend to everything
    std::optional<RopeFacts> slidingRope; // where sliding layers have their own
    std::optional<double> normEpsilon;
    std::optional<std::string> activation; // as spelled; printable
    std::optional<double> queryScale; // query_pre_attn_scalar
    std::optional<double> embeddingFactor, residualFactor; // on what joins the residual stream
    OptionalLimit attentionSoftcap, logitSoftcap, clipQkv;
    std::optional<bool> normaliseTopK, parallelResidual, useSlidingWindow;
    std::vector<bool> ropeLayers; // no_rope_layers: true where positions are rotated
    std::optional<std::int64_t> noRopeInterval, bosToken, eosToken;
};

} // namespace bitloupe
