// SPDX-License-Identifier: GPL-3.0-or-later
// The Gram matrix of a matrix over its short side, gathered tile by tile along the long side.
#pragma once

#include "numeric/matrix_product.h"

#include <cstdint>
#include <vector>

namespace bitloupe {

/// Sums of products in float within 512 terms, then in double. Single-thread.
class GramMatrix {
public:
    explicit GramMatrix(std::size_t dimension);

    /// Adds transpose(tile) * tile. Shapes: tile [any, dimension]; its storage must reach to the
    /// next multiple of 32 columns, with zeros there.
    void addRows(const MatrixBlock& tile);
    /// Adds tile * transpose(tile). Shapes: tile [dimension, any].
    void addColumns(const MatrixBlock& tile);

    /// The whole symmetric matrix [dimension, dimension].
    std::vector<double> take();

private:
    void countTerms(std::size_t terms);
    void fold();

    std::size_t m_dimension;
    std::size_t m_panels;
    std::size_t m_terms = 0; // in m_recent
    std::vector<float> m_recent; // panels of 32 columns, each [dimension, 32]; upper half
    std::vector<double> m_sums; // the same shape
};

} // namespace bitloupe
