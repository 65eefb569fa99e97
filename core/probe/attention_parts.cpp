// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/attention_parts.h"

#include "numeric/elementary.h"
#include "numeric/transpose.h"

#include <algorithm>

namespace bitloupe {
namespace {

constexpr std::size_t step = 16;

std::size_t firstVisible(const AttentionShape& shape, std::size_t row)
{
    return shape.window > 0 && row + 1 > shape.window ? row + 1 - shape.window : 0;
}

} // namespace

PaddedMatrix::PaddedMatrix(std::size_t rows, std::size_t columns)
    : m_rows(rows)
    , m_columns(columns)
    , m_width((columns + step - 1) / step * step)
    , m_values(rows * m_width)
{
}

void PaddedMatrix::clear() { std::fill(m_values.begin(), m_values.end(), 0.0f); }

PaddedMatrix PaddedMatrix::transposed() const
{
    PaddedMatrix turned(m_columns, m_rows);
    transpose(m_values.data(), m_width, m_rows, m_columns, turned.row(0), turned.width());
    return turned;
}

PaddedMatrix copiedHead(std::span<const float> values, const HeadPlace& place)
{
    PaddedMatrix head(place.length, place.headDim);
    for (std::size_t token = 0; token < place.length; ++token)
        std::copy_n(values.data() + place.offset(token), place.headDim, head.row(token));
    return head;
}

void storeHead(const PaddedMatrix& head, const HeadPlace& place, std::span<float> values)
{
    for (std::size_t token = 0; token < place.length; ++token)
        std::copy_n(head.row(token), place.headDim, values.data() + place.offset(token));
}

void shareRow(const AttentionShape& shape, std::size_t row, std::span<float> products,
    std::span<float> capSlope)
{
    const std::size_t first = firstVisible(shape, row);
    const auto visible = products.subspan(first, row + 1 - first);
    const auto scale = static_cast<float>(shape.scale);
    for (float& value : visible)
        value *= scale;
    if (shape.softcap > 0) {
        const auto cap = static_cast<float>(shape.softcap);
        softcap(cap, visible);
        for (std::size_t i = 0; i < visible.size() && !capSlope.empty(); ++i)
            capSlope[first + i] = 1 - (visible[i] / cap) * (visible[i] / cap);
    }
    const double total = shiftedExponentials(visible, largest(visible), visible);
    const auto share = static_cast<float>(1 / total);
    for (float& value : visible)
        value *= share;
    std::fill_n(products.begin(), first, 0.0f);
    std::fill(products.begin() + static_cast<std::ptrdiff_t>(row) + 1, products.end(), 0.0f);
}

void attentionShares(const AttentionShape& shape, const PaddedMatrix& q,
    const PaddedMatrix& kColumns, PaddedMatrix& shares, PaddedMatrix* capSlope)
{
    shares.clear();
    for (std::size_t first = 0; first < q.rows(); first += attentionRows) {
        const std::size_t end = std::min(first + attentionRows, q.rows());
        const std::size_t columns = std::min((end + step - 1) / step * step, shares.width());
        addTileProduct({q.row(first), end - first, q.columns(), q.width(), 1},
            {kColumns.row(0), columns, kColumns.width()},
            {shares.row(first), columns, shares.width()});
        for (std::size_t row = first; row < end; ++row)
            shareRow(shape, row, {shares.row(row), shares.columns()},
                capSlope ? std::span(capSlope->row(row), shares.columns()) : std::span<float>());
    }
}

} // namespace bitloupe
