// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/codec.h"

#include "base/checked.h"

namespace bitloupe {

std::optional<RowLayout> rowLayout(const Codec& codec, std::uint64_t columns, DType scaleType)
{
    RowLayout layout;
    const auto bits = checkedMul(columns, static_cast<std::uint64_t>(codec.bits));
    if (!bits)
        return std::nullopt;
    layout.codes = *bits / 8; // whole bytes: stored floats, or groups of 32 codes
    if (codec.family == CodecFamily::stored)
        return layout;
    const auto groupSize = static_cast<std::uint64_t>(codec.groupSize);
    if (columns % groupSize != 0)
        return std::nullopt;
    const auto scales = dtypeBytes(scaleType, columns / groupSize);
    if (!scales)
        return std::nullopt;
    layout.scales = *scales;
    layout.biases = *scales;
    const auto parameters = checkedAdd(*scales, *scales);
    if (!parameters || !checkedAdd(layout.codes, *parameters))
        return std::nullopt;
    return layout;
}

} // namespace bitloupe
