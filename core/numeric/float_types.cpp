// SPDX-License-Identifier: GPL-3.0-or-later
#include "numeric/float_types.h"
#include "base/checked.h"
#include "numeric/simd_targets.h"

#include <array>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "numeric/float_types.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "numeric/float_types_inl.h"

HWY_BEFORE_NAMESPACE();
namespace bitloupe::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Each kernel returns how many values it did; the caller does the rest one by one.
#if HWY_TARGET == HWY_SCALAR

std::size_t widenBf16Many(const std::byte*, float*, std::size_t) { return 0; }
std::size_t widenF16Many(const std::byte*, float*, std::size_t) { return 0; }
std::size_t narrowToBf16Many(const float*, std::byte*, std::size_t) { return 0; }
std::size_t narrowToF16Many(const float*, std::byte*, std::size_t) { return 0; }

#else

using Halves = hn::Rebind<std::uint16_t, Floats>;
using HalfBytes = hn::Repartition<std::uint8_t, Halves>;

// Bytes, because nothing promises that they are aligned for 16-bit loads.
inline WordVector loadHalves(const std::byte* in)
{
    const auto bytes = hn::LoadU(HalfBytes(), reinterpret_cast<const std::uint8_t*>(in));
    return hn::PromoteTo(Words(), hn::BitCast(Halves(), bytes));
}

inline void storeHalves(WordVector words, std::byte* out)
{
    const auto halves
        = hn::DemoteTo(Halves(), hn::BitCast(hn::RebindToSigned<Words>(), words));
    hn::StoreU(hn::BitCast(HalfBytes(), halves), HalfBytes(), reinterpret_cast<std::uint8_t*>(out));
}

std::size_t widenBf16Many(const std::byte* in, float* out, std::size_t count)
{
    const Floats d;
    const std::size_t step = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + step <= count; i += step)
        hn::StoreU(hn::BitCast(d, hn::ShiftLeft<16>(loadHalves(in + 2 * i))), d, out + i);
    return i;
}

std::size_t widenF16Many(const std::byte* in, float* out, std::size_t count)
{
    const Floats d;
    const std::size_t step = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + step <= count; i += step)
        hn::StoreU(widenF16Words(loadHalves(in + 2 * i)), d, out + i);
    return i;
}

std::size_t narrowToBf16Many(const float* in, std::byte* out, std::size_t count)
{
    const Floats d;
    const std::size_t step = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + step <= count; i += step)
        storeHalves(narrowToBf16Words(hn::BitCast(Words(), hn::LoadU(d, in + i))), out + 2 * i);
    return i;
}

std::size_t narrowToF16Many(const float* in, std::byte* out, std::size_t count)
{
    const Floats d;
    const std::size_t step = hn::Lanes(d);
    std::size_t i = 0;
    for (; i + step <= count; i += step)
        storeHalves(narrowToF16Words(hn::BitCast(Words(), hn::LoadU(d, in + i))), out + 2 * i);
    return i;
}

#endif // HWY_TARGET

} // namespace bitloupe::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace bitloupe {

HWY_EXPORT(widenBf16Many);
HWY_EXPORT(widenF16Many);
HWY_EXPORT(narrowToBf16Many);
HWY_EXPORT(narrowToF16Many);

namespace {

template <typename T>
T loadAt(const std::byte* in, std::size_t index)
{
    T value;
    std::memcpy(&value, in + index * sizeof value, sizeof value);
    return value;
}

template <auto convert>
constexpr std::array<float, 256> tableOf()
{
    std::array<float, 256> table {};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = convert(static_cast<std::uint8_t>(i));
    return table;
}

void widenByTable(
    const std::array<float, 256>& table, const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = table[std::to_integer<std::size_t>(in[i])];
}

} // namespace

void widenBf16(const std::byte* in, std::span<float> out)
{
    std::size_t i = HWY_DYNAMIC_DISPATCH(widenBf16Many)(in, out.data(), out.size());
    for (; i < out.size(); ++i)
        out[i] = bf16ToFloat(loadAt<std::uint16_t>(in, i));
}

void widenF16(const std::byte* in, std::span<float> out)
{
    std::size_t i = HWY_DYNAMIC_DISPATCH(widenF16Many)(in, out.data(), out.size());
    for (; i < out.size(); ++i)
        out[i] = f16ToFloat(loadAt<std::uint16_t>(in, i));
}

void widenF32(const std::byte* in, std::span<float> out)
{
    copyBytes(out.data(), in, out.size_bytes());
}

void widenF64(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<float>(loadAt<double>(in, i));
}

void widenF8E4m3(const std::byte* in, std::span<float> out)
{
    static constexpr auto table = tableOf<f8E4m3ToFloat>();
    widenByTable(table, in, out);
}

void widenF8E5m2(const std::byte* in, std::span<float> out)
{
    static constexpr auto table = tableOf<f8E5m2ToFloat>();
    widenByTable(table, in, out);
}

void narrowToBf16(std::span<const float> in, std::byte* out)
{
    std::size_t i = HWY_DYNAMIC_DISPATCH(narrowToBf16Many)(in.data(), out, in.size());
    for (; i < in.size(); ++i) {
        const std::uint16_t bits = floatToBf16(in[i]);
        std::memcpy(out + 2 * i, &bits, sizeof bits);
    }
}

void narrowToF16(std::span<const float> in, std::byte* out)
{
    std::size_t i = HWY_DYNAMIC_DISPATCH(narrowToF16Many)(in.data(), out, in.size());
    for (; i < in.size(); ++i) {
        const std::uint16_t bits = floatToF16(in[i]);
        std::memcpy(out + 2 * i, &bits, sizeof bits);
    }
}

} // namespace bitloupe
#endif // HWY_ONCE
