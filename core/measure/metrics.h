// SPDX-License-Identifier: GPL-3.0-or-later
// TABLE of metrics: the published weight-only scores and their composites.
#pragma once

#include <span>
#include <string_view>

namespace bitloupe {

struct MetricInfo {
    std::string_view id; // "svd", "kurtosis", "output", "nrmse4", "swan", "swan_v1", "max_sigma"
    std::string_view title; // "Spectral concentration"
    std::string_view source; // where it is published
    bool unitInterval; // in [0,1]; higher = more sensitive
};

/// All metrics, in the order of TensorScore::metrics.
std::span<const MetricInfo> metrics();

/// Index into metrics() and TensorScore::metrics; metrics().size() when there is none.
std::size_t metricIndex(std::string_view id);

} // namespace bitloupe
