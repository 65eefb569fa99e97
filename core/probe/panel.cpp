// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/panel.h"

#include "numeric/random.h"

#include <algorithm>

namespace bitloupe {

std::vector<double> idShares(std::size_t vocabulary)
{
    std::vector<double> shares(vocabulary);
    double sum = 0;
    for (std::size_t id = 0; id < vocabulary; ++id) {
        shares[id] = 1 / (50 + static_cast<double>(id));
        sum += shares[id];
    }
    for (double& share : shares)
        share /= sum;
    return shares;
}

Panel drawPanel(std::size_t vocabulary, std::size_t sequences, std::size_t length)
{
    std::vector<double> upTo = idShares(vocabulary);
    for (std::size_t id = 1; id < vocabulary; ++id)
        upTo[id] += upTo[id - 1];
    Panel panel {length, std::vector<std::uint32_t>(sequences * length)};
    const std::uint64_t key = randomKey("panel", "ids");
    for (std::size_t i = 0; i < panel.ids.size(); ++i) {
        const double drawn = randomUniform(key, i) * upTo.back();
        const auto found = std::upper_bound(upTo.begin(), upTo.end() - 1, drawn);
        panel.ids[i] = static_cast<std::uint32_t>(found - upTo.begin());
    }
    return panel;
}

std::uint64_t labelKey() { return randomKey("panel", "labels"); }

} // namespace bitloupe
