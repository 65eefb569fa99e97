// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/dtype.h"

#include "base/checked.h"
#include "numeric/float_types.h"

#include <array>
#include <cassert>

namespace bitloupe {
namespace {

// In the order of the enum. The names and widths are those of the safetensors format.
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
};

constexpr bool tableFollowsEnum()
{
    for (std::size_t i = 0; i < dtypeTable.size(); ++i) {
        if (static_cast<std::size_t>(dtypeTable[i].dtype) != i)
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
    const auto bits = checkedMul(elements, static_cast<std::uint64_t>(dtypeInfo(dtype).bits));
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
    default: assert(false && "dtype is not analysed"); return;
    }
}

} // namespace bitloupe
