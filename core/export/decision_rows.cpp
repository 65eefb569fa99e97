// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/decision_rows.h"

#include <algorithm>
#include <cassert>

namespace bitloupe {
namespace {

constexpr std::uint64_t tileElements = std::uint64_t {1} << 17; // a multiple of every group size
constexpr std::uint64_t rowsAtOnce = 32; // that feedback encodes best
constexpr std::uint64_t tableElements = std::uint64_t {1} << 21;
constexpr std::uint64_t tableRows = 1024;

// More rows of tables than of other matrices: feedback encodes theirs group by group.
std::uint64_t rowsOfTile(const Decision& decision)
{
    const bool table
        = decision.role == TensorRole::embedding || decision.role == TensorRole::lmHead;
    const std::uint64_t rows = std::max<std::uint64_t>(1, tileElements / decision.columns);
    const std::uint64_t wanted
        = table ? std::max(rows, std::min(tableRows, tableElements / decision.columns)) : rows;
    return wanted > rowsAtOnce ? wanted - wanted % rowsAtOnce : wanted;
}

} // namespace

std::vector<RowTile> tilesOf(const Decision& decision, std::uint32_t index)
{
    std::vector<RowTile> tiles;
    if (decision.elements == 0)
        return tiles;
    const std::uint64_t columns = std::min(decision.columns, tileElements);
    const std::uint64_t rows = rowsOfTile(decision);
    for (std::uint64_t slab = 0; slab < decision.slabs; ++slab)
        for (std::uint64_t row = 0; row < decision.rows; row += rows)
            for (std::uint64_t column = 0; column < decision.columns; column += columns)
                tiles.push_back({index, slab * decision.rows + row,
                    std::min(rows, decision.rows - row), column,
                    std::min(columns, decision.columns - column)});
    return tiles;
}

Result<DecisionRows> DecisionRows::open(
    const std::shared_ptr<const Model>& model, const Decision& decision)
{
    DecisionRows rows;
    rows.m_cut = decision.cut;
    rows.m_rowsPerSlab = decision.rows;
    rows.m_slabsPerReader = decision.slabs / decision.sources.size();
    for (const TensorId source : decision.sources) {
        auto reader = FloatReader::open(model, source);
        if (!reader)
            return reader.error();
        const std::uint64_t perSlab = reader->rows() / rows.m_slabsPerReader;
        const std::uint64_t outRows = rows.m_cut.transposed ? reader->columns() : perSlab;
        const std::uint64_t outColumns = rows.m_cut.transposed ? perSlab : reader->columns();
        if (outRows != decision.rows * rows.m_cut.rowParts
            || outColumns != decision.columns * rows.m_cut.columnParts)
            return Error {Errc::badShape, model->tensor(source).name,
                "the tensor does not have the rows and columns of the plan's decision"};
        rows.m_sourceRowsPerSlab = perSlab;
        rows.m_readers.push_back(std::move(*reader));
    }
    return rows;
}

Result<void> DecisionRows::readStraight(const FloatReader& reader, std::uint64_t sourceRow,
    const RowTile& tile, std::span<float> out) const
{
    if (m_cut.rowStep == 1 && m_cut.columnStep == 1)
        return reader.read(sourceRow, tile.rowCount, m_cut.columnBegin + tile.columnBegin,
            tile.columnCount, out);
    const std::uint64_t rowSpan = (tile.rowCount - 1) * m_cut.rowStep + 1;
    const std::uint64_t columnSpan = (tile.columnCount - 1) * m_cut.columnStep + 1;
    std::vector<float> block(rowSpan * columnSpan);
    const std::uint64_t column = m_cut.columnBegin + tile.columnBegin * m_cut.columnStep;
    if (auto done = reader.read(sourceRow, rowSpan, column, columnSpan, block); !done)
        return done;
    for (std::uint64_t r = 0; r < tile.rowCount; ++r)
        for (std::uint64_t c = 0; c < tile.columnCount; ++c)
            out[r * tile.columnCount + c]
                = block[r * m_cut.rowStep * columnSpan + c * m_cut.columnStep];
    return {};
}

// Neighbouring rows of the output lie half a head apart in the source. What has one row of
// elements, a bias, has the elements in that order.
Result<void> DecisionRows::readInterleaved(const FloatReader& reader, std::uint64_t slab,
    const RowTile& tile, std::span<float> out) const
{
    if (m_rowsPerSlab == 1) {
        std::vector<float> all(reader.columns());
        if (auto done = reader.read(0, 1, 0, all.size(), all); !done)
            return done;
        for (std::uint64_t c = 0; c < tile.columnCount; ++c)
            out[c] = all[m_cut.placeOf(tile.columnBegin + c)];
        return {};
    }
    const std::uint64_t first = tile.rowBegin % m_rowsPerSlab, end = first + tile.rowCount;
    const std::uint64_t head = m_cut.headRows;
    std::vector<float> block;
    for (std::uint64_t row = first; row < end; row = std::min(end, row - row % head + head))
        for (const std::uint64_t side : {row % 2, 1 - row % 2}) {
            // Rows of this head that are of one half, a run in the source.
            const std::uint64_t stop = std::min(end, row - row % head + head);
            const std::uint64_t start = row + (row % 2 == side ? 0 : 1);
            const std::uint64_t count = start < stop ? (stop - start + 1) / 2 : 0;
            if (count == 0)
                continue;
            block.resize(count * tile.columnCount);
            auto done = reader.read(slab * m_sourceRowsPerSlab + m_cut.sourceRow(start), count,
                tile.columnBegin, tile.columnCount, block);
            if (!done)
                return done;
            for (std::uint64_t r = 0; r < count; ++r)
                std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(r * tile.columnCount),
                    tile.columnCount,
                    out.begin()
                        + static_cast<std::ptrdiff_t>(
                            (start + 2 * r - first) * tile.columnCount));
        }
    return {};
}

Result<void> DecisionRows::readTransposed(const FloatReader& reader, std::uint64_t slab,
    std::uint64_t row, const RowTile& tile, std::span<float> out) const
{
    // Output rows are stored columns.
    const std::uint64_t column = m_cut.rowBegin + row * m_cut.rowStep;
    const std::uint64_t columnSpan = (tile.rowCount - 1) * m_cut.rowStep + 1;
    std::vector<float> block(tile.columnCount * columnSpan);
    const std::uint64_t sourceRow = slab * m_sourceRowsPerSlab + tile.columnBegin;
    if (auto done = reader.read(sourceRow, tile.columnCount, column, columnSpan, block); !done)
        return done;
    for (std::uint64_t r = 0; r < tile.rowCount; ++r)
        for (std::uint64_t c = 0; c < tile.columnCount; ++c)
            out[r * tile.columnCount + c] = block[c * columnSpan + r * m_cut.rowStep];
    return {};
}

Result<void> DecisionRows::read(const RowTile& tile, std::span<float> out) const
{
    assert(out.size() == tile.elements());
    const std::uint64_t slab = tile.rowBegin / m_rowsPerSlab;
    const std::uint64_t row = tile.rowBegin % m_rowsPerSlab;
    const FloatReader& reader = m_readers[slab / m_slabsPerReader];
    const std::uint64_t slabInReader = slab % m_slabsPerReader;
    if (m_cut.transposed)
        return readTransposed(reader, slabInReader, row, tile, out);
    if (m_cut.headRows != 0)
        return readInterleaved(reader, slabInReader, tile, out);
    const std::uint64_t sourceRow
        = slabInReader * m_sourceRowsPerSlab + m_cut.rowBegin + row * m_cut.rowStep;
    return readStraight(reader, sourceRow, tile, out);
}

DecisionRowsPool::DecisionRowsPool(std::shared_ptr<const Model> model,
    std::span<const Decision> decisions, std::span<const RowTile> tiles)
    : m_model(std::move(model))
    , m_decisions(decisions)
    , m_slots(decisions.size())
{
    for (const RowTile& tile : tiles)
        ++m_slots[tile.decision].tilesLeft;
}

Result<std::shared_ptr<const DecisionRows>> DecisionRowsPool::acquire(std::uint32_t decision)
{
    const std::lock_guard lock(m_mutex);
    Slot& slot = m_slots[decision];
    if (!slot.rows) {
        auto opened = DecisionRows::open(m_model, m_decisions[decision]);
        if (!opened)
            return opened.error();
        slot.rows = std::make_shared<const DecisionRows>(std::move(*opened));
    }
    return slot.rows;
}

void DecisionRowsPool::release(std::uint32_t decision)
{
    std::shared_ptr<const DecisionRows> last; // destroyed after the lock
    const std::lock_guard lock(m_mutex);
    Slot& slot = m_slots[decision];
    if (--slot.tilesLeft == 0)
        last = std::move(slot.rows);
}

} // namespace bitloupe
