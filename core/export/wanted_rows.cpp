// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/wanted_rows.h"

#include "numeric/matrix_product.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t tileColumns = 16; // multiples of it
constexpr float share = 0.25F; // of the change: part of it is chance (codec/README.md)

} // namespace

std::shared_ptr<const WantedRows> WantedRows::take(
    InputCovariance& covariance, std::shared_ptr<const FeedbackFactor> factor)
{
    std::vector<float> mean = std::move(covariance.mean);
    std::vector<float> shift = std::move(covariance.inputShift);
    std::vector<float> target = std::move(covariance.outputTarget);
    if (!factor || covariance.columns % tileColumns != 0 || (target.empty() && shift.empty()))
        return nullptr;
    auto wanted = std::make_shared<WantedRows>();
    wanted->m_columns = covariance.columns;
    wanted->m_factor = std::move(factor);
    wanted->m_perOutput = std::move(target);
    wanted->m_perWeight = std::move(wanted->m_perOutput.empty() ? shift : mean);
    if (!wanted->m_perOutput.empty())
        for (float& value : wanted->m_perWeight)
            value = -value;
    return wanted;
}

void WantedRows::move(
    std::span<float> rows, const SourceCut& cut, std::uint64_t firstRow) const
{
    const std::size_t count = rows.size() / m_columns;
    std::vector<float> change(rows.size());
    for (std::size_t r = 0; r < count && !m_perOutput.empty(); ++r)
        std::copy_n(m_perOutput.data() + cut.sourceRow(firstRow + r) * m_columns, m_columns,
            change.data() + r * m_columns);
    addTileProduct({rows.data(), count, m_columns, m_columns, 1},
        {m_perWeight.data(), m_columns, m_columns}, {change.data(), m_columns, m_columns});
    solveRows(*m_factor, change);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] += share * change[i];
}

} // namespace bitloupe
