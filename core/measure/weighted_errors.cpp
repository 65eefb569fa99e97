// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/weighted_errors.h"

#include <array>

namespace bitloupe {
namespace {

constexpr std::size_t lanes = 8;

// sum weights_j x_j^2 in fixed lanes; no weights: all ones.
double weightedSquares(std::span<const float> weights, std::span<const float> x)
{
    std::array<double, lanes> sums {};
    std::size_t at = 0;
    for (; at + lanes <= x.size(); at += lanes)
        for (std::size_t k = 0; k < lanes; ++k) {
            const auto value = static_cast<double>(x[at + k]);
            const auto weight = weights.empty() ? 1 : static_cast<double>(weights[at + k]);
            sums[k] += weight * (value * value);
        }
    for (; at < x.size(); ++at) {
        const auto value = static_cast<double>(x[at]);
        sums[0] += (weights.empty() ? 1 : static_cast<double>(weights[at])) * (value * value);
    }
    double sum = 0;
    for (const double lane : sums)
        sum += lane;
    return sum;
}

} // namespace

void WeightedSums::add(const WeightedSums& other)
{
    squared += other.squared;
    input += other.input;
    damage += other.damage;
}

void WeightedErrors::set(
    std::span<const CurveUnits::Stretch> stretches, std::span<const float> values)
{
    m_stretches = stretches;
    m_values = values;
    m_steering.resize(values.size());
    std::size_t at = 0;
    for (const CurveUnits::Stretch& stretch : stretches) {
        m_weights.steering(stretch.row, stretch.columnBegin, 1,
            std::span(m_steering).subspan(at, stretch.columnCount));
        at += stretch.columnCount;
    }
}

WeightedSums WeightedErrors::sumsOf(std::span<const float> numbers) const
{
    WeightedSums sums;
    std::size_t at = 0;
    for (const CurveUnits::Stretch& stretch : m_stretches) {
        const auto part = [&](std::span<const float> columns) {
            return columns.empty() ? columns
                                   : columns.subspan(stretch.columnBegin, stretch.columnCount);
        };
        const auto x = numbers.subspan(at, stretch.columnCount);
        const ErrorWeights::Row row = m_weights.row(stretch.row);
        const double weighted = weightedSquares(part(row.column), x);
        sums.input += row.input * weighted;
        sums.damage += row.output * weighted;
        if (!row.lookup.empty())
            sums.damage += row.use * weightedSquares(part(row.lookup), x);
        at += stretch.columnCount;
    }
    return sums;
}

WeightedSums WeightedErrors::energy() const
{
    WeightedSums sums = sumsOf(m_values);
    sums.squared = weightedSquares({}, m_values);
    return sums;
}

WeightedSums WeightedErrors::weights() const
{
    const std::vector<float> ones(m_values.size(), 1.0f);
    WeightedSums sums = sumsOf(ones);
    sums.squared = static_cast<double>(m_values.size());
    return sums;
}

WeightedSums WeightedErrors::errors(const Codec& codec, DType scaleType)
{
    const RowLayout layout = rowLayout(codec, m_values.size(), scaleType).value_or(RowLayout {});
    m_bytes.resize(layout.total());
    m_decoded.resize(m_values.size());
    const std::span<std::byte> bytes = m_bytes;
    const EncodedRow out {bytes.first(layout.codes), bytes.subspan(layout.codes, layout.scales),
        bytes.last(layout.biases)};
    const RowError error
        = encodeRow(codec, scaleType, Encoder::search, m_values, m_steering, out);
    decodeRow(codec, scaleType, {out.codes, out.scales, out.biases}, Decode::exact, m_decoded);
    for (std::size_t i = 0; i < m_decoded.size(); ++i)
        m_decoded[i] = m_values[i] - m_decoded[i];
    WeightedSums sums = sumsOf(m_decoded);
    sums.squared = error.squared;
    return sums;
}

} // namespace bitloupe
