// SPDX-License-Identifier: GPL-3.0-or-later
// What the probe says about the columns of a decision's rows: the moments of its sources, brought
// into the output's order.
#pragma once

#include "export/decision_rows.h"
#include "measure/error_weights.h"

#include <memory>
#include <span>
#include <vector>

namespace bitloupe {

/// Immutable.
class DecisionWeights {
public:
    /// None where a source has no moments. Errors: badPlan when lengths do not fit.
    static Result<DecisionWeights> make(const Model& model, const Decision& decision,
        const std::shared_ptr<const Moments>& moments);

    bool any() const { return !m_sources.empty(); }

    /// Weights of the search for one of the tile's rows. Shapes: out of columnCount.
    void steering(const RowTile& tile, std::uint64_t rowInTile, std::span<float> out) const;

private:
    std::vector<ErrorWeights> m_sources;
    SourceCut m_cut;
    std::uint64_t m_rows = 0, m_sourceRows = 0; // a slab
    std::uint64_t m_slabsPerSource = 0;
};

} // namespace bitloupe
