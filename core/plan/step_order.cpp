// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/step_order.h"

#include "plan/slices.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace bitloupe {
namespace {

// A positive float's bits rise with its value: exponent and 7 bits of mantissa, reversed.
constexpr std::size_t bucketCount = 1u << 15;

std::size_t bucketOf(double slope)
{
    const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(slope));
    return bucketCount - 1 - (bits >> 16);
}

// Steps of a slice by bucket: how many, later where the next one goes, and what they cost.
struct SliceBuckets {
    std::vector<std::uint32_t> steps = std::vector<std::uint32_t>(bucketCount, 0);
    std::vector<std::uint64_t> cost = std::vector<std::uint64_t>(bucketCount, 0);
};

void forEachStep(const Hull& hull, Slice slice, const auto& work)
{
    const double* slopes = hull.slopes.data();
    for (std::size_t d = slice.begin; d < slice.end; ++d)
        for (std::uint32_t v = hull.first[d] + 1; v < hull.last[d]; ++v)
            work(v, bucketOf(slopes[v]));
}

} // namespace

StepOrder::StepOrder(const Hull& hull, unsigned threads)
    : m_begin(bucketCount + 1, 0)
    , m_costBefore(bucketCount + 1, 0)
    , m_sorted(bucketCount, 0)
{
    const std::size_t decisions = hull.first.size();
    std::vector<SliceBuckets> slices(sliceCount(decisions));
    forSlices(threads, decisions, [&](std::size_t s, Slice slice) {
        forEachStep(hull, slice, [&](std::uint32_t v, std::size_t bucket) {
            ++slices[s].steps[bucket];
            slices[s].cost[bucket] += hull.stepCost(v);
        });
    });
    for (std::size_t b = 0; b < bucketCount; ++b) {
        m_begin[b + 1] = m_begin[b];
        m_costBefore[b + 1] = m_costBefore[b];
        for (SliceBuckets& slice : slices) {
            m_costBefore[b + 1] += slice.cost[b];
            m_begin[b + 1] += std::exchange(slice.steps[b], m_begin[b + 1]);
        }
    }
    m_order.resize(m_begin.back());
    forSlices(threads, decisions, [&](std::size_t s, Slice slice) {
        std::uint32_t* next = slices[s].steps.data();
        forEachStep(hull, slice,
            [&](std::uint32_t v, std::size_t bucket) { m_order[next[bucket]++] = v; });
    });
}

void StepOrder::sortBucket(const Hull& hull, std::size_t bucket)
{
    if (m_sorted[bucket])
        return;
    m_sorted[bucket] = 1;
    const auto begin = m_order.begin() + m_begin[bucket];
    const auto end = m_order.begin() + m_begin[bucket + 1];
    const auto steeper = [&](std::uint32_t a, std::uint32_t b) {
        return hull.slopes[a] != hull.slopes[b] ? hull.slopes[a] > hull.slopes[b] : a < b;
    };
    if (!std::is_sorted(begin, end, steeper))
        std::sort(begin, end, steeper);
}

std::uint32_t StepOrder::at(const Hull& hull, std::size_t position)
{
    // Whatever stands there now belongs to the same bucket as what will.
    sortBucket(hull, bucketOf(hull.slopes[m_order[position]]));
    return m_order[position];
}

StepOrder::Prefix StepOrder::longestWithin(const Hull& hull, std::uint64_t capacity)
{
    if (m_costBefore.back() <= capacity)
        return {size(), m_costBefore.back()};
    const auto above = std::upper_bound(m_costBefore.begin(), m_costBefore.end(), capacity);
    const auto bucket = static_cast<std::size_t>(above - m_costBefore.begin()) - 1;
    sortBucket(hull, bucket);
    Prefix prefix {m_begin[bucket], m_costBefore[bucket]};
    while (prefix.steps < m_begin[bucket + 1]) {
        const std::uint64_t step = hull.stepCost(m_order[prefix.steps]);
        if (step > capacity - prefix.cost)
            break;
        prefix.cost += step;
        ++prefix.steps;
    }
    return prefix;
}

} // namespace bitloupe
