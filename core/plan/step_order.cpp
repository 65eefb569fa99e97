// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/step_order.h"

#include "plan/slices.h"

#include <algorithm>
#include <utility>

namespace bitloupe {
namespace {

constexpr std::size_t bucketCount = StepBuckets::count;

} // namespace

StepOrder::StepOrder(const Hull& hull, StepBuckets& buckets, unsigned threads)
    : m_begin(bucketCount + 1, 0)
    , m_costBefore(bucketCount + 1, 0)
    , m_sorted(bucketCount, 0)
{
    const std::size_t decisions = hull.decisions.size();
    const std::size_t slices = sliceCount(decisions);
    for (std::size_t b = 0; b < bucketCount; ++b) {
        m_begin[b + 1] = m_begin[b];
        m_costBefore[b + 1] = m_costBefore[b];
        for (std::size_t at = b; at < slices * bucketCount; at += bucketCount) {
            m_costBefore[b + 1] += buckets.cost[at];
            m_begin[b + 1] += std::exchange(buckets.steps[at], m_begin[b + 1]);
        }
    }
    m_order.resize(m_begin.back());
    forSlices(threads, decisions, [&](std::size_t s, Slice slice) {
        std::uint32_t* next = buckets.steps.data() + s * bucketCount;
        for (std::size_t d = slice.begin; d < slice.end; ++d)
            for (std::uint32_t v = hull.decisions[d].first + 1; v < hull.decisions[d].last; ++v)
                m_order[next[StepBuckets::of(hull.slopes[v])]++] = v;
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
    sortBucket(hull, StepBuckets::of(hull.slopes[m_order[position]]));
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
