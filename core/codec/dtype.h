// SPDX-License-Identifier: GPL-3.0-or-later
// How stored numbers are read: one table of dtypes.
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
};

struct DTypeInfo {
    DType dtype;
    std::string_view name; // as safetensors spells it
    int bits; // per element
    bool analysed; // true for the floats that widen() reads
};

std::span<const DTypeInfo> dtypes();
const DTypeInfo& dtypeInfo(DType dtype);
std::optional<DType> findDType(std::string_view name);

/// Bytes of `elements` values; empty on overflow or when bits do not fill whole bytes.
std::optional<std::uint64_t> dtypeBytes(DType dtype, std::uint64_t elements);

/// Values as floats from unaligned bytes. Only for dtypes with `analysed`.
void widen(DType dtype, const std::byte* in, std::span<float> out);

} // namespace bitloupe
