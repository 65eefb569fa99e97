// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/spectral_concentration.h"

#include "job/parallel.h"
#include "numeric/gram.h"
#include "numeric/symmetric_eigen.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace bitloupe {
namespace {

constexpr std::size_t lanczosSteps = 10;
constexpr std::uint64_t tileSide = 128; // along the longer side
constexpr std::uint64_t blockSide = 256; // along the shorter side
constexpr std::uint64_t mappedElements = std::uint64_t {1} << 18; // at least, where rows allow
constexpr std::uint64_t maxSlices = 32;
constexpr std::uint64_t sliceProductBytes = std::uint64_t {64} << 20; // of all slices

// Larger tall matrices are mapped tile by tile: where mapping is refused, a window is a copy.
constexpr std::uint64_t keptElements = std::uint64_t {1} << 27;

// Rows of the whole matrix in a few windows, kept while it is read many times.
class AllRows {
public:
    static Result<AllRows> map(const WeightMatrix& matrix)
    {
        AllRows all;
        const std::uint64_t bands = 1 + matrix.rows() * matrix.columns() / (std::uint64_t {1} << 27);
        all.m_rowsPerBand = std::max(blockSide, (matrix.rows() - 1) / std::min<std::uint64_t>(bands, 16) + 1);
        all.m_rowsPerBand = (all.m_rowsPerBand + blockSide - 1) / blockSide * blockSide;
        for (std::uint64_t row = 0; row < matrix.rows(); row += all.m_rowsPerBand) {
            auto rows = matrix.map(row, std::min(all.m_rowsPerBand, matrix.rows() - row));
            if (!rows)
                return rows.error();
            all.m_bands.push_back(std::move(*rows));
        }
        return all;
    }

    /// Rows within one multiple of blockSide.
    const WeightMatrix::Rows& band(std::uint64_t row) const { return m_bands[row / m_rowsPerBand]; }

    Result<void> intact() const
    {
        for (const WeightMatrix::Rows& band : m_bands) {
            if (auto same = band.intact(); !same)
                return same;
        }
        return {};
    }

private:
    std::uint64_t m_rowsPerBand = 0;
    std::vector<WeightMatrix::Rows> m_bands;
};

std::size_t paddedToPanel(std::uint64_t columns)
{
    return static_cast<std::size_t>((columns + panelColumns - 1) / panelColumns * panelColumns);
}

// Rows that are mapped at once: several tiles where rows are short.
std::uint64_t rowsAtOnce(std::uint64_t columns)
{
    return std::max<std::uint64_t>(1, mappedElements / (columns * tileSide)) * tileSide;
}

Result<void> gatherTall(const WeightMatrix& matrix, GramMatrix& gram, const Job& job)
{
    const std::size_t stride = paddedToPanel(matrix.columns());
    std::vector<float> tile(tileSide * stride);
    const std::uint64_t step = rowsAtOnce(matrix.columns());
    for (std::uint64_t begin = 0; begin < matrix.rows(); begin += step) {
        const std::uint64_t end = std::min(matrix.rows(), begin + step);
        const auto rows = matrix.map(begin, end - begin);
        if (!rows)
            return rows.error();
        for (std::uint64_t row = begin; row < end; row += tileSide) {
            if (job.stopRequested())
                return Job::cancelled();
            const std::uint64_t count = std::min(tileSide, end - row);
            rows->read(row, count, 0, matrix.columns(), tile.data(), stride);
            gram.addRows({tile.data(), count, matrix.columns(), stride});
        }
        if (auto same = rows->intact(); !same)
            return same;
    }
    return {};
}

Result<void> gatherWide(const WeightMatrix& matrix, GramMatrix& gram, const Job& job)
{
    const auto all = AllRows::map(matrix);
    if (!all)
        return all.error();
    std::vector<float> tile(matrix.rows() * tileSide);
    for (std::uint64_t begin = 0; begin < matrix.columns(); begin += tileSide) {
        if (job.stopRequested())
            return Job::cancelled();
        const std::uint64_t count = std::min(tileSide, matrix.columns() - begin);
        for (std::uint64_t row = 0; row < matrix.rows(); row += blockSide)
            all->band(row).read(row, std::min(blockSide, matrix.rows() - row), begin, count,
                tile.data() + row * tileSide, tileSide);
        gram.addColumns({tile.data(), matrix.rows(), count, tileSide});
    }
    return all->intact();
}

Result<SpectrumSummary> exactSpectrum(const WeightMatrix& matrix, const Job& job)
{
    const bool tall = matrix.rows() >= matrix.columns();
    const std::size_t side = tall ? matrix.columns() : matrix.rows();
    GramMatrix gram(side);
    if (auto done = tall ? gatherTall(matrix, gram, job) : gatherWide(matrix, gram, job); !done)
        return done.error();
    std::vector<double> whole = gram.take();
    const SymmetricEigen eigen
        = symmetricEigen(whole, side, {}, [&] { return job.stopRequested(); });
    if (eigen.stopped)
        return Job::cancelled();
    return summarizeSpectrum(eigen.values);
}

// One slice of W^T W X (tall) or W W^T X (wide), added to `product`. Block by block within a tile
// of the longer side: what a tile yields for X is needed whole before it is multiplied back.
class SliceProduct {
public:
    SliceProduct(const float* panel, float* product)
        : m_panel(panel)
        , m_product(product)
    {
    }

    void addRows(const WeightMatrix::Rows& rows, std::uint64_t row, std::uint64_t count,
        std::uint64_t columns)
    {
        std::fill(m_middle.begin(), m_middle.end(), 0.0f);
        for (const bool back : {false, true}) {
            for (std::uint64_t column = 0; column < columns; column += blockSide) {
                const std::uint64_t width = std::min(blockSide, columns - column);
                rows.read(row, count, column, width, m_block.data(), stride);
                const MatrixBlock block {m_block.data(), count, width, stride};
                const std::size_t at = column * panelColumns;
                if (back)
                    addTransposedProduct(block, m_middle.data(), panelColumns, m_product + at);
                else
                    addProduct(block, m_panel + at, panelColumns, m_middle.data());
            }
        }
    }

    void addColumns(const AllRows& all, std::uint64_t column, std::uint64_t count,
        std::uint64_t rows)
    {
        std::fill(m_middle.begin(), m_middle.end(), 0.0f);
        for (const bool back : {false, true}) {
            for (std::uint64_t row = 0; row < rows; row += blockSide) {
                const std::uint64_t height = std::min(blockSide, rows - row);
                all.band(row).read(row, height, column, count, m_block.data(), stride);
                const MatrixBlock block {m_block.data(), height, count, stride};
                const std::size_t at = row * panelColumns;
                if (back)
                    addProduct(block, m_middle.data(), panelColumns, m_product + at);
                else
                    addTransposedProduct(block, m_panel + at, panelColumns, m_middle.data());
            }
        }
    }

private:
    // Not a power of two, so that rows do not share cache sets.
    static constexpr std::size_t stride = blockSide + 16;
    const float* m_panel;
    float* m_product;
    std::vector<float> m_block = std::vector<float>(blockSide * stride);
    std::vector<float> m_middle = std::vector<float>(tileSide * panelColumns);
};

Result<void> multiplySlice(const WeightMatrix& matrix, const AllRows* all, std::uint64_t begin,
    std::uint64_t end, const Job& job, SliceProduct& product)
{
    for (std::uint64_t at = begin; at < end; at += tileSide) {
        if (job.stopRequested())
            return Job::cancelled();
        const std::uint64_t count = std::min(tileSide, end - at);
        if (all && matrix.columns() > matrix.rows()) {
            product.addColumns(*all, at, count, matrix.rows());
            continue;
        }
        if (all) {
            product.addRows(all->band(at), at, count, matrix.columns());
            continue;
        }
        const auto rows = matrix.map(at, count);
        if (!rows)
            return rows.error();
        product.addRows(*rows, at, count, matrix.columns());
        if (auto same = rows->intact(); !same)
            return same;
    }
    return {};
}

// Slices are added up in their order, in double, whatever thread made them.
Result<void> multiply(const WeightMatrix& matrix, const AllRows* all,
    std::span<const float> panel, const Job& job, std::vector<float>& product)
{
    const std::uint64_t longSide = std::max(matrix.rows(), matrix.columns());
    const std::uint64_t tiles = (longSide - 1) / tileSide + 1;
    const std::uint64_t fitting
        = std::clamp<std::uint64_t>(sliceProductBytes / panel.size_bytes(), 4, maxSlices);
    const std::uint64_t tilesPerSlice = std::max<std::uint64_t>((tiles - 1) / fitting + 1, 4);
    const std::uint64_t slices = (tiles - 1) / tilesPerSlice + 1;
    std::vector<std::vector<float>> parts(slices);
    const auto done = parallelFor(job, slices, [&](std::size_t slice) -> Result<void> {
        parts[slice].resize(panel.size());
        SliceProduct one(panel.data(), parts[slice].data());
        const std::uint64_t begin = slice * tilesPerSlice * tileSide;
        return multiplySlice(matrix, all, begin,
            std::min(longSide, begin + tilesPerSlice * tileSide), job, one);
    });
    if (!done)
        return done;
    for (std::size_t i = 0; i < product.size(); ++i) {
        double sum = 0;
        for (const std::vector<float>& part : parts)
            sum += static_cast<double>(part[i]);
        product[i] = static_cast<float>(sum);
    }
    return {};
}

Result<SpectrumSummary> estimatedSpectrum(const WeightMatrix& matrix, std::uint64_t key,
    const Job& job, const std::function<void(double share)>& done)
{
    const bool wide = matrix.columns() > matrix.rows();
    const std::size_t side = wide ? matrix.rows() : matrix.columns();
    const bool keep = wide || matrix.rows() * matrix.columns() <= keptElements;
    AllRows all;
    if (keep) {
        auto mapped = AllRows::map(matrix);
        if (!mapped)
            return mapped.error();
        all = std::move(*mapped);
    }
    BlockLanczos lanczos(side, lanczosSteps, key);
    std::vector<float> product(side * panelColumns);
    while (!lanczos.done()) {
        if (auto ok = multiply(matrix, keep ? &all : nullptr, lanczos.panel(), job, product); !ok)
            return ok.error();
        lanczos.advance(product);
        done(1.0 / lanczosSteps);
    }
    if (auto same = all.intact(); !same)
        return same.error();
    const SpectralDensity density = lanczos.density([&] { return job.stopRequested(); });
    if (density.stopped)
        return Job::cancelled();
    return summarizeSpectrum(density, side);
}

} // namespace

Result<SpectrumSummary> measureSpectrum(const WeightMatrix& matrix, std::uint64_t key,
    const Job& job, const std::function<void(double share)>& done)
{
    const std::uint64_t side = std::min(matrix.rows(), matrix.columns());
    assert(side > 0 && side <= longestSpectrumSide);
    const bool exact = side <= exactSpectrumSide;
    auto summary = exact ? exactSpectrum(matrix, job) : estimatedSpectrum(matrix, key, job, done);
    if (!summary)
        return summary;
    if (exact)
        done(1);
    const double scale = 1 / (matrix.factor() * matrix.factor());
    summary->headEnergy *= scale;
    summary->totalEnergy *= scale;
    for (double& energy : summary->leadingEnergies)
        energy *= scale;
    return summary;
}

} // namespace bitloupe
