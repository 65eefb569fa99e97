// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices held in memory beside the file's: kept for the next use, or put in their place.
#pragma once

#include "probe/architecture.h"
#include "probe/weight.h"

#include <map>
#include <utility>

namespace bitloupe {

/// Single-thread.
class WeightStore {
public:
    /// Null where the file's values are to be read.
    const Weight* find(const Linear& linear) const
    {
        const auto at = m_weights.find({linear.tensor, linear.slab});
        return at == m_weights.end() ? nullptr : &at->second;
    }
    void put(TensorId tensor, std::uint64_t slab, Weight weight)
    {
        m_weights.insert_or_assign({tensor, slab}, std::move(weight));
    }
    void clear() { m_weights.clear(); }

private:
    std::map<std::pair<TensorId, std::uint64_t>, Weight> m_weights;
};

} // namespace bitloupe
