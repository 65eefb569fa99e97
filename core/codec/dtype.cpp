// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/dtype.h"

#include "base/checked.h"
#include "codec/ggml/block_decode.h"
#include "numeric/float_types.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace bitloupe {
namespace {

// Blocks whose values are not read are walked over and copied all the same.
constexpr DTypeInfo block(DType dtype, std::string_view name, int elements, int bytes)
{
    return { dtype, name, 0, false, elements, bytes };
}

constexpr DTypeInfo widened(DTypeInfo info)
{
    info.analysed = true;
    return info;
}

// In the order of the enum. The names and widths are those of the safetensors format, and the
// block sizes those of GGUF.
constexpr std::array dtypeTable {
    DTypeInfo { DType::BOOL, "BOOL", 8, false },
    DTypeInfo { DType::U8, "U8", 8, false },
    DTypeInfo { DType::I8, "I8", 8, false },
    DTypeInfo { DType::F8_E4M3, "F8_E4M3", 8, true },
    DTypeInfo { DType::F8_E5M2, "F8_E5M2", 8, true },
    DTypeInfo { DType::F8_E8M0, "F8_E8M0", 8, false },
    DTypeInfo { DType::F8_E4M3FNUZ, "F8_E4M3FNUZ", 8, false },
    DTypeInfo { DType::F8_E5M2FNUZ, "F8_E5M2FNUZ", 8, false },
    DTypeInfo { DType::I16, "I16", 16, false },
    DTypeInfo { DType::U16, "U16", 16, false },
    DTypeInfo { DType::F16, "F16", 16, true },
    DTypeInfo { DType::BF16, "BF16", 16, true },
    DTypeInfo { DType::I32, "I32", 32, false },
    DTypeInfo { DType::U32, "U32", 32, false },
    DTypeInfo { DType::F32, "F32", 32, true },
    DTypeInfo { DType::I64, "I64", 64, false },
    DTypeInfo { DType::U64, "U64", 64, false },
    DTypeInfo { DType::F64, "F64", 64, true },
    DTypeInfo { DType::C64, "C64", 64, false },
    DTypeInfo { DType::F4, "F4", 4, false },
    DTypeInfo { DType::F6_E2M3, "F6_E2M3", 6, false },
    DTypeInfo { DType::F6_E3M2, "F6_E3M2", 6, false },
    widened(block(DType::Q4_0, "Q4_0", 32, 18)),
    widened(block(DType::Q4_1, "Q4_1", 32, 20)),
    widened(block(DType::Q5_0, "Q5_0", 32, 22)),
    widened(block(DType::Q5_1, "Q5_1", 32, 24)),
    widened(block(DType::Q8_0, "Q8_0", 32, 34)),
    block(DType::Q8_1, "Q8_1", 32, 36),
    widened(block(DType::Q2_K, "Q2_K", 256, 84)),
    widened(block(DType::Q3_K, "Q3_K", 256, 110)),
    widened(block(DType::Q4_K, "Q4_K", 256, 144)),
    widened(block(DType::Q5_K, "Q5_K", 256, 176)),
    widened(block(DType::Q6_K, "Q6_K", 256, 210)),
    block(DType::Q8_K, "Q8_K", 256, 292),
    block(DType::IQ2_XXS, "IQ2_XXS", 256, 66),
    block(DType::IQ2_XS, "IQ2_XS", 256, 74),
    block(DType::IQ3_XXS, "IQ3_XXS", 256, 98),
    block(DType::IQ1_S, "IQ1_S", 256, 50),
    widened(block(DType::IQ4_NL, "IQ4_NL", 32, 18)),
    block(DType::IQ3_S, "IQ3_S", 256, 110),
    block(DType::IQ2_S, "IQ2_S", 256, 82),
    widened(block(DType::IQ4_XS, "IQ4_XS", 256, 136)),
    block(DType::IQ1_M, "IQ1_M", 256, 56),
    block(DType::TQ1_0, "TQ1_0", 256, 54),
    block(DType::TQ2_0, "TQ2_0", 256, 66),
    widened(block(DType::MXFP4, "MXFP4", 32, 17)),
    block(DType::NVFP4, "NVFP4", 64, 36),
    block(DType::Q1_0, "Q1_0", 128, 18),
    block(DType::Q2_0, "Q2_0", 64, 18),
};

constexpr std::size_t mostBlockElements = 256;

constexpr bool tableFollowsEnum()
{
    for (std::size_t i = 0; i < dtypeTable.size(); ++i) {
        if (static_cast<std::size_t>(dtypeTable[i].dtype) != i
            || dtypeTable[i].blockElements > static_cast<int>(mostBlockElements))
            return false;
    }
    return true;
}
static_assert(tableFollowsEnum());

} // namespace

std::span<const DTypeInfo> dtypes() { return dtypeTable; }

const DTypeInfo& dtypeInfo(DType dtype) { return dtypeTable[static_cast<std::size_t>(dtype)]; }

std::optional<DType> findDType(std::string_view name)
{
    for (const DTypeInfo& info : dtypeTable) {
        if (info.name == name)
            return info.dtype;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> dtypeBytes(DType dtype, std::uint64_t elements)
{
    const DTypeInfo& info = dtypeInfo(dtype);
    const auto perBlock = static_cast<std::uint64_t>(info.blockElements);
    if (info.isBlock() && elements % perBlock != 0)
        return std::nullopt;
    if (info.isBlock())
        return checkedMul(elements / perBlock, static_cast<std::uint64_t>(info.blockBytes));
    const auto bits = checkedMul(elements, static_cast<std::uint64_t>(info.bits));
    if (!bits || *bits % 8 != 0)
        return std::nullopt;
    return *bits / 8;
}

void widen(DType dtype, const std::byte* in, std::span<float> out)
{
    switch (dtype) {
    case DType::F8_E4M3: return widenF8E4m3(in, out);
    case DType::F8_E5M2: return widenF8E5m2(in, out);
    case DType::F16: return widenF16(in, out);
    case DType::BF16: return widenBf16(in, out);
    case DType::F32: return widenF32(in, out);
    case DType::F64: return widenF64(in, out);
    default: assert(findBlockFormat(dtype) != nullptr); return decodeBlocks(dtype, in, out);
    }
}

ColumnBytes columnBytes(DType dtype, std::uint64_t columnBegin, std::uint64_t columnCount)
{
    const DTypeInfo& info = dtypeInfo(dtype);
    const auto perBlock = static_cast<std::uint64_t>(info.blockElements);
    const auto bytes = static_cast<std::uint64_t>(info.isBlock() ? info.blockBytes : info.bits / 8);
    const std::uint64_t first = columnBegin / perBlock;
    const std::uint64_t last = (columnBegin + columnCount + perBlock - 1) / perBlock;
    return {first * bytes, (last - first) * bytes, columnBegin % perBlock};
}

void widenColumns(
    DType dtype, const std::byte* row, std::uint64_t columnBegin, std::span<float> out)
{
    const DTypeInfo& info = dtypeInfo(dtype);
    if (!info.isBlock())
        return widen(dtype, row + columnBegin * static_cast<std::uint64_t>(info.bits) / 8, out);
    const auto perBlock = static_cast<std::uint64_t>(info.blockElements);
    const auto bytes = static_cast<std::uint64_t>(info.blockBytes);
    std::array<float, mostBlockElements> whole;
    while (!out.empty()) {
        const std::byte* const block = row + columnBegin / perBlock * bytes;
        const std::uint64_t skipped = columnBegin % perBlock;
        const std::uint64_t blocks = skipped == 0 ? out.size() / perBlock : 0;
        std::uint64_t count = blocks * perBlock;
        if (blocks > 0) {
            widen(dtype, block, out.first(count));
        } else { // an end that does not fill a block
            count = std::min<std::uint64_t>(perBlock - skipped, out.size());
            widen(dtype, block, std::span(whole).first(perBlock));
            std::copy_n(whole.begin() + static_cast<std::ptrdiff_t>(skipped), count, out.begin());
        }
        columnBegin += count;
        out = out.subspan(count);
    }
}

} // namespace bitloupe
