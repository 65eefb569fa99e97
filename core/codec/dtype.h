// SPDX-License-Identifier: GPL-3.0-or-later
// How stored numbers are read: one table of dtypes, those of safetensors and the blocks of GGUF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace bitloupe {

enum class DType : std::uint8_t {
    BOOL, U8, I8, F8_E4M3, F8_E5M2, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ, I16, U16, F16, BF16,
    I32, U32, F32, I64, U64, F64, C64, F4, F6_E2M3, F6_E3M2,
    // Blocks of GGUF, by their numbers there.
    Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q8_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, Q8_K, IQ2_XXS, IQ2_XS,
    IQ3_XXS, IQ1_S, IQ4_NL, IQ3_S, IQ2_S, IQ4_XS, IQ1_M, TQ1_0, TQ2_0, MXFP4, NVFP4, Q1_0, Q2_0,
};

struct DTypeInfo {
    DType dtype;
    std::string_view name; // as safetensors or GGUF spells it
    int bits; // per element; 0 for blocks
    bool analysed; // true for what widen() reads
    int blockElements = 1;
    int blockBytes = 0; // 0: plain elements
    bool isBlock() const { return blockBytes > 0; }
};

std::span<const DTypeInfo> dtypes();
const DTypeInfo& dtypeInfo(DType dtype);
std::optional<DType> findDType(std::string_view name);

/// Bytes of `elements` values; empty on overflow or when they do not fill whole bytes or blocks.
std::optional<std::uint64_t> dtypeBytes(DType dtype, std::uint64_t elements);

/// Values as floats from unaligned bytes. Only for dtypes with `analysed`; of blocks whole ones.
void widen(DType dtype, const std::byte* in, std::span<float> out);

/// Where the bytes lie, in a row, that hold some of its columns; of blocks whole ones.
struct ColumnBytes {
    std::uint64_t begin = 0;
    std::uint64_t size = 0;
    std::uint64_t firstColumn = 0; // of those asked for, counted from the bytes' own first
};
ColumnBytes columnBytes(DType dtype, std::uint64_t columnBegin, std::uint64_t columnCount);

/// As widen() for columns from `columnBegin` of a row that starts at `row`; blocks need not be whole.
void widenColumns(
    DType dtype, const std::byte* row, std::uint64_t columnBegin, std::span<float> out);

} // namespace bitloupe
