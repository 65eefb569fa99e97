// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/decision_weights.h"

namespace bitloupe {

Result<DecisionWeights> DecisionWeights::make(const Model& model, const Decision& decision,
    const std::shared_ptr<const Moments>& moments)
{
    DecisionWeights weights;
    if (!moments || decision.sources.empty() || decision.rows == 0)
        return weights;
    weights.m_cut = decision.cut;
    weights.m_rows = decision.rows;
    weights.m_sourceRows = decision.rows * decision.cut.rowParts;
    weights.m_slabsPerSource = decision.slabs / decision.sources.size();
    std::vector<ErrorWeights> sources;
    for (const TensorId id : decision.sources) {
        auto made = ErrorWeights::make(model.tensor(id), id, moments);
        if (!made)
            return made.error();
        const bool fits = made->any()
            && made->columns() == decision.columns * decision.cut.columnParts
            && made->rows() == weights.m_sourceRows;
        if (!fits)
            return weights;
        sources.push_back(std::move(*made));
    }
    weights.m_sources = std::move(sources);
    return weights;
}

void DecisionWeights::steering(
    const RowTile& tile, std::uint64_t rowInTile, std::span<float> out) const
{
    const std::uint64_t row = tile.rowBegin + rowInTile;
    const std::uint64_t slab = row / m_rows;
    const std::uint64_t sourceRow
        = slab % m_slabsPerSource * m_sourceRows + m_cut.sourceRow(row % m_rows);
    m_sources[slab / m_slabsPerSource].steering(sourceRow,
        m_cut.columnBegin + tile.columnBegin * m_cut.columnStep, m_cut.columnStep, out);
}

} // namespace bitloupe
