// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/curve_sample.h"

namespace bitloupe {

Result<void> measureRange(std::uint64_t begin, std::uint64_t end, const MeasureUnits& measure)
{
    constexpr std::uint64_t unitsAtOnce = 256;
    for (; begin < end; begin += unitsAtOnce) {
        std::vector<std::uint64_t> units;
        for (std::uint64_t unit = begin; unit < std::min(end, begin + unitsAtOnce); ++unit)
            units.push_back(unit);
        if (auto done = measure(units); !done)
            return done;
    }
    return {};
}

Result<bool> measureSample(const CurveUnits& units, std::uint64_t key, std::uint64_t first,
    const MeasureUnits& measure, const std::function<bool(std::uint64_t round)>& enough)
{
    const std::uint64_t unitElements
        = std::max<std::uint64_t>(1, units.elements() / units.units());
    std::uint64_t count = (first - 1) / unitElements + 1;
    std::uint64_t taken = 0;
    for (std::uint64_t round = 0;; ++round) {
        std::vector<std::uint64_t> sampled;
        for (std::uint64_t i = 0; i < count; ++i)
            sampled.push_back(units.sampledUnit(key + round, count, i));
        if (auto done = measure(sampled); !done)
            return done.error();
        taken += count;
        if (enough(round))
            return true;
        count = taken;
        if (taken + count > units.units() / 2)
            return false;
    }
}

} // namespace bitloupe
