// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers by which GGUF names the types of its tensors and of its key-values.
#pragma once

#include "codec/dtype.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bitloupe {

inline constexpr std::uint64_t ggufDefaultAlignment = 32;
inline constexpr std::uint64_t maxGgufName = 63; // bytes of a tensor's name
inline constexpr std::uint32_t maxGgufRank = 4;
inline constexpr std::uint32_t ggmlTypeCount = 43;

/// Empty for numbers that were removed or are not given out.
std::optional<DType> dtypeOfGgml(std::uint32_t type);

/// Empty for dtypes that GGUF does not have.
std::optional<std::uint32_t> ggmlTypeOf(DType dtype);

enum class GgufValueType : std::uint32_t {
    u8, i8, u16, i16, u32, i32, f32, boolean, string, array, u64, i64, f64,
};
inline constexpr std::uint32_t ggufValueTypeCount = 13;

/// "u32", "string", "array": for people.
std::string_view ggufValueTypeName(GgufValueType type);

/// Bytes of one value; 0 for texts and arrays, which have no fixed size.
std::uint64_t ggufValueBytes(GgufValueType type);

} // namespace bitloupe
