// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback_numbers.h"

#include "codec/bit_packing.h"
#include "codec/ggml/block_encode.h"

#include <algorithm>

namespace bitloupe {
namespace {

FeedbackRule ruleOf(const AffineFormat& format)
{
    FeedbackRule rule;
    rule.topCode = format.topCode;
    rule.numberType = format.scaleType;
    rule.scaleLimit = format.scaleLimit;
    rule.biasLimit = format.valueLimit;
    return rule;
}

FeedbackRule ruleOf(const BlockFormat& format)
{
    FeedbackRule rule;
    rule.bottomCode = static_cast<float>(format.lowestLevel());
    rule.topCode = static_cast<float>(format.highestLevel());
    rule.tableCodes = format.levels != nullptr;
    rule.hasBias = format.offset != BlockOffset::none;
    rule.numberType = DType::F16;
    rule.scaleLimit = rule.biasLimit = 65504;
    rule.multiples = format.isSuperblock();
    rule.lowestScale = static_cast<float>(format.lowestScale);
    rule.highestScale = static_cast<float>(format.highestScale);
    rule.highestMin = static_cast<float>(format.highestMin);
    return rule;
}

std::uint8_t codeOf(const BlockFormat& format, float level)
{
    const int whole = static_cast<int>(level);
    if (format.levels == nullptr)
        return static_cast<std::uint8_t>(whole + format.zeroCode);
    const auto at = std::lower_bound(format.levels->begin(), format.levels->end(), whole);
    return static_cast<std::uint8_t>(at - format.levels->begin());
}

} // namespace

FeedbackNumbers::FeedbackNumbers(const Codec& codec, DType scaleType)
{
    if (codec.family == CodecFamily::block) {
        m_block = findBlockFormat(codec.storedType);
        m_rule = ruleOf(*m_block);
        m_groupSize = m_block->groupSize;
        m_blockSize = m_block->size;
    } else {
        m_affine = affineFormat(codec, scaleType);
        m_rule = ruleOf(m_affine);
        m_groupSize = m_blockSize = m_affine.groupSize;
    }
    m_weights.resize(std::max(m_blockSize, m_groupSize * affineBlockGroups));
}

void FeedbackNumbers::choose(
    const float* values, const float* weights, std::size_t rows, FeedbackGrid* grids)
{
    for (std::size_t at = 0; at < m_weights.size(); at += m_blockSize)
        std::copy_n(weights, m_blockSize, m_weights.data() + at);
    if (m_block != nullptr)
        chooseBlocks(values, rows, grids);
    else
        chooseAffine(values, rows, *grids);
}

// The search works on 16 groups that lie one after another.
void FeedbackNumbers::chooseAffine(const float* values, std::size_t rows, FeedbackGrid& grid)
{
    AffineBlock block;
    for (std::size_t row = 0; row < rows; row += affineBlockGroups) {
        const float* at = values + row * m_groupSize;
        chooseAsClient(m_affine, at, affineBlockGroups, block);
        searchBlock(m_affine, at, m_weights.data(), affineBlockGroups, block);
        std::copy(block.scale.begin(), block.scale.end(), grid.scale.data() + row);
        std::copy(block.bias.begin(), block.bias.end(), grid.bias.data() + row);
    }
}

void FeedbackNumbers::chooseBlocks(const float* values, std::size_t rows, FeedbackGrid* grids)
{
    BlockGrids found;
    const std::size_t together = m_block->groups();
    const std::size_t groups = rows * together;
    for (std::size_t first = 0; first < groups; first += affineBlockGroups) {
        const std::size_t count = std::min(affineBlockGroups, groups - first);
        chooseGrids(*m_block, Encoder::search, values + first * m_groupSize, m_weights.data(),
            count, found);
        for (std::size_t lane = 0; lane < count; ++lane) {
            FeedbackGrid& grid = grids[(first + lane) % together];
            const std::size_t row = (first + lane) / together;
            grid.scale[row] = found.scale[lane];
            grid.bias[row] = found.offset[lane];
            grid.scaleUnit[row] = found.unit[lane];
            grid.biasUnit[row] = found.offsetUnit[lane];
        }
    }
}

void FeedbackNumbers::write(std::span<const float> codes,
    std::span<const FeedbackGrid* const> grids, std::size_t row, EncodedRow out) const
{
    return m_block != nullptr ? writeRowOfBlocks(codes, grids, row, out)
                              : writeAffine(codes, grids, row, out);
}

void FeedbackNumbers::writeAffine(std::span<const float> codes,
    std::span<const FeedbackGrid* const> grids, std::size_t row, EncodedRow out) const
{
    const auto numberBytes = static_cast<std::size_t>(dtypeInfo(m_affine.scaleType).bits / 8);
    std::vector<std::uint8_t> bytes(codes.size());
    std::ranges::transform(
        codes, bytes.begin(), [](float code) { return static_cast<std::uint8_t>(code); });
    packCodes(m_affine.bits, bytes.data(), bytes.size(), out.codes.data());
    for (std::size_t group = 0; group < grids.size(); ++group) {
        const std::size_t to = group * numberBytes;
        writeAffineNumbers(m_affine.scaleType, std::span(grids[group]->scale).subspan(row, 1),
            out.scales.data() + to);
        writeAffineNumbers(m_affine.scaleType, std::span(grids[group]->bias).subspan(row, 1),
            out.biases.data() + to);
    }
}

void FeedbackNumbers::writeRowOfBlocks(std::span<const float> codes,
    std::span<const FeedbackGrid* const> grids, std::size_t row, EncodedRow out) const
{
    std::byte* to = out.codes.data();
    std::vector<std::uint8_t> bytes(codes.size());
    std::ranges::transform(
        codes, bytes.begin(), [&](float level) { return codeOf(*m_block, level); });
    for (std::size_t first = 0; first < grids.size(); first += affineBlockGroups) {
        const std::size_t count = std::min(affineBlockGroups, grids.size() - first);
        BlockGrids some;
        for (std::size_t lane = 0; lane < count; ++lane) {
            const FeedbackGrid& grid = *grids[first + lane];
            some.scale[lane] = grid.scale[row];
            some.offset[lane] = grid.bias[row];
            // A scale that is its own unit has moved with it.
            some.unit[lane] = m_rule.multiples ? grid.scaleUnit[row] : grid.scale[row];
            some.offsetUnit[lane] = m_rule.multiples ? grid.biasUnit[row] : grid.bias[row];
        }
        to += writeBlocks(*m_block, some, count, bytes.data() + first * m_groupSize, to);
    }
}

} // namespace bitloupe
