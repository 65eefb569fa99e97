// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_types.h"

#include <array>

namespace bitloupe {
namespace {

struct TypeRow {
    std::uint32_t number;
    DType dtype;
};

// 4, 5, 31 to 33 and 36 to 38 were given out once and removed.
constexpr auto tensorTypes = std::to_array<TypeRow>({
    {0, DType::F32}, {1, DType::F16}, {2, DType::Q4_0}, {3, DType::Q4_1}, {6, DType::Q5_0},
    {7, DType::Q5_1}, {8, DType::Q8_0}, {9, DType::Q8_1}, {10, DType::Q2_K}, {11, DType::Q3_K},
    {12, DType::Q4_K}, {13, DType::Q5_K}, {14, DType::Q6_K}, {15, DType::Q8_K},
    {16, DType::IQ2_XXS}, {17, DType::IQ2_XS}, {18, DType::IQ3_XXS}, {19, DType::IQ1_S},
    {20, DType::IQ4_NL}, {21, DType::IQ3_S}, {22, DType::IQ2_S}, {23, DType::IQ4_XS},
    {24, DType::I8}, {25, DType::I16}, {26, DType::I32}, {27, DType::I64}, {28, DType::F64},
    {29, DType::IQ1_M}, {30, DType::BF16}, {34, DType::TQ1_0}, {35, DType::TQ2_0},
    {39, DType::MXFP4}, {40, DType::NVFP4}, {41, DType::Q1_0}, {42, DType::Q2_0},
});

struct ValueRow {
    std::string_view name;
    std::uint64_t bytes;
};

constexpr std::array<ValueRow, ggufValueTypeCount> valueTypes {{
    {"u8", 1}, {"i8", 1}, {"u16", 2}, {"i16", 2}, {"u32", 4}, {"i32", 4}, {"f32", 4}, {"bool", 1},
    {"string", 0}, {"array", 0}, {"u64", 8}, {"i64", 8}, {"f64", 8},
}};

} // namespace

std::optional<DType> dtypeOfGgml(std::uint32_t type)
{
    for (const TypeRow& row : tensorTypes) {
        if (row.number == type)
            return row.dtype;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> ggmlTypeOf(DType dtype)
{
    for (const TypeRow& row : tensorTypes) {
        if (row.dtype == dtype)
            return row.number;
    }
    return std::nullopt;
}

std::string_view ggufValueTypeName(GgufValueType type)
{
    return valueTypes[static_cast<std::size_t>(type)].name;
}

std::uint64_t ggufValueBytes(GgufValueType type)
{
    return valueTypes[static_cast<std::size_t>(type)].bytes;
}

} // namespace bitloupe
