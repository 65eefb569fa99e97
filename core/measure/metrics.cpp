// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure/metrics.h"

#include "measure/scores.h"

namespace bitloupe {

std::span<const MetricInfo> metrics()
{
    static constexpr std::string_view swan = "SWAN, 2025";
    static constexpr MetricInfo table[] = {
        {"svd", "Spectral concentration", swan, true},
        {"kurtosis", "Kurtosis", swan, true},
        {"output", "Output noise", swan, true},
        {"nrmse4", "4-bit error", swan, true},
        {"swan", "SWAN composite", swan, true},
        {"swan_v1", "SWAN v1 composite", "SWAN, first version; layer position in approximate form",
            true},
        {"max_sigma", "Largest |w| in sigmas", "plain statistics", false},
    };
    static_assert(std::size(table) == metricCount);
    return table;
}

std::size_t metricIndex(std::string_view id)
{
    const auto table = metrics();
    std::size_t index = 0;
    while (index < table.size() && table[index].id != id)
        ++index;
    return index;
}

} // namespace bitloupe
