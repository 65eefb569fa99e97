// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/matrix_product.h"
#include "numeric/simd_targets.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/matrix_product.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Floats>;

// Two vectors of outputs a row, and as many rows as leave registers for the operands.
constexpr std::size_t vectorLanes = hn::MaxLanes(Floats());
constexpr std::size_t stripColumns = 2 * vectorLanes;
constexpr std::size_t rowsAtOnce = vectorLanes == 16 ? 12 : 6;
static_assert(panelColumns % stripColumns == 0);

HWY_INLINE Vector fusedMultiplyAdd(Vector a, Vector b, Vector sum)
{
#if HWY_NATIVE_FMA
    return hn::MulAdd(a, b, sum);
#else
    // A product rounded before the sum would give other bits than the targets that fuse.
    const Floats d;
    HWY_ALIGN float x[vectorLanes];
    HWY_ALIGN float y[vectorLanes];
    HWY_ALIGN float z[vectorLanes];
    hn::Store(a, d, x);
    hn::Store(b, d, y);
    hn::Store(sum, d, z);
    for (std::size_t i = 0; i < vectorLanes; ++i)
        z[i] = std::fma(x[i], y[i], z[i]);
    return hn::Load(d, z);
#endif
}

// Element (i, k) of the left factor is left[i * rowStep + k * termStep], so that one kernel serves
// a block and its transpose.
struct Factor {
    const float* left;
    std::size_t rowStep;
    std::size_t termStep;
    std::size_t terms;
};

template <std::size_t rows>
HWY_INLINE void addStrip(
    const Factor& factor, const float* HWY_RESTRICT in, std::size_t inStride, float* out)
{
    const Floats d;
    Vector low[rows];
    Vector high[rows];
    HWY_UNROLL(12)
    for (std::size_t i = 0; i < rows; ++i) {
        low[i] = hn::LoadU(d, out + i * panelColumns);
        high[i] = hn::LoadU(d, out + i * panelColumns + vectorLanes);
    }
    const float* HWY_RESTRICT left = factor.left;
    const std::size_t rowStep = factor.rowStep;
    for (std::size_t k = 0; k < factor.terms; ++k) {
        const Vector inLow = hn::LoadU(d, in);
        const Vector inHigh = hn::LoadU(d, in + vectorLanes);
        HWY_UNROLL(12)
        for (std::size_t i = 0; i < rows; ++i) {
            const Vector value = hn::Set(d, left[i * rowStep]);
            low[i] = fusedMultiplyAdd(value, inLow, low[i]);
            high[i] = fusedMultiplyAdd(value, inHigh, high[i]);
        }
        in += inStride;
        left += factor.termStep;
    }
    HWY_UNROLL(12)
    for (std::size_t i = 0; i < rows; ++i) {
        hn::StoreU(low[i], d, out + i * panelColumns);
        hn::StoreU(high[i], d, out + i * panelColumns + vectorLanes);
    }
}

template <std::size_t rows>
HWY_INLINE void addRows(const Factor& factor, const float* in, std::size_t inStride, float* out)
{
    for (std::size_t column = 0; column < panelColumns; column += stripColumns)
        addStrip<rows>(factor, in + column, inStride, out + column);
}

HWY_NOINLINE void addAllRows(
    Factor factor, std::size_t rows, const float* in, std::size_t inStride, float* out)
{
    const auto advance = [&](std::size_t done) {
        factor.left += done * factor.rowStep;
        out += done * panelColumns;
        rows -= done;
    };
    while (rows >= rowsAtOnce) {
        addRows<rowsAtOnce>(factor, in, inStride, out);
        advance(rowsAtOnce);
    }
    while (rows >= 4) {
        addRows<4>(factor, in, inStride, out);
        advance(4);
    }
    while (rows > 0) {
        addRows<1>(factor, in, inStride, out);
        advance(1);
    }
}

void addProductKernel(
    const MatrixBlock& block, const float* in, std::size_t inStride, float* out)
{
    addAllRows({block.data, block.stride, 1, block.columns}, block.rows, in, inStride, out);
}

void addTransposedProductKernel(
    const MatrixBlock& block, const float* in, std::size_t inStride, float* out)
{
    addAllRows({block.data, 1, block.stride, block.rows}, block.columns, in, inStride, out);
}

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(addProductKernel);
HWY_EXPORT(addTransposedProductKernel);

void addProduct(const MatrixBlock& block, const float* in, std::size_t inStride, float* out)
{
    HWY_DYNAMIC_DISPATCH(addProductKernel)(block, in, inStride, out);
}

void addTransposedProduct(
    const MatrixBlock& block, const float* in, std::size_t inStride, float* out)
{
    HWY_DYNAMIC_DISPATCH(addTransposedProductKernel)(block, in, inStride, out);
}

} // namespace bitloupe
#endif // HWY_ONCE
