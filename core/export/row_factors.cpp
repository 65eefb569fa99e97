// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/row_factors.h"

#include <algorithm>

namespace bitloupe {
namespace {

// The bytes of each member's row go to its place among all rows.
void scatter(std::span<const std::byte> from, std::span<const std::size_t> members,
    std::span<std::byte> to)
{
    const std::size_t row = from.size() / members.size();
    for (std::size_t i = 0; i < members.size(); ++i)
        std::ranges::copy(from.subspan(i * row, row),
            to.begin() + static_cast<std::ptrdiff_t>(members[i] * row));
}

} // namespace

void RowFactors::encode(const Codec& codec, DType scaleType, const SourceCut& cut,
    std::uint64_t firstRow, std::span<const float> rows, EncodedRow out) const
{
    if (groups.empty())
        return encodeRowsWithFeedback(codec, scaleType, *common, rows, out), void();
    std::vector<std::vector<std::size_t>> members(groups.size());
    for (std::size_t r = 0; r < rows.size() / common->columns(); ++r)
        members[groupOfRow[cut.sourceRow(firstRow + r)]].push_back(r);
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (!members[g].empty())
            encodeGroup(codec, scaleType, g, members[g], rows, out);
}

void RowFactors::encodeGroup(const Codec& codec, DType scaleType, std::size_t group,
    std::span<const std::size_t> members, std::span<const float> rows, EncodedRow out) const
{
    const std::size_t columns = common->columns();
    const std::size_t all = rows.size() / columns;
    std::vector<float> own(members.size() * columns);
    for (std::size_t i = 0; i < members.size(); ++i)
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(members[i] * columns), columns,
            own.begin() + static_cast<std::ptrdiff_t>(i * columns));
    std::vector<std::byte> codes(out.codes.size() / all * members.size());
    std::vector<std::byte> scales(out.scales.size() / all * members.size());
    std::vector<std::byte> biases(out.biases.size() / all * members.size());
    encodeRowsWithFeedback(codec, scaleType, *groups[group], own, {codes, scales, biases});
    scatter(codes, members, out.codes);
    scatter(scales, members, out.scales);
    scatter(biases, members, out.biases);
}

} // namespace bitloupe
