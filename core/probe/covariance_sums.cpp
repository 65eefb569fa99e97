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

void CovarianceSums::addFloat(
    Evaluation& run, std::span<const float> floatRows, std::span<const float> rows)
{
    Floats shift(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        shift[i] = floatRows[i] - rows[i];
    addCross(run, shift, m_sums.columns, rows, m_sums.inputShift);
}

void CovarianceSums::addWanted(Evaluation& run, std::span<const float> wanted,
    std::size_t outputs, std::span<const float> rows)
{
    addCross(run, wanted, outputs, rows, m_sums.outputTarget);
}

void CovarianceSums::addCross(Evaluation& run, std::span<const float> left, std::size_t width,
    std::span<const float> rows, Floats& sums)
{
    if (run.failed() || rows.empty())
        return;
    sums.resize(width * m_sums.columns);
    run.check(addCrossProducts(left, width, rows, m_sums.columns, sums, run.job()));
}

InputCovariance CovarianceSums::take()
{
    if (m_sums.tokens > 0) {
        const float share = 1 / static_cast<float>(m_sums.tokens);
        scaleAndMirror(m_sums.mean, m_sums.columns, share);
        for (Floats* sums : {&m_sums.inputShift, &m_sums.outputTarget})
            for (float& sum : *sums)
                sum *= share;
    }
    return std::move(m_sums);
}

} // namespace bitloupe
