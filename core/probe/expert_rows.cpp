// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/expert_rows.h"

#include <algorithm>

namespace bitloupe {

Floats gather(std::span<const float> rows, std::size_t width, const Uses& uses)
{
    Floats gathered(uses.size() * width);
    for (std::size_t i = 0; i < uses.size(); ++i)
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(uses[i].token * width), width,
            gathered.begin() + static_cast<std::ptrdiff_t>(i * width));
    return gathered;
}

void scatterAdd(
    Floats& rows, std::size_t width, const Uses& uses, const Floats& values, bool weighted)
{
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const float factor = weighted ? uses[i].weight : 1;
        float* const row = rows.data() + uses[i].token * width;
        for (std::size_t j = 0; j < width; ++j)
            row[j] += factor * values[i * width + j];
    }
}

Uses allTokens(std::size_t tokens, const Floats& weights)
{
    Uses uses(tokens);
    for (std::size_t t = 0; t < tokens; ++t)
        uses[t] = {static_cast<std::uint32_t>(t), weights.empty() ? 1 : weights[t]};
    return uses;
}

} // namespace bitloupe
