// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/gram.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t termsInFloat = 512;

} // namespace

GramMatrix::GramMatrix(std::size_t dimension)
    : m_dimension(dimension)
    , m_panels((dimension + panelColumns - 1) / panelColumns)
    , m_recent(m_panels * dimension * panelColumns)
    , m_sums(m_recent.size())
{
}

void GramMatrix::addRows(const MatrixBlock& tile)
{
    countTerms(tile.rows);
    for (std::size_t panel = 0; panel < m_panels; ++panel) {
        const std::size_t begin = panel * panelColumns;
        const std::size_t end = std::min(begin + panelColumns, m_dimension);
        addTransposedProduct({tile.data, tile.rows, end, tile.stride}, tile.data + begin,
            tile.stride, m_recent.data() + begin * m_dimension);
    }
}

void GramMatrix::addColumns(const MatrixBlock& tile)
{
    countTerms(tile.columns);
    std::vector<float> panelRows(tile.columns * panelColumns);
    for (std::size_t panel = 0; panel < m_panels; ++panel) {
        const std::size_t begin = panel * panelColumns;
        const std::size_t end = std::min(begin + panelColumns, m_dimension);
        for (std::size_t row = begin; row < end; ++row) {
            const float* from = tile.data + row * tile.stride;
            for (std::size_t column = 0; column < tile.columns; ++column)
                panelRows[column * panelColumns + row - begin] = from[column];
        }
        addProduct({tile.data, end, tile.columns, tile.stride}, panelRows.data(), panelColumns,
            m_recent.data() + begin * m_dimension);
    }
}

void GramMatrix::countTerms(std::size_t terms)
{
    if (m_terms + terms > termsInFloat)
        fold();
    m_terms += terms;
}

void GramMatrix::fold()
{
    for (std::size_t i = 0; i < m_recent.size(); ++i)
        m_sums[i] += static_cast<double>(m_recent[i]);
    std::fill(m_recent.begin(), m_recent.end(), 0.0f);
    m_terms = 0;
}

std::vector<double> GramMatrix::take()
{
    fold();
    m_recent = {};
    std::vector<double> matrix(m_dimension * m_dimension);
    for (std::size_t column = 0; column < m_dimension; ++column) {
        const double* panel
            = m_sums.data() + column / panelColumns * panelColumns * m_dimension;
        for (std::size_t row = 0; row <= column; ++row) {
            const double value = panel[row * panelColumns + column % panelColumns];
            matrix[row * m_dimension + column] = value;
            matrix[column * m_dimension + row] = value;
        }
    }
    m_sums = {};
    return matrix;
}

} // namespace bitloupe
