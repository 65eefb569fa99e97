// SPDX-License-Identifier: GPL-3.0-or-later
// The tensors of one layer by role, and their making into matrices and norms with every size
// checked. Private to the description of architectures.
#pragma once

#include "probe/architecture.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bitloupe {

/// The first reason against each tier counts.
class Obstacles {
public:
    void againstForward(std::string sentence)
    {
        if (m_forward.empty())
            m_forward = std::move(sentence);
    }
    void againstFull(std::string sentence)
    {
        if (m_full.empty())
            m_full = std::move(sentence);
    }
    const std::string& forward() const { return m_forward; }
    const std::string& full() const { return m_forward.empty() ? m_full : m_forward; }

private:
    std::string m_forward, m_full;
};

/// Tensors of a layer, or those outside of layers.
struct LayerTensors {
    std::string place; // "layer 3", for sentences
    std::map<std::pair<TensorRole, int>, TensorId> matrices; // by role and expert
    std::vector<TensorId> norms;
    std::vector<TensorId> all; // but auxiliary ones
    std::vector<TensorRole> doubled; // roles of more than one tensor

    std::optional<TensorId> find(TensorRole role, int expert = -1) const;
};

/// Turns tensors into matrices and norms, remembers which were used, and collects obstacles.
class TensorParts {
public:
    TensorParts(const Model& model, Obstacles& obstacles);

    const Model& model() const { return m_model; }
    Obstacles& obstacles() { return m_obstacles; }
    const std::string& name(TensorId id) const { return m_model.tensor(id).name; }
    bool used(TensorId id) const { return m_used[id.index()]; }

    /// A slab as a matrix with the bias that belongs to it. Empty, with an obstacle, when it is
    /// none or its dtype cannot be read.
    std::optional<Linear> linear(TensorId id, std::uint64_t slab = 0);
    /// The matrix of a role; empty without an obstacle when there is no such tensor.
    std::optional<Linear> linear(
        const LayerTensors& layer, TensorRole role, int expert = -1, std::uint64_t slab = 0);
    std::optional<Norm> norm(TensorId id, std::size_t width, double epsilon);

    /// Obstacle to every tier when a size is not what the others say.
    bool expect(const Linear& linear, std::string_view what, std::size_t found,
        std::size_t expected);

private:
    std::optional<TensorId> biasOf(TensorId weight, std::uint64_t slabs, std::size_t out);
    bool readable(TensorId id);

    const Model& m_model;
    Obstacles& m_obstacles;
    std::vector<bool> m_used;
};

/// One entry a layer from 0 on, then one for tensors outside of layers.
std::vector<LayerTensors> groupByLayer(const Model& model, std::size_t layers);

/// Module a norm's weight belongs to: "q_norm" of "model.layers.0.self_attn.q_norm.weight".
std::string_view moduleName(std::string_view tensorName);

} // namespace bitloupe
