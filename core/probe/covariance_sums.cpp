// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/covariance_sums.h"

#include "probe/second_moments.h"

namespace bitloupe {

CovarianceSums::CovarianceSums(std::initializer_list<const Linear*> readers, std::size_t columns)
{
    for (const Linear* reader : readers) {
        if (reader)
            m_sums.readers.push_back({reader->tensor, reader->slab});
    }
    m_sums.columns = columns;
    m_sums.mean.resize(columns * columns);
}

void CovarianceSums::add(Evaluation& run, std::span<const float> rows)
{
    if (run.failed() || rows.empty())
        return;
    run.check(addCrossProducts(rows, m_sums.columns, m_sums.mean, run.job()));
    m_sums.tokens += rows.size() / m_sums.columns;
}

InputCovariance CovarianceSums::take()
{
    if (m_sums.tokens > 0)
        scaleAndMirror(
            m_sums.mean, m_sums.columns, 1 / static_cast<float>(m_sums.tokens));
    return std::move(m_sums);
}

} // namespace bitloupe
