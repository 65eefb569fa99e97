// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/matrix_product.h"
#include "numeric/simd_targets.h"

#include <cassert>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/matrix_product.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "numeric/fused_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
// Two vectors of outputs a row, and as many rows as leave registers for the operands.
constexpr std::size_t rowsAtOnce = vectorLanes == 16 ? 12 : 6;
constexpr std::size_t columnStep = 16; // widths are multiples of it
static_assert(panelColumns % columnStep == 0);

template <std::size_t rows, std::size_t vectors>
HWY_INLINE void addStrip(const LeftFactor& factor, const float* HWY_RESTRICT in,
    std::size_t inStride, float* out, std::size_t outStride)
{
    const Floats d;
    Vector sums[rows][vectors];
    HWY_UNROLL(12)
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t v = 0; v < vectors; ++v)
            sums[i][v] = hn::LoadU(d, out + i * outStride + v * vectorLanes);
    }
    const float* HWY_RESTRICT left = factor.data;
    const std::size_t rowStep = factor.rowStep;
    for (std::size_t k = 0; k < factor.terms; ++k) {
        Vector operands[vectors];
        for (std::size_t v = 0; v < vectors; ++v)
            operands[v] = hn::LoadU(d, in + v * vectorLanes);
        HWY_UNROLL(12)
        for (std::size_t i = 0; i < rows; ++i) {
            const Vector value = hn::Set(d, left[i * rowStep]);
            for (std::size_t v = 0; v < vectors; ++v)
                sums[i][v] = fusedMultiplyAdd(value, operands[v], sums[i][v]);
        }
        in += inStride;
        left += factor.termStep;
    }
    HWY_UNROLL(12)
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t v = 0; v < vectors; ++v)
            hn::StoreU(sums[i][v], d, out + i * outStride + v * vectorLanes);
    }
}

template <std::size_t rows>
HWY_NOINLINE void addRows(
    const LeftFactor& factor, const TileView<const float>& right, const TileView<float>& out)
{
    std::size_t column = 0;
    for (; column + 2 * vectorLanes <= right.columns; column += 2 * vectorLanes)
        addStrip<rows, 2>(
            factor, right.data + column, right.stride, out.data + column, out.stride);
    if (column < right.columns)
        addStrip<rows, 1>(
            factor, right.data + column, right.stride, out.data + column, out.stride);
}

void addTileProductKernel(LeftFactor left, const TileView<const float>& right, TileView<float> out)
{
    const auto advance = [&](std::size_t done) {
        left.data += done * left.rowStep;
        out.data += done * out.stride;
        left.rows -= done;
    };
    while (left.rows >= rowsAtOnce) {
        addRows<rowsAtOnce>(left, right, out);
        advance(rowsAtOnce);
    }
    while (left.rows >= 4) {
        addRows<4>(left, right, out);
        advance(4);
    }
    while (left.rows > 0) {
        addRows<1>(left, right, out);
        advance(1);
    }
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(addTileProductKernel);

void addTileProduct(const LeftFactor& left, const TileView<const float>& right, const TileView<float>& out)
{
    assert(right.columns % 16 == 0);
    HWY_DYNAMIC_DISPATCH(addTileProductKernel)(left, right, out);
}

void addProduct(const MatrixBlock& block, const float* in, std::size_t inStride, float* out)
{
    addTileProduct({block.data, block.rows, block.columns, block.stride, 1},
        {in, panelColumns, inStride}, {out, panelColumns, panelColumns});
}

void addTransposedProduct(
    const MatrixBlock& block, const float* in, std::size_t inStride, float* out)
{
    addTileProduct({block.data, block.columns, block.rows, 1, block.stride},
        {in, panelColumns, inStride}, {out, panelColumns, panelColumns});
}

} // namespace bitloupe
#endif // HWY_ONCE
