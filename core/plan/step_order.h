// SPDX-License-Identifier: GPL-3.0-or-later
// All steps of a hull from the largest gain per byte to the smallest. Steps are spread over
// buckets by the leading bits of their slope at once; a bucket is sorted when it is first looked
// at, so that one budget costs no full sort. Private to plan.
#pragma once

#include "plan/hull.h"

#include <cstdint>
#include <span>
#include <vector>

namespace bitloupe {

/// Order: slope falling, then vertex (decision, then option). Single-thread.
class StepOrder {
public:
    /// `buckets` holds what buildHull counted, and nothing of use afterwards. Cost: one pass over the
    /// slopes, by `threads` threads; the order is the same for any number.
    StepOrder(const Hull& hull, StepBuckets& buckets, unsigned threads);

    std::size_t size() const { return m_order.size(); }

    /// Vertex of the step at a position.
    std::uint32_t at(const Hull& hull, std::size_t position);

    struct Prefix {
        std::size_t steps = 0;
        std::uint64_t cost = 0;
    };
    /// Longest prefix whose steps cost at most `capacity` together.
    Prefix longestWithin(const Hull& hull, std::uint64_t capacity);

private:
    void sortBucket(const Hull& hull, std::size_t bucket);

    LargeVector<std::uint32_t> m_order; // vertices
    std::vector<std::uint32_t> m_begin; // by bucket, and the end
    std::vector<std::uint64_t> m_costBefore; // by bucket, and the total
    std::vector<std::uint8_t> m_sorted; // by bucket
};

} // namespace bitloupe
