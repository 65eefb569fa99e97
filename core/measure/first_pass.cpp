// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/first_pass.h"

#include "measure/facts.h"
#include "measure/scores.h"
#include "numeric/code_counts.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace bitloupe {
namespace {

// Below this the table of counts costs more than it saves.
constexpr std::uint64_t countedElements = 32'768;
// Norms are kept in memory until the median is known; longer sides have no spread.
constexpr std::uint64_t longestNormList = std::uint64_t {1} << 23;
// A piece of a row and of the column energies stay in the first-level cache together.
constexpr std::uint64_t pieceColumns = 1'024;

} // namespace

// Buffers of one chunk.
struct FirstPass::Scratch {
    std::optional<CodeCounts> counts;
    FileWindow window; // of the tile, for 16-bit floats
    std::vector<float> floats; // of the tile, otherwise
    std::vector<float> piece = std::vector<float>(pieceColumns);
    std::vector<float> finite;
};

FirstPass::FirstPass(std::shared_ptr<const Model> model, TensorId id, FloatReader reader)
    : m_model(std::move(model))
    , m_id(id)
    , m_reader(std::move(reader))
    , m_tiling(m_reader.rows(), m_reader.columns())
{
    const TensorInfo& tensor = m_model->tensor(id);
    m_counted = (tensor.dtype == DType::BF16 || tensor.dtype == DType::F16)
        && tensor.elements() >= countedElements;
    m_rowNorms = m_reader.rows() <= longestNormList;
    m_columnNorms = m_reader.columns() <= Tiling::tileElements;
    if (m_counted)
        m_sum.codes.resize(codeValues);
    if (m_rowNorms)
        m_sum.rows.resize(m_reader.rows());
    if (m_columnNorms)
        m_sum.columns.resize(m_reader.columns());
}

Result<void> FirstPass::measureChunk(std::uint64_t chunk, const Job& job, ProgressMeter& meter)
{
    Partial partial;
    Scratch scratch;
    if (m_counted)
        scratch.counts.emplace();
    if (m_columnNorms)
        partial.columns.resize(m_reader.columns());
    const TensorInfo& tensor = m_model->tensor(m_id);
    const double bytesPerElement = static_cast<double>(tensor.byteSize)
        / static_cast<double>(std::max<std::uint64_t>(tensor.elements(), 1));
    const std::uint64_t first = chunk * Tiling::chunkTiles;
    const std::uint64_t last = std::min(first + Tiling::chunkTiles, m_tiling.tiles());
    for (std::uint64_t index = first; index < last; ++index) {
        if (job.stopRequested())
            return Job::cancelled();
        const Tile tile = m_tiling.tile(index);
        if (auto done = measureTile(tile, scratch, partial); !done)
            return done;
        meter.add(static_cast<std::uint64_t>(
            static_cast<double>(tile.elements()) * bytesPerElement));
    }
    if (m_counted) {
        partial.codes.resize(codeValues);
        scratch.counts->addTo(partial.codes);
    }
    merge(chunk, std::move(partial));
    return {};
}

Result<void> FirstPass::measureTile(const Tile& tile, Scratch& scratch, Partial& partial) const
{
    if (!m_counted) {
        if (auto done = readPiece(tile, scratch, partial); !done)
            return done;
        sweepRows(tile, scratch, partial);
        return {};
    }
    const std::uint64_t begin = tile.rowBegin * m_reader.columns() + tile.columnBegin;
    auto window = m_model->view(m_id, 2 * begin, 2 * tile.elements());
    if (!window)
        return window.error();
    scratch.window = std::move(*window);
    scratch.counts->add(scratch.window.bytes().data(), tile.elements());
    sweepRows(tile, scratch, partial);
    return scratch.window.intact();
}

// Reads a tile as floats and takes its moments; leaves zeros where elements are not finite.
Result<void> FirstPass::readPiece(const Tile& tile, Scratch& scratch, Partial& partial) const
{
    scratch.floats.resize(tile.elements());
    if (auto done = m_reader.read(tile.rowBegin, tile.rowCount, tile.columnBegin, tile.columnCount,
            scratch.floats);
        !done)
        return done;
    std::vector<float>& floats = scratch.floats;
    const auto nans = std::count_if(
        floats.begin(), floats.end(), [](float value) { return std::isnan(value); });
    scratch.finite.clear();
    std::copy_if(floats.begin(), floats.end(), std::back_inserter(scratch.finite),
        [](float value) { return std::isfinite(value); });
    const std::size_t replaced = zeroNonFinite(floats);
    partial.nans += static_cast<std::uint64_t>(nans);
    partial.infinities += replaced - static_cast<std::uint64_t>(nans);
    partial.moments.merge(momentsOf(scratch.finite));
    return {};
}

void FirstPass::sweepRows(const Tile& tile, Scratch& scratch, Partial& partial) const
{
    const std::size_t firstRow = partial.rows.size();
    partial.rows.resize(firstRow + tile.rowCount);
    const DType dtype = m_model->tensor(m_id).dtype;
    for (std::uint64_t column = 0; column < tile.columnCount; column += pieceColumns) {
        const std::uint64_t count = std::min(pieceColumns, tile.columnCount - column);
        const std::span<float> piece = std::span(scratch.piece).first(count);
        const std::span<double> columns = m_columnNorms
            ? std::span(partial.columns).subspan(column, count) : std::span<double>();
        for (std::uint64_t row = 0; row < tile.rowCount; ++row) {
            const std::uint64_t at = row * tile.columnCount + column;
            std::span<const float> values = piece;
            if (m_counted) {
                widen(dtype, scratch.window.bytes().data() + 2 * at, piece);
                zeroNonFinite(piece);
            } else {
                values = std::span<const float>(scratch.floats).subspan(at, count);
            }
            partial.rows[firstRow + row] += addEnergies(values, columns);
            partial.rounding += roundingError(values);
        }
    }
}

// In chunk order whatever the threads do, so that the sums have one order; integers need none.
void FirstPass::merge(std::uint64_t chunk, Partial&& partial)
{
    const std::lock_guard lock(m_mutex);
    for (std::size_t code = 0; code < partial.codes.size(); ++code)
        m_sum.codes[code] += partial.codes[code];
    partial.codes = {};
    m_early.emplace(chunk, std::move(partial));
    for (auto next = m_early.find(m_nextChunk); next != m_early.end();
         next = m_early.find(m_nextChunk)) {
        add(m_nextChunk, next->second);
        m_early.erase(next);
        ++m_nextChunk;
    }
}

void FirstPass::add(std::uint64_t chunk, Partial& partial)
{
    m_sum.moments.merge(partial.moments);
    m_sum.nans += partial.nans;
    m_sum.infinities += partial.infinities;
    m_sum.rounding += partial.rounding;
    for (const double energy : partial.rows)
        m_energy += energy;
    for (std::size_t column = 0; column < m_sum.columns.size(); ++column)
        m_sum.columns[column] += partial.columns[column];
    if (!m_rowNorms)
        return;
    std::size_t next = 0;
    const std::uint64_t first = chunk * Tiling::chunkTiles;
    const std::uint64_t last = std::min(first + Tiling::chunkTiles, m_tiling.tiles());
    for (std::uint64_t index = first; index < last; ++index) {
        const Tile tile = m_tiling.tile(index);
        for (std::uint64_t row = 0; row < tile.rowCount; ++row)
            m_sum.rows[tile.rowBegin + row] += partial.rows[next++];
    }
}

Result<void> FirstPass::addHistogram(const Job& job, TensorFacts& facts) const
{
    std::vector<float> floats;
    for (std::uint64_t index = 0; index < m_tiling.tiles(); ++index) {
        if (job.stopRequested())
            return Job::cancelled();
        const Tile tile = m_tiling.tile(index);
        floats.resize(tile.elements());
        if (auto done = m_reader.read(
                tile.rowBegin, tile.rowCount, tile.columnBegin, tile.columnCount, floats);
            !done)
            return done;
        std::erase_if(floats, [](float value) { return !std::isfinite(value); });
        addToHistogram(floats, facts);
    }
    return {};
}

void FirstPass::fillNorms(TensorScore& score)
{
    if (m_rowNorms) {
        score.facts.zeroRows = static_cast<std::uint64_t>(
            std::count(m_sum.rows.begin(), m_sum.rows.end(), 0.0));
        score.facts.rowNormSpread = normSpread(m_sum.rows);
    }
    score.facts.columnNormSpread = normSpread(m_sum.columns);
}

Result<void> FirstPass::finish(const Job& job, TensorScore& score)
{
    const TensorInfo& tensor = m_model->tensor(m_id);
    score.facts.elements = tensor.elements();
    score.frobeniusSquared = m_energy;
    CentralMoments moments = m_sum.moments;
    if (m_counted) {
        const auto meaning
            = tensor.dtype == DType::BF16 ? CodeMeaning::bf16 : CodeMeaning::f16;
        moments = factsFromCounts(meaning, m_sum.codes, score.facts);
    } else {
        factsFromMoments(moments, score.facts);
        score.facts.nans = m_sum.nans;
        score.facts.infinities = m_sum.infinities;
        if (auto done = addHistogram(job, score.facts); !done)
            return done;
    }
    score.metrics.assign(metricCount, unknownValue);
    score.state = TensorState::measured;
    if (!matrixView(tensor.shape) || score.facts.nothingFinite())
        return {};
    fillNorms(score);
    const auto set = [&](MetricId id, double value) {
        score.metrics[static_cast<std::size_t>(id)] = value;
    };
    const double nrmse = m_energy > 0 ? std::sqrt(m_sum.rounding / m_energy) : 0;
    set(MetricId::kurtosis, kurtosisScore(excessKurtosis(moments)));
    set(MetricId::output, outputNoiseScore(moments.maximum - moments.minimum,
                              m_energy / static_cast<double>(tensor.elements())));
    set(MetricId::nrmse4, roundingErrorScore(nrmse));
    set(MetricId::maxSigma, score.facts.maxSigma);
    return {};
}

} // namespace bitloupe
