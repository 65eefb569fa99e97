// SPDX-License-Identifier: GPL-3.0-or-later
// Puts second moments where they belong in the tensors' tables while the panel passes.
#pragma once

#include "model/model.h"
#include "probe/architecture.h"
#include "probe/moments.h"

#include <map>
#include <vector>

namespace bitloupe {

/// Single-thread. Squares are means over tokens, one a channel.
class MomentsRecorder {
public:
    explicit MomentsRecorder(const Model& model);

    void input(const Linear& linear, const std::vector<float>& squares);
    /// The same input for all slabs of the tensor.
    void sharedInput(const Linear& linear, const std::vector<float>& squares);
    /// `tokens` is how many of the panel went through the matrix; squares are means over these,
    /// what is kept are means over the panel.
    void gradient(const Linear& linear, const std::vector<float>& squares, std::size_t tokens,
        std::size_t panelTokens);
    /// No token of the panel goes through this matrix as the model routes them.
    void unreached(const Linear& linear);

    /// Of the embedding as a lookup table; empty column gradients below tier full.
    void lookup(TensorId embedding, std::vector<float> rowUse, std::vector<float> columnGradient);

    /// Settles what unreached experts get, drops what is not finite, adds notes.
    Moments finish(ProbeTier tier, std::string reason, std::uint64_t tokens);

private:
    struct Slabs {
        std::vector<std::size_t> tokens; // that passed, by slab
        std::size_t unreached = 0;
    };
    std::uint64_t slabsOf(TensorId tensor) const;
    Slabs& slabs(TensorId tensor);
    void settleUnreached(TensorId tensor, const Slabs& slabs);
    void dropBroken(TensorMoments& moments);

    const Model& m_model;
    Moments m_moments;
    std::map<TensorId, Slabs> m_slabs;
};

} // namespace bitloupe
