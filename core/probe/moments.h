// SPDX-License-Identifier: GPL-3.0-or-later
// What the probe learns of each matrix: plain data. Indices follow the tensor as matrices
// y = W x, W [out, in], one after another for stacked experts, whatever way it is stored.
#pragma once

#include "model/tensor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bitloupe {

/// How deep the probe looks.
enum class ProbeTier : std::uint8_t {
    none, // weights alone (tier 1)
    forward, // the model's own embedding rows through its blocks, attention as a causal mean (tier 2)
    full, // real attention and one backward pass (tier 3)
};
std::string_view probeTierName(ProbeTier tier); // "none", "forward", "full"
std::optional<ProbeTier> findProbeTier(std::string_view name);

/// Moments of one tensor; all empty where the probe does not reach.
struct TensorMoments {
    ProbeTier tier = ProbeTier::none; // of these numbers; an expert no token reached stays forward
    // s: mean over the panel of x_j^2 at the input. Length slabs * in, or in when all slabs share.
    std::vector<float> input;
    // f: mean of the squared gradient at the output. Length slabs * out; empty below full.
    std::vector<float> gradient;
    // Embeddings: an error in row v, column j also costs rowUse[v] * columnGradient[j] as a lookup
    // table. rowUse: share of the panel's positions expected to hold the id. Empty: not a lookup.
    std::vector<float> rowUse, columnGradient;
    std::string note; // why this tensor has less than the rest; empty: nothing to say
};

struct Moments {
    ProbeTier tier = ProbeTier::none; // of the whole
    std::string reason; // why no deeper, or at full why no text; empty when it is what was asked
    std::uint64_t tokens = 0; // of the panel
    bool ownText = false; // the panel is text that the model wrote, else words of its vocabulary
    std::vector<TensorMoments> tensors; // by TensorId
    std::string source; // what they were read from, "imatrix NAME"; empty: the probe's own
};

/// Tier of moments that may not be there; none without.
inline ProbeTier tierOf(const std::shared_ptr<const Moments>& moments)
{
    return moments ? moments->tier : ProbeTier::none;
}

} // namespace bitloupe
