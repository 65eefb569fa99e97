// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/error_weights.h"

#include <algorithm>
#include <numeric>

namespace bitloupe {
namespace {

constexpr double floorShare = 0.001; // of the mean, so that no column is free
constexpr double largestWeight = 1e30; // products of weights and squares stay finite

double total(std::span<const float> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

float meanShare(std::span<const float> values)
{
    return values.empty()
        ? 0.0f
        : static_cast<float>(floorShare * total(values) / static_cast<double>(values.size()));
}

} // namespace

Result<ErrorWeights> ErrorWeights::make(
    const TensorInfo& tensor, TensorId id, const std::shared_ptr<const Moments>& all)
{
    ErrorWeights weights;
    const auto view = matrixView(tensor.shape);
    if (!view || !all || id.index() >= all->tensors.size())
        return weights;
    const TensorMoments& moments = all->tensors[id.index()];
    if (moments.input.empty() && moments.rowUse.empty())
        return weights;
    weights.m_all = all;
    weights.m_moments = &moments;
    weights.m_slabs = view->slabs;
    weights.m_rows = tensor.transposed ? view->columns : view->rows;
    weights.m_columns = tensor.transposed ? view->rows : view->columns;
    if (!weights.fits())
        return Error {Errc::badPlan, tensor.name, "its moments do not have its rows and columns"};
    weights.sumUp();
    return weights;
}

bool ErrorWeights::fits() const
{
    const auto is = [](const std::vector<float>& values, std::uint64_t length) {
        return values.empty() || values.size() == length;
    };
    return (is(m_moments->input, m_columns) || is(m_moments->input, m_slabs * m_columns))
        && is(m_moments->gradient, m_slabs * m_rows) && is(m_moments->rowUse, m_slabs * m_rows)
        && is(m_moments->columnGradient, m_columns);
}

void ErrorWeights::sumUp()
{
    const TensorMoments& m = *m_moments;
    const bool lookup = !m.rowUse.empty() && !m.columnGradient.empty();
    m_damage = (!m.input.empty() && !m.gradient.empty()) || (m.input.empty() && lookup);
    m_meanGradient = m.gradient.empty()
        ? 0
        : total(m.gradient) / static_cast<double>(m.gradient.size());
    m_lookupFloor = meanShare(m.columnGradient);
    m_steering.reserve(m.input.size());
    for (std::size_t at = 0; at < m.input.size(); at += m_columns) {
        const auto slab = std::span(m.input).subspan(at, m_columns);
        const float floor = meanShare(slab);
        for (const float s : slab)
            m_steering.push_back(s + floor);
    }
    if (m.input.empty())
        m_inputTotal = total(m.rowUse)
            * (lookup ? total(m.columnGradient) : static_cast<double>(m_columns));
    if (m_damage && lookup)
        m_damageTotal = total(m.rowUse) * total(m.columnGradient);
    if (m.input.empty())
        return;
    for (std::uint64_t slab = 0; slab < m_slabs; ++slab) {
        const double columnSum = total(row(slab * m_rows).column);
        m_inputTotal += columnSum * static_cast<double>(m_rows);
        if (m_damage)
            m_damageTotal
                += columnSum * total(std::span(m.gradient).subspan(slab * m_rows, m_rows));
    }
}

ErrorWeights::Row ErrorWeights::row(std::uint64_t row) const
{
    const TensorMoments& m = *m_moments;
    Row result;
    const std::uint64_t slab = row / m_rows;
    if (!m.input.empty()) {
        const std::uint64_t begin = m.input.size() == m_columns ? 0 : slab * m_columns;
        result.column = std::span(m.input).subspan(begin, m_columns);
        result.input = 1;
        result.output = m.gradient.empty() ? 0 : static_cast<double>(m.gradient[row]);
    }
    if (m.rowUse.empty())
        return result;
    const auto use = static_cast<double>(m.rowUse[row]);
    if (m.input.empty()) {
        result.column = m.columnGradient;
        result.input = use;
        result.output = m.columnGradient.empty() ? 0 : use;
    } else if (!m.columnGradient.empty()) {
        result.use = use;
        result.lookup = m.columnGradient;
    }
    return result;
}

void ErrorWeights::steering(
    std::uint64_t row, std::uint64_t begin, std::uint64_t step, std::span<float> out) const
{
    const TensorMoments& m = *m_moments;
    const std::uint64_t slab = m.input.size() == m_columns ? 0 : row / m_rows;
    const float* input = m_steering.empty() ? nullptr : m_steering.data() + slab * m_columns;
    const bool lookup = !m.rowUse.empty() && !m.columnGradient.empty();
    const auto lookedUp = [&](std::uint64_t j) { return m.columnGradient[j] + m_lookupFloor; };
    for (std::size_t k = 0; k < out.size(); ++k) {
        const std::uint64_t j = begin + k * step;
        if (input != nullptr && !lookup) {
            out[k] = input[j];
        } else if (input == nullptr) {
            out[k] = lookup ? lookedUp(j) : 1.0f;
        } else {
            // A row that the panel has no use for is still a row of the head.
            const double f = m.gradient.empty() ? 0 : static_cast<double>(m.gradient[row]);
            const double use = m.gradient.empty() ? 0 : static_cast<double>(m.rowUse[row]);
            const double share = f > 0 || use > 0 ? f : std::max(m_meanGradient, 1.0);
            const double weight = share * static_cast<double>(input[j])
                + use * static_cast<double>(lookedUp(j));
            out[k] = static_cast<float>(std::min(weight, largestWeight));
        }
    }
}

} // namespace bitloupe
