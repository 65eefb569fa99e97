// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/curve_units.h"

#include "numeric/random.h"
#include "numeric/tile_sums.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::uint64_t bundledColumns = 16;
constexpr std::uint64_t longestSegment = 512;
constexpr std::uint64_t longestTransposedSegment = 128;

constexpr std::uint64_t smallestGroup = 32;

std::uint64_t dividingGroup(std::uint64_t rowLength, std::uint64_t largest)
{
    for (std::uint64_t group = largest; group >= smallestGroup; group /= 2) {
        if (rowLength % group == 0)
            return group;
    }
    return 1;
}

} // namespace

CurveUnits::CurveUnits(
    const TensorInfo& tensor, const MatrixView& view, std::uint64_t largestGroup)
    : m_transposed(tensor.transposed)
    , m_view(view)
    , m_elements(view.slabs * view.rows * view.columns)
    , m_rowLength(m_transposed ? view.rows : view.columns)
    , m_group(dividingGroup(m_rowLength, largestGroup))
{
    const std::uint64_t longest
        = std::max(m_group, m_transposed ? longestTransposedSegment : longestSegment);
    m_segments = (m_rowLength - 1) / longest + 1;
    m_bundlesPerSlab
        = m_transposed ? (view.columns - 1) / bundledColumns + 1 : view.rows;
    m_bundles = view.slabs * m_bundlesPerSlab;
}

std::uint64_t CurveUnits::segmentBegin(std::uint64_t segment) const
{
    return m_rowLength / m_group * segment / m_segments * m_group;
}

Result<void> CurveUnits::append(
    const FloatReader& reader, std::uint64_t unit, std::vector<float>& values) const
{
    const std::uint64_t bundle = unit / m_segments;
    const std::uint64_t segment = unit % m_segments;
    const std::uint64_t begin = segmentBegin(segment);
    const std::uint64_t length = segmentBegin(segment + 1) - begin;
    const std::size_t before = values.size();
    if (!m_transposed) {
        values.resize(before + length);
        const auto out = std::span(values).subspan(before);
        if (auto done = reader.read(bundle, 1, begin, length, out); !done)
            return done;
        zeroNonFinite(out);
        return {};
    }
    const std::uint64_t slab = bundle / m_bundlesPerSlab;
    const std::uint64_t column = bundle % m_bundlesPerSlab * bundledColumns;
    const std::uint64_t columns = std::min(bundledColumns, m_view.columns - column);
    std::vector<float> stored(length * columns);
    if (auto done = reader.read(slab * m_view.rows + begin, length, column, columns, stored); !done)
        return done;
    zeroNonFinite(stored);
    values.resize(before + stored.size());
    for (std::uint64_t i = 0; i < stored.size(); ++i)
        values[before + i % columns * length + i / columns] = stored[i];
    return {};
}

void CurveUnits::appendStretches(std::uint64_t unit, std::vector<Stretch>& stretches) const
{
    const std::uint64_t bundle = unit / m_segments;
    const std::uint64_t begin = segmentBegin(unit % m_segments);
    const std::uint64_t length = segmentBegin(unit % m_segments + 1) - begin;
    if (!m_transposed) {
        stretches.push_back({bundle, begin, length});
        return;
    }
    const std::uint64_t slab = bundle / m_bundlesPerSlab;
    const std::uint64_t first = bundle % m_bundlesPerSlab * bundledColumns;
    const std::uint64_t end = std::min(first + bundledColumns, m_view.columns);
    for (std::uint64_t row = first; row < end; ++row)
        stretches.push_back({slab * m_view.columns + row, begin, length});
}

std::uint64_t CurveUnits::sampledUnit(
    std::uint64_t key, std::uint64_t count, std::uint64_t index) const
{
    // The bundle by position in its stratum, the segment by a walk through a shuffled order that
    // is new in every round: each segment as often as any other.
    const double stratum = (static_cast<double>(index) + randomUniform(key, 2 * index))
        / static_cast<double>(count) * static_cast<double>(m_bundles);
    const std::uint64_t bundle = std::min(m_bundles - 1, static_cast<std::uint64_t>(stratum));
    const std::uint64_t round = index / m_segments;
    const std::uint64_t start = randomBelow(key, 2 * round + 1, m_segments);
    // A step coprime to the number of segments visits each of them once a round.
    std::uint64_t step = 1 + randomBelow(key ^ 0x5bd1'e995u, round, m_segments);
    const auto divisor = [](std::uint64_t a, std::uint64_t b) {
        while (b != 0) {
            const std::uint64_t rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    };
    while (divisor(step, m_segments) != 1)
        ++step;
    return bundle * m_segments + (start + index % m_segments * (step % m_segments)) % m_segments;
}

} // namespace bitloupe
