// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/moments_recorder.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

void place(std::vector<float>& all, std::uint64_t slabs, std::uint64_t slab,
    const std::vector<float>& values)
{
    all.resize(static_cast<std::size_t>(slabs) * values.size());
    std::copy(values.begin(), values.end(),
        all.begin() + static_cast<std::ptrdiff_t>(slab * values.size()));
}

bool finite(const std::vector<float>& values)
{
    return std::all_of(
        values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

} // namespace

MomentsRecorder::MomentsRecorder(const Model& model)
    : m_model(model)
{
    m_moments.tensors.resize(model.tensors.size());
}

std::uint64_t MomentsRecorder::slabsOf(TensorId tensor) const
{
    const auto view = matrixView(m_model.tensor(tensor).shape);
    return view ? view->slabs : 1;
}

MomentsRecorder::Slabs& MomentsRecorder::slabs(TensorId tensor)
{
    Slabs& slabs = m_slabs[tensor];
    slabs.tokens.resize(static_cast<std::size_t>(slabsOf(tensor)));
    return slabs;
}

void MomentsRecorder::input(const Linear& linear, const std::vector<float>& squares)
{
    TensorMoments& moments = m_moments.tensors[linear.tensor.index()];
    place(moments.input, slabsOf(linear.tensor), linear.slab, squares);
    moments.tier = std::max(moments.tier, ProbeTier::forward);
}

void MomentsRecorder::sharedInput(const Linear& linear, const std::vector<float>& squares)
{
    TensorMoments& moments = m_moments.tensors[linear.tensor.index()];
    moments.input = squares;
    moments.tier = std::max(moments.tier, ProbeTier::forward);
}

void MomentsRecorder::gradient(const Linear& linear, const std::vector<float>& squares,
    std::size_t tokens, std::size_t panelTokens)
{
    std::vector<float> scaled = squares;
    if (tokens != panelTokens) {
        const double share = static_cast<double>(tokens) / static_cast<double>(panelTokens);
        for (float& value : scaled)
            value = static_cast<float>(value * share);
    }
    TensorMoments& moments = m_moments.tensors[linear.tensor.index()];
    place(moments.gradient, slabsOf(linear.tensor), linear.slab, scaled);
    moments.tier = ProbeTier::full;
    slabs(linear.tensor).tokens[static_cast<std::size_t>(linear.slab)] = tokens;
}

void MomentsRecorder::unreached(const Linear& linear) { ++slabs(linear.tensor).unreached; }

void MomentsRecorder::lookup(
    TensorId embedding, std::vector<float> rowUse, std::vector<float> columnGradient)
{
    TensorMoments& moments = m_moments.tensors[embedding.index()];
    moments.rowUse = std::move(rowUse);
    moments.tier = columnGradient.empty() ? ProbeTier::forward : ProbeTier::full;
    moments.columnGradient = std::move(columnGradient);
}

/// In a stack the unreached experts' gradients are taken as if one token of the panel had gone
/// through each, with a gradient as the reached ones have: zero would call them free.
void MomentsRecorder::settleUnreached(TensorId tensor, const Slabs& slabs)
{
    TensorMoments& moments = m_moments.tensors[tensor.index()];
    const std::size_t count = slabs.tokens.size();
    if (count == 1) {
        moments.note = "no token of the panel reached this expert";
        return;
    }
    moments.note = "no token of the panel reached " + std::to_string(slabs.unreached) + " of "
        + std::to_string(count) + " experts";
    if (moments.gradient.empty())
        return;
    const std::size_t width = moments.gradient.size() / count;
    const std::size_t reached = count - slabs.unreached;
    std::vector<double> one(width);
    for (std::size_t slab = 0; slab < count; ++slab) {
        for (std::size_t i = 0; i < width && slabs.tokens[slab] > 0; ++i)
            one[i] += static_cast<double>(moments.gradient[slab * width + i])
                / static_cast<double>(slabs.tokens[slab] * reached);
    }
    for (std::size_t slab = 0; slab < count; ++slab) {
        for (std::size_t i = 0; i < width && slabs.tokens[slab] == 0; ++i)
            moments.gradient[slab * width + i] = static_cast<float>(one[i]);
    }
}

/// Squares beyond what floats hold.
void MomentsRecorder::dropBroken(TensorMoments& moments)
{
    if (finite(moments.input) && finite(moments.gradient) && finite(moments.columnGradient))
        return;
    moments = {};
    moments.note = "the moments are too large for a number of 32 bits";
}

Moments MomentsRecorder::finish(ProbeTier tier, std::string reason, std::uint64_t tokens)
{
    for (const auto& [tensor, slabs] : m_slabs) {
        if (slabs.unreached > 0)
            settleUnreached(tensor, slabs);
    }
    for (std::size_t i = 0; i < m_moments.tensors.size(); ++i) {
        TensorMoments& moments = m_moments.tensors[i];
        dropBroken(moments);
        const TensorRole role = m_model.tensors[i].role;
        if (moments.tier == ProbeTier::none && moments.note.empty()
            && m_model.tensors[i].shape.size() >= 2 && role != TensorRole::auxiliary
            && role != TensorRole::norm && role != TensorRole::bias
            && role != TensorRole::positionEmbedding)
            moments.note = "the probe does not reach this tensor";
    }
    m_moments.tier = tier;
    m_moments.reason = std::move(reason);
    m_moments.tokens = tokens;
    return std::move(m_moments);
}

} // namespace bitloupe
