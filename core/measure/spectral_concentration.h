// SPDX-License-Identifier: GPL-3.0-or-later
// Singular values of one matrix of a tensor: exact for small ones, a density for large ones.
#pragma once

#include "job/job.h"
#include "measure/weight_blocks.h"
#include "numeric/spectrum.h"

#include <cstdint>
#include <functional>
#include <string_view>

namespace bitloupe {

/// The shorter side up to which all singular values are computed.
inline constexpr std::uint64_t exactSpectrumSide = 768;
/// The shorter side above which the spectrum stays unknown (the sketch would not fit in memory).
inline constexpr std::uint64_t longestSpectrumSide = std::uint64_t {1} << 17;

/// Spectrum of the matrix, multiplied back to the size of its elements.
/// Exact (to rounding in float) when the shorter side is at most 768, by way of the Gram matrix;
/// otherwise by 10 steps of block Lanczos, seeded by `key`: the concentration score is within 0.01
/// of the exact one. Slices of a large matrix are multiplied in parallel when `job` has threads.
/// `done` is told each further share of the work. Errors: cancelled, ioRead, changedOnDisk.
/// Cost: exact: the shorter side in flops an element and one read; else 1,280 flops an element,
/// each read 10 times, and 1,500 bytes of memory for each row of the shorter side.
Result<SpectrumSummary> measureSpectrum(const WeightMatrix& matrix, std::uint64_t key,
    const Job& job, const std::function<void(double share)>& done);

} // namespace bitloupe
